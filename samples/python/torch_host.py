"""RRAM crossbars inside PyTorch: a module whose product and whose update are rramsnn's, and whose devices are tensors on the same memory.

python3 torch_host.py [--inputs 784] [--outputs 512] [--steps 200] [--rounds 20]

A step is one sample: product, error against a target, write dw_ij = input_i wish_j on every pair of soft-bounds devices. Prints a line per
check and the fastest time of a step beside PyTorch alone; exits with 1 if a check fails, with 77 if a package is missing.
"""

import argparse
import os
import sys
import time

# One thread for everything that could take more.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
try:
    # PyTorch stays at AVX2 unless told; its exponential takes half the time with AVX-512.
    if "avx512vl" in open("/proc/cpuinfo").read():
        os.environ.setdefault("ATEN_CPU_CAPABILITY", "avx512")
except OSError:
    pass
try:
    import numpy as np
    import rramsnn
except ImportError as error:
    print(f"SKIPPED: {error} (Debian: python3-numpy; rramsnn: docs/embedding.md)")
    sys.exit(77)
try:
    import torch
except ImportError as error:
    print(f"SKIPPED: {error} (Debian: python3-torch)")
    sys.exit(77)

RANGE = 2.0  # weights lie in [-RANGE, RANGE]
RATE = 0.002


def values_of(tensor):
    """The memory of a tensor as an array."""
    return (tensor.detach() if tensor.requires_grad else tensor).numpy()


class CrossbarProduct(torch.autograd.Function):
    """y = x W; going back, the devices are written with dw = -rate x (gradient of y) at once, as hardware would."""

    @staticmethod
    def forward(context, input, anchor, layer):
        context.layer, context.needs = layer, input.requires_grad
        context.save_for_backward(input)
        return layer.product(input)

    @staticmethod
    def backward(context, gradient):
        layer, (input,) = context.layer, context.saved_tensors
        # With the weights of the forward pass, so before the write.
        back = layer.weight @ gradient if context.needs else None
        layer.write(input, layer.descent * gradient)
        return back, layer.no_gradient, None


class CrossbarLinear(torch.nn.Module):
    """A linear layer of RRAM pairs for one sample at a time; inputs are 0 or more.

    A write waits for the next product, which then takes one pass over the devices for both; ``settle`` writes at once.
    """

    def __init__(self, inputs, outputs, device="tiox-3v", pulses="continuous", rate=RATE, seed=1):
        super().__init__()
        self.crossbar = rramsnn.Crossbar(inputs, outputs, device, method="balanced-pair", pulses=pulses, weight_range=RANGE, seed=seed,
            initial_weight_scale=1)
        # Tensor times tensor takes half as long as tensor times number, array times array likewise.
        self.descent = torch.tensor(-rate)
        self.scale = np.full(outputs, self.crossbar.weight_per_state, np.float32)
        # The devices themselves, [panels, inputs, 128].
        self.register_buffer("up", torch.from_numpy(self.crossbar.view("conductance_plus")))
        self.register_buffer("down", torch.from_numpy(self.crossbar.view("conductance_minus")))
        # The anchor only tells autograd that there is something to learn.
        self.anchor = torch.nn.Parameter(torch.zeros(()))
        self.no_gradient = torch.zeros(())
        self.waiting = None

    def forward(self, input):
        return CrossbarProduct.apply(input, self.anchor, self)

    def product(self, input):
        values = values_of(input)
        current = np.empty(self.crossbar.columns, np.float32)
        if self.waiting is None:
            self.crossbar.accumulate(values, current)
        else:
            self.crossbar.update_and_accumulate(*self.waiting, values, current)
            self.waiting = None
        return torch.from_numpy(np.multiply(current, self.scale, current))

    def write(self, input, wish):
        self.settle()
        # The caller may use its input's memory again.
        self.waiting = (values_of(input).copy(), wish.numpy())

    def settle(self):
        if self.waiting is not None:
            self.crossbar.update(*self.waiting)
            self.waiting = None

    @property
    def weight(self):
        """Weights [inputs, outputs], calculated from the devices."""
        self.settle()
        weight = self.crossbar.weight_per_state * (self.up - self.down)
        return weight.transpose(0, 1).reshape(self.crossbar.rows, -1)[:, : self.crossbar.columns]


class Plain:
    """The same layer in PyTorch alone, as the equations read: u <- u + (1 - exp(-|dw|/W)) (T - u), T = 1 going up, 0 going down."""

    def __init__(self, layer):
        self.up = torch.from_numpy(layer.crossbar.matrix("conductance_plus"))
        self.down = torch.from_numpy(layer.crossbar.matrix("conductance_minus"))

    def product(self, input):
        return input @ (RANGE * (self.up - self.down))

    def write(self, input, wish):
        self.move(torch.outer(input, wish))

    def move(self, change):
        share = 1 - torch.exp(-change.abs() / RANGE)
        self.up += share * ((change > 0).float() - self.up)
        self.down += share * ((change < 0).float() - self.down)

    @property
    def weight(self):
        return RANGE * (self.up - self.down)


