"""RRAM synapses inside Brian2: neurons, traces and inputs are Brian2's, two crossbars of devices (784-512-256) are rramsnn's.

python3 brian2_host.py [--steps 200] [--rounds 5] [--images data/mnist] [--no-standalone]

Every step each device learns: dw_ij = trace_i wish_j, where wish_j follows the difference between a wanted and the actual rate of neuron j.
The same network in Brian2 alone (Cython, C++ standalone) has two variables per synapse and the same law of the devices. Prints a line per
check and the fastest time of a step; exits with 1 if a check fails, with 77 if a package is missing.
"""

import argparse
import gzip
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

# One thread for everything that could take more.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
try:
    import numpy as np
    import rramsnn
except ImportError as error:
    print(f"SKIPPED: {error} (Debian: python3-numpy; rramsnn: docs/embedding.md)")
    sys.exit(77)
try:
    import brian2
    import Cython  # noqa: F401, without which Brian2 would go on with NumPy
    from brian2 import ms

    if shutil.which("g++") is None:
        raise ImportError("there is no g++")
except ImportError as error:
    print(f"SKIPPED: {error} (Debian: python3-brian, cython3, g++)")
    sys.exit(77)

SIZES = (784, 512, 256)
RANGE = 2.0  # weights lie in [-RANGE, RANGE]; LEARN has its inverse
CHUNK = 25  # steps of one reading of the clock

# exp(-dt/tau) with dt = 1 ms; written out for the loop without Brian2.
TAU_TRACE, TAU_CURRENT, TAU_MEMBRANE, TAU_RATE = 20.0, 5.0, 20.0, 50.0
RATE_STEP = 1e-3  # learning rate
INPUT = """
dactivity/dt = -activity/(20*ms) : 1
"""
NEURON = """
dv/dt = (current - v)/(20*ms) : 1
dcurrent/dt = -current/(5*ms) : 1
dactivity/dt = -activity/(20*ms) : 1
dwish/dt = (wanted - wish)/(50*ms) : 1
wanted : 1 (constant)
"""
RESET = "v = 0; activity += 0.05; wish -= 2e-5"  # 0.05 = dt/20 ms, 2e-5 = RATE_STEP dt/50 ms

# One device goes up, the other down, both by the same number of pulses times rate: a balanced pair of soft-bounds devices. The share of the way
# is 1 - exp(-size) = size - size^2/2 to a float's accuracy for these sizes (below 1e-3), in half the time.
PAIR = "up : 1\ndown : 1"
LEARN = """
change = activity_pre*wish_post*0.5
size = abs(change)
share = size - size*size*0.5
rise = change > 0
up += share*(rise - up)
down += share*(1 - rise - down)
"""