class PlainWithAutograd(Plain):
    """The same, for steps in which autograd hands over the gradient of every weight."""


class InPlace(Plain):
    """The fastest that we found: nothing allocated, one exponential for both devices, no matrix of weights."""

    def __init__(self, layer):
        super().__init__(layer)
        self.scratch = torch.empty_like(self.up)

    def product(self, input):
        return torch.mv(self.up.t(), input).sub_(torch.mv(self.down.t(), input)).mul_(RANGE)

    def write(self, input, wish):
        torch.outer(input, wish.abs().mul_(-1 / RANGE), out=self.scratch).exp_()
        for devices, bound in ((self.up, (wish > 0).float()), (self.down, (wish < 0).float())):
            torch.addcmul(bound, devices.sub_(bound), self.scratch, out=devices)


class ActiveRows(Plain):
    """The same for the rows with an input alone, gathered and scattered: what PyTorch offers for sparse inputs."""

    def product(self, input):
        self.rows = input.nonzero().flatten()
        self.some = input[self.rows]
        self.gathered = (self.up[self.rows], self.down[self.rows])
        return torch.mv(self.gathered[0].t(), self.some).sub_(torch.mv(self.gathered[1].t(), self.some)).mul_(RANGE)

    def write(self, input, wish):
        rest = torch.outer(self.some, wish.abs().mul_(-1 / RANGE)).exp_()
        for devices, some, bound in ((self.up, self.gathered[0], (wish > 0).float()), (self.down, self.gathered[1], (wish < 0).float())):
            devices.index_copy_(0, self.rows, torch.addcmul(bound, some.sub_(bound), rest))


class WholePulses(InPlace):
    """Whole pulses: stochastic rounding of both devices' numbers of pulses, then the law."""

    def __init__(self, layer):
        super().__init__(layer)
        # Rates a of u <- u + (1 - u)(1 - exp(-a)) and u <- u exp(-a), from what one pulse does to u = 1/2.
        device = rramsnn.Device("tiox-3v")
        self.rates = [torch.tensor(-np.log(1 - 2 * abs(device.after(0.5, sign) - 0.5)), dtype=torch.float32) for sign in (1, -1)]
        self.random = torch.empty_like(self.up)

    def write(self, input, wish):
        for devices, rises in ((self.up, wish > 0), (self.down, wish < 0)):
            # |dw|/(2W s) pulses, s = a/2 being the step at u = 1/2.
            rate = torch.where(rises, *self.rates)
            bound = rises.float()
            torch.outer(input, wish.abs() / (RANGE * rate), out=self.scratch)
            self.scratch.add_(self.random.uniform_()).floor_().mul_(-rate).exp_()
            torch.addcmul(bound, devices.sub_(bound), self.scratch, out=devices)


def step_of(layer, inputs, targets):
    """One step after the other of a delta rule, without autograd."""
    descent = torch.tensor(-RATE)

    def step(k):
        input = inputs[k % len(inputs)]
        gradient = layer.product(input).sub_(targets[k % len(inputs)])
        layer.write(input, gradient.mul_(descent))
    return step


def autograd_step_of(layer, inputs, targets):
    """The same as users of PyTorch write it."""
    def step(k):
        difference = targets[k % len(inputs)] - layer(inputs[k % len(inputs)])
        (0.5 * difference.dot(difference)).backward()
    return step


def plain_autograd_step_of(plain, inputs, targets):
    """The same in PyTorch alone."""
    descent = torch.tensor(-RATE)

    def step(k):
        weight = plain.weight.requires_grad_()
        difference = targets[k % len(inputs)] - inputs[k % len(inputs)] @ weight
        (0.5 * difference.dot(difference)).backward()
        plain.move(descent * weight.grad)
    return step


def fastest(steps, rounds, count):
    """Microseconds of a step of each, in turn, the least of all rounds; a few steps before them bring its devices back into the caches."""
    best = [float("inf")] * len(steps)
    for _ in range(rounds):
        for index, step in enumerate(steps):
            for k in range(10):
                step(k)
            start = time.perf_counter()
            for k in range(count):
                step(k)
            best[index] = min(best[index], (time.perf_counter() - start) / count * 1e6)
    return best


failures = 0


def check(what, good):
    global failures
    failures += not good
    print("ok     " if good else "FAILED ", what)


def check_results(inputs, targets, shape):
    layer, taught = CrossbarLinear(*shape), CrossbarLinear(*shape)
    alone = [kind(layer) for kind in (Plain, InPlace, ActiveRows)]
    first = layer.weight.clone()
    check("the tensor is the crossbar's memory", layer.up.data_ptr() == layer.crossbar.view("conductance_plus").ctypes.data)
    with torch.no_grad():
        before = layer.product(inputs[0])
        layer.up.mul_(0.5), layer.down.mul_(0.5)
        check("a product follows what PyTorch writes into it", torch.equal(layer.product(inputs[0]), 0.5 * before))
        layer.up.mul_(2), layer.down.mul_(2)

    steps = [step_of(each, inputs, targets) for each in (layer, *alone)] + [autograd_step_of(taught, inputs, targets)]
    alone.append(PlainWithAutograd(layer))
    steps.append(plain_autograd_step_of(alone[-1], inputs, targets))
    for k in range(2 * len(inputs)):
        for step in steps:
            step(k)
    moved = (layer.weight - first).abs().max().item()
    taught.settle()
    check(f"autograd and direct calls give the same bits ({layer.crossbar.state_sha256()[:8]})",
        layer.crossbar.state_sha256() == taught.crossbar.state_sha256())
    for other in alone:
        difference = (layer.weight - other.weight).abs().max().item()
        check(f"weights moved by up to {moved:.3f} and are those of {type(other).__name__}: within {difference:.1e}", difference < 1e-4 < 0.005 < moved)

    deep = torch.nn.Sequential(CrossbarLinear(*shape), torch.nn.ReLU(), CrossbarLinear(shape[1], 10, seed=2))
    losses = []
    for _ in range(100):
        loss = torch.nn.functional.cross_entropy(deep(inputs[0])[None], torch.tensor([3]))
        loss.backward()
        losses.append(loss.item())
    check(f"two layers with autograd learn a sample: loss {losses[0]:.2f} -> {losses[-1]:.2f}", losses[-1] < 0.5 * losses[0])


def check_pulses(inputs, targets, shape):
    """Whole pulses are random, each package with numbers of its own: the means over many devices have to agree."""
    pulsed = CrossbarLinear(*shape, pulses="pulsed")
    by_hand = WholePulses(pulsed)
    first = pulsed.weight.clone()
    wish = 0.02 * torch.sign(targets[0])
    for k in range(20):
        pulsed.write(inputs[k % len(inputs)], wish), by_hand.write(inputs[k % len(inputs)], wish)
    direction = torch.sign(wish)
    ours, theirs = (((layer.weight - first) * direction)[torch.stack(inputs).amax(0) > 0] for layer in (pulsed, by_hand))
    error = ((ours.var() + theirs.var()) / ours.numel()).sqrt().item()
    difference = abs(ours.mean().item() - theirs.mean().item())
    check(f"whole pulses: mean change {ours.mean():.5f} and {theirs.mean():.5f}, {difference / error:.1f} standard errors apart", difference < 5 * error)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=784)
    parser.add_argument("--outputs", type=int, default=512)
    parser.add_argument("--steps", type=int, default=100, help="of a round")
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    shape = (options.inputs, options.outputs)
    print("library", rramsnn.version(), rramsnn.vector_width(), "bits, PyTorch", torch.__version__)

    # Lists, as from a loader of data: taking a row out of a tensor costs a microsecond.
    targets = list(torch.randn(20, shape[1]))
    samples = {share: list(torch.rand(20, shape[0]) * (torch.rand(20, shape[0]) < share)) for share in (1.0, 0.2, 0.1)}
    check_results(samples[0.2], targets, shape)
    check_pulses(samples[0.2], targets, shape)

    print(f"\n{shape[0]} x {shape[1]}, batch 1, us per step             all inputs   20 % active   10 % active")
    names = ("rramsnn, direct calls", "PyTorch alone: Plain", "PyTorch alone: InPlace", "PyTorch alone: ActiveRows", "rramsnn, autograd",
        "PyTorch alone: PlainWithAutograd", "rramsnn, whole pulses", "PyTorch alone: WholePulses")
    columns = []
    for inputs in samples.values():
        layer, pulsed = CrossbarLinear(*shape), CrossbarLinear(*shape, pulses="pulsed")
        steps = [step_of(each, inputs, targets) for each in (layer, Plain(layer), InPlace(layer), ActiveRows(layer))]
        steps += [autograd_step_of(CrossbarLinear(*shape), inputs, targets), plain_autograd_step_of(PlainWithAutograd(layer), inputs, targets)]
        steps += [step_of(each, inputs, targets) for each in (pulsed, WholePulses(layer))]
        columns.append(dict(zip(names, fastest(steps, options.rounds, options.steps))))
    for name in names:
        print(f"{name:42}" + "".join(f"{times[name]:13.1f}" for times in columns))
    for ours, theirs in ((0, 1), (0, 2), (0, 3), (4, 5), (4, 1), (6, 7)):
        ratios = (times[names[theirs]] / times[names[ours]] for times in columns)
        print(f"{names[ours]} : {names[theirs].split(': ')[-1]}".ljust(42) + "".join(f"{ratio:12.1f}x" for ratio in ratios))
    return failures > 0


if __name__ == "__main__":
    sys.exit(main())