def make_raster(folder: str, steps: int) -> np.ndarray:
    """Spikes [steps, 784]: images of 100 steps each, at most one spike in three steps; stripes where there are no images."""
    path = pathlib.Path(folder, "train-images-idx3-ubyte.gz")
    count = -(-steps // 100)
    if path.exists():
        with gzip.open(path) as file:
            pixels = np.frombuffer(file.read(16 + 784 * count), np.uint8, offset=16).reshape(count, 784) / 255
    else:
        pixels = (np.arange(784) // 28 % 5 == np.arange(count)[:, None] % 5).astype(float)
    random = np.random.default_rng(1)
    return random.random((steps, 784)) < 0.6 * np.repeat(pixels, 100, axis=0)[:steps]


def make_crossbars() -> list:
    return [
        rramsnn.Crossbar(rows, columns, "tiox-3v", method="balanced-pair", weight_range=RANGE, seed=layer + 1, initial_weight_scale=5)
        for layer, (rows, columns) in enumerate(zip(SIZES, SIZES[1:]))
    ]


def make_wanted(layer: int) -> np.ndarray:
    """Wanted spikes per step and neuron, times the learning rate."""
    return (RATE_STEP * np.random.default_rng(layer).uniform(0.02, 0.2, SIZES[layer])).astype(np.float32)


def make_groups(raster: np.ndarray) -> list:
    """Neurons of Brian2; in float32, so that their arrays can be handed over as they are."""
    brian2.prefs.codegen.target = "cython"
    brian2.prefs.core.default_float_dtype = np.float32
    brian2.defaultclock.dt = 1 * ms
    drive = brian2.TimedArray(raster.astype(np.float32), dt=1 * ms, name="drive")
    space = {"drive": drive}
    groups = [brian2.NeuronGroup(SIZES[0], INPUT, threshold="drive(t, i) > 0.5", reset="activity += 0.05", method="exact", namespace=space)]
    for layer in (1, 2):
        group = brian2.NeuronGroup(SIZES[layer], NEURON, threshold="v > 1", reset=RESET, method="exact")
        group.wanted = make_wanted(layer)
        groups.append(group)
    return groups


def clocked(parts: list) -> tuple:
    """A network that also notes the time every CHUNK steps, without what run() prepares."""
    marks = []

    @brian2.network_operation(dt=CHUNK * ms, when="start", order=-100)
    def mark():
        marks.append(time.perf_counter())

    return brian2.Network(*parts, mark), marks


def with_crossbars(raster: np.ndarray) -> tuple:
    """Brian2's neurons, rramsnn's synapses."""
    groups, crossbars = make_groups(raster), make_crossbars()
    layers = []
    for before, after, crossbar in zip(groups, groups[1:], crossbars):
        get = lambda group, name: group.variables[name].get_value()  # Brian2's own array
        layers.append((before, crossbar, get(before, "activity"), get(after, "wish"), get(after, "current"), np.zeros(before.N, bool),
            np.empty(after.N, np.float32)))

    @brian2.network_operation(when="synapses")
    def synapses():
        for before, crossbar, trace, wish, current, fired, product in layers:
            fired[:] = False
            fired[before.spikes] = True
            crossbar.accumulate_spikes(rramsnn.pack_spikes(fired), out=product)
            current += crossbar.weight_per_state * product
            crossbar.update(trace, wish)

    monitors = [brian2.SpikeMonitor(group) for group in groups[1:]]
    return (*clocked([*groups, *monitors, synapses]), crossbars, monitors)


def make_alone(raster: np.ndarray) -> tuple:
    """The same network in Brian2 alone."""
    groups, links = make_groups(raster), []
    for before, after, crossbar in zip(groups, groups[1:], make_crossbars()):
        link = brian2.Synapses(before, after, PAIR, on_pre=f"current_post += {RANGE}*(up - down)")
        rows, columns = np.divmod(np.arange(before.N * after.N), after.N)
        link.connect(i=rows, j=columns)
        link.up = crossbar.matrix("conductance_plus").ravel()
        link.down = crossbar.matrix("conductance_minus").ravel()
        # Behind the transport of this step's spikes.
        link.run_regularly(LEARN, dt=1 * ms, when="synapses", order=1)
        links.append(link)
    return groups, links, [brian2.SpikeMonitor(group) for group in groups[1:]]


def weights_of(links: list) -> list:
    return [RANGE * (np.asarray(link.up[:]) - np.asarray(link.down[:])).reshape(link.source.N, link.target.N) for link in links]


def raster_of(monitors: list, steps: int) -> list:
    result = []
    for monitor in monitors:
        spikes = np.zeros((steps, monitor.source.N), bool)
        spikes[np.rint(np.asarray(monitor.t / ms)).astype(int), np.asarray(monitor.i)] = True
        result.append(spikes)
    return result


def standalone(folder: str, raster: np.ndarray) -> None:
    """In a process of its own: builds the C++ program and runs it once."""
    brian2.set_device("cpp_standalone", directory=folder, build_on_run=False)
    groups, links, monitors = make_alone(raster)
    brian2.Network(*groups, *links, *monitors).run(len(raster) * ms)
    brian2.device.build(directory=folder, compile=True, run=True, with_output=False)
    np.savez(os.path.join(folder, "end.npz"), *weights_of(links), *raster_of(monitors, len(raster)))


def without_brian2(raster: np.ndarray) -> tuple:
    """The same network with rramsnn and NumPy alone."""
    crossbars = make_crossbars()
    decay = lambda tau: np.float32(np.exp(-1 / tau))
    trace = [np.zeros(n, np.float32) for n in SIZES]
    v, current, wish = ([np.zeros(n, np.float32) for n in SIZES[1:]] for _ in range(3))
    wanted = [make_wanted(1), make_wanted(2)]
    spikes = [np.zeros((len(raster), n), bool) for n in SIZES[1:]]
    # Of dv/dt = (current - v)/20, dcurrent/dt = -current/5, exactly.
    share = np.float32((np.exp(-1 / TAU_MEMBRANE) - np.exp(-1 / TAU_CURRENT)) * TAU_CURRENT / (TAU_MEMBRANE - TAU_CURRENT))
    for step, fired in enumerate(raster):
        fired = [fired]
        for layer in (0, 1):
            v[layer] = decay(TAU_MEMBRANE) * v[layer] + share * current[layer]
            current[layer] *= decay(TAU_CURRENT)
            wish[layer] = wanted[layer] + (wish[layer] - wanted[layer]) * decay(TAU_RATE)
            fired.append(v[layer] > 1)
            spikes[layer][step] = fired[-1]
        for layer, crossbar in enumerate(crossbars):
            trace[layer] *= decay(TAU_TRACE)
            current[layer] += crossbar.weight_per_state * crossbar.accumulate_spikes(rramsnn.pack_spikes(fired[layer]))
            crossbar.update(trace[layer], wish[layer])
        for layer in (0, 1, 2):
            trace[layer][fired[layer]] += np.float32(0.05)
        for layer in (0, 1):
            v[layer][fired[layer + 1]] = 0
            wish[layer][fired[layer + 1]] -= np.float32(2e-5)
    return [crossbar.weights for crossbar in crossbars], spikes



def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--images", default="data/mnist")
    parser.add_argument("--no-standalone", action="store_true")
    parser.add_argument("--build", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.steps < 2 * CHUNK or options.rounds < 1:
        parser.error(f"expected at least {2 * CHUNK} steps and 1 round")
    raster = make_raster(options.images, options.steps)
    if options.build:
        standalone(options.build, raster)
        return 0

    failures, times = 0, {}

    def check(what: str, good: bool) -> None:
        nonlocal failures
        failures += not good
        print("ok     " if good else "FAILED ", what, flush=True)

    def compare(name: str, theirs: tuple) -> None:
        # Rounding differs between compilers, and may move a spike: one in a hundred at most.
        spikes = sum(int((a != b).sum()) for a, b in zip(ours[1], theirs[1]))
        weights = max(float(np.abs(a - b).max()) for a, b in zip(ours[0], theirs[0]))
        check(f"{name}: {spikes} of {total} spikes differ, weights by up to {weights:.1e}", spikes <= total / 100 and weights < moved / 20)

    def clock(name: str, marks: list) -> None:
        times.setdefault(name, []).append(min(np.diff(marks)) / CHUNK * 1e6)

    print("library", rramsnn.version(), rramsnn.vector_width(), "bits, Brian2", brian2.__version__, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        if not options.no_standalone:
            subprocess.run([sys.executable, __file__, "--build", folder, "--steps", str(options.steps), "--images", options.images], check=True)
        for round in range(options.rounds):
            network, marks, crossbars, monitors = with_crossbars(raster)
            first = [crossbar.weights for crossbar in crossbars]
            network.run(options.steps * ms)
            clock("Brian2 with rramsnn", marks)
            if round == 0:
                ours = [crossbar.weights for crossbar in crossbars], raster_of(monitors, options.steps)
                total = sum(int(spikes.sum()) for spikes in ours[1])
                moved = min(float(np.abs(a - b).max()) for a, b in zip(first, ours[0]))
                print("spikes per neuron and step:", ", ".join(f"{np.mean(spikes):.3f}" for spikes in (raster, *ours[1])))
                check(f"all layers fire and learn: weights move by up to {moved:.3f}", moved > 1e-3 and all(spikes.any() for spikes in ours[1]))
                compare("rramsnn with NumPy", without_brian2(raster))

            groups, links, monitors = make_alone(raster)
            network, marks = clocked([*groups, *links, *monitors])
            network.run(options.steps * ms)
            clock("Brian2 alone, Cython", marks)
            if round == 0:
                compare("Brian2 alone, Cython", (weights_of(links), raster_of(monitors, options.steps)))
            if not options.no_standalone:
                # The program starts from the beginning each time and writes down how long its loop took.
                subprocess.run(["./main"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
                seconds = float(pathlib.Path(folder, "results", "last_run_info.txt").read_text().split()[0])
                times.setdefault("Brian2 alone, C++ standalone", []).append(seconds / options.steps * 1e6)
                if round == 0:
                    end = np.load(os.path.join(folder, "end.npz"))
                    values = [end[name] for name in end.files]
                    compare("Brian2 alone, C++ standalone", (values[:2], values[2:]))

    best = {name: min(values) for name, values in times.items()}
    for name, value in best.items():
        print(f"{name:30} {value:9.1f} us per step")
    alone = min(value for name, value in best.items() if "alone" in name)
    print(f"{alone / best['Brian2 with rramsnn']:.1f} times faster than the better of Brian2 alone")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
