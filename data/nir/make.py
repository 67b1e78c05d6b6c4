"""Makes the NIR files of this folder, with inputs and the spikes that the frameworks' own equations give.

Needs h5py and numpy. The files have the form of the reference package's writer (h5py defaults: old groups, strings of variable length,
deflated chunks), but for cuba.nir, which has everything that a reader must also take: the newest format, strings of fixed length,
arrays in one piece, no version, double precision. The equations are written out here, in double precision, as snnTorch, Norse and Sinabs have
them, and not as NIR has them; no membrane comes nearer than 1e-4 to its threshold, so that single precision gives the same spikes.
"""

import csv
import h5py
import numpy as np

STEPS = 60
MARGIN = 1e-4


def write(path, nodes, edges, old=True):
    text = h5py.string_dtype()
    with h5py.File(path, "w", libver="earliest" if old else "latest") as file:
        if old:
            file.create_dataset("version", data="1.0.8", dtype=text)
        graph(file.create_group("node"), nodes, edges, old)


def graph(group, nodes, edges, old):
    string(group, "type", "NIRGraph", old)
    ends = np.array(edges, dtype=object if old else "S16")
    group.create_dataset("edges", data=ends, dtype=h5py.string_dtype() if old else ends.dtype)
    inner = group.create_group("nodes")
    for name, (kind, parameters) in nodes.items():
        node = inner.create_group(name)
        if kind == "NIRGraph":
            graph(node, *parameters, old)
            continue
        string(node, "type", kind, old)
        for key, value in parameters.items():
            if isinstance(value, str):
                string(node, key, value, old)
            elif old and np.ndim(value) > 0:
                node.create_dataset(key, data=value, compression="gzip")
            else:
                node.create_dataset(key, data=value)


def string(group, key, value, old):
    group.create_dataset(key, data=value, dtype=h5py.string_dtype()) if old else group.create_dataset(key, data=np.bytes_(value))


def save(name, spikes, outputs):
    for suffix, header, rows in (
        ("input", ["step", "index"], [(t, i) for t, i in zip(*np.nonzero(spikes))]),
        ("expected", ["step", "node", "index", "value"], [(t, "output", i, 1) for t, i in zip(*np.nonzero(outputs))]),
    ):
        with open(f"{name}.{suffix}.csv", "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
    print(f"{name}: {int(outputs.sum())} spikes of {outputs.shape[1]} neurons in {STEPS} steps")


def fire(v, threshold):
    assert np.abs(v - threshold).min() > MARGIN, "a membrane too near to its threshold: take another seed"
    return (v > threshold).astype(float)


def fire_once(v, threshold):
    assert v.max() < 2 * threshold, "two spikes in a step, which NIR does not know: take another seed"
    return fire(v, threshold)


def weights(random, outputs, inputs, scale):
    return (random.uniform(-0.5, 1, (outputs, inputs)) * scale).astype(np.float32)


def leaky():
    """snnTorch: Linear, Leaky, Linear, Leaky; its exporter has dt = 1e-4 s, one value for all neurons and no v_reset."""
    random = np.random.default_rng(1)
    dt, beta, threshold = 1e-4, np.float32([0.9]), np.float32([1.0])
    w1, w2 = weights(random, 7, 6, 0.6), weights(random, 4, 7, 0.8)
    b1, b2 = np.float32(random.uniform(-0.1, 0.1, 7)), np.float32(random.uniform(-0.1, 0.1, 4))
    tau = np.float32(dt / (1 - beta))
    lif = {"tau": tau, "r": np.float32(tau / dt), "v_leak": np.zeros_like(beta), "v_threshold": threshold}
    write(
        "leaky.nir",
        {
            "input": ("Input", {"shape": np.array([6])}),
            "0": ("Affine", {"weight": w1, "bias": b1}),
            "1": ("LIF", lif),
            "2": ("Affine", {"weight": w2, "bias": b2}),
            "3": ("LIF", lif),
            "output": ("Output", {"shape": np.array([4])}),
        },
        [("input", "0"), ("0", "1"), ("1", "2"), ("2", "3"), ("3", "output")],
    )
    spikes, outputs = (random.random((STEPS, 6)) < 0.3).astype(float), np.zeros((STEPS, 4))
    v1, v2 = np.zeros(7), np.zeros(4)
    for t in range(STEPS):
        v1 = float(beta[0]) * v1 + w1.astype(float) @ spikes[t] + b1
        s1 = fire(v1, 1.0)
        v1 = v1 - s1 * v1
        v2 = float(beta[0]) * v2 + w2.astype(float) @ s1 + b2
        outputs[t] = fire(v2, 1.0)
        v2 = v2 - outputs[t] * v2
    save("leaky", spikes, outputs)


def cuba():
    """Norse: a Linear and a CubaLIF of neurons that differ, with a resting potential and a reset of their own; dt = 1e-3 s."""
    random = np.random.default_rng(2)
    dt, n = 1e-3, 5
    w = weights(random, n, 6, 1.0).astype(float)
    p = {
        "tau_syn": random.uniform(4e-3, 8e-3, n),
        "tau_mem": random.uniform(8e-3, 20e-3, n),
        "r": random.uniform(0.8, 1.2, n),
        "v_leak": np.zeros(n),
        "v_threshold": random.uniform(0.2, 0.4, n),
        "v_reset": random.uniform(-0.1, 0.0, n),
        "w_in": random.uniform(2, 3, n),
    }
    write(
        "cuba.nir",
        {"in": ("Input", {"shape": np.array([6], dtype=np.int32)}), "w": ("Linear", {"weight": w}), "lif": ("CubaLIF", p), "output": ("Output", {"shape": np.array([n], dtype=np.int32)})},
        [("in", "w"), ("w", "lif"), ("lif", "output")],
        old=False,
    )
    spikes, outputs = (random.random((STEPS, 6)) < 0.3).astype(float), np.zeros((STEPS, n))
    i, v = np.zeros(n), np.zeros(n)
    for t in range(STEPS):
        i = i + dt * (1 / p["tau_syn"]) * (-i + p["w_in"] * (w @ spikes[t]))
        v = v + dt * (1 / p["tau_mem"]) * ((p["v_leak"] - v) + p["r"] * i)
        outputs[t] = fire(v, p["v_threshold"])
        v = np.where(outputs[t] > 0, p["v_reset"], v)
    save("cuba", spikes, outputs)


def recurrent():
    """snnTorch: Linear, RSynaptic (a graph within the graph, with a recurrent bias), Linear, Leaky."""
    random = np.random.default_rng(3)
    dt, alpha, beta, n = 1e-4, 0.6, 0.8, 6
    w, rec, out = weights(random, n, 5, 0.5), weights(random, n, n, 0.3) - np.float32(0.1), weights(random, 3, n, 0.9)
    bias = np.float32(random.uniform(-0.05, 0.1, n))
    one = np.ones(n)
    tau_syn, tau_mem = dt / (1 - alpha) * one, dt / (1 - beta) * one
    cuba = {"tau_syn": tau_syn, "tau_mem": tau_mem, "r": tau_mem / dt, "v_leak": 0 * one, "v_threshold": one, "w_in": tau_syn / dt}
    tau = np.float32([dt / (1 - 0.7)])
    rnn = (
        {
            "input": ("Input", {"shape": np.array([n])}),
            "lif": ("CubaLIF", cuba),
            "w_rec": ("Affine", {"weight": rec, "bias": bias}),
            "output": ("Output", {"shape": np.array([n])}),
        },
        [("input", "lif"), ("lif", "w_rec"), ("w_rec", "lif"), ("lif", "output")],
    )
    write(
        "recurrent.nir",
        {
            "input": ("Input", {"shape": np.array([5])}),
            "fc1": ("Linear", {"weight": w}),
            "rnn": ("NIRGraph", rnn),
            "fc2": ("Linear", {"weight": out}),
            "lif2": ("LIF", {"tau": tau, "r": np.float32(tau / dt), "v_leak": np.float32([0]), "v_threshold": np.float32([1])}),
            "output": ("Output", {"shape": np.array([3])}),
        },
        [("input", "fc1"), ("fc1", "rnn"), ("rnn", "fc2"), ("fc2", "lif2"), ("lif2", "output")],
    )
    spikes, outputs = (random.random((STEPS, 5)) < 0.3).astype(float), np.zeros((STEPS, 3))
    syn, v, s, v2 = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(3)
    for t in range(STEPS):
        syn = alpha * syn + w.astype(float) @ spikes[t] + rec.astype(float) @ s + bias
        v = beta * v + syn
        s = fire(v, 1.0)
        v = v - s * v
        v2 = 0.7 * v2 + out.astype(float) @ s
        outputs[t] = fire(v2, 1.0)
        v2 = v2 - outputs[t] * v2
    save("recurrent", spikes, outputs)


def sinabs():
    """Sinabs: Flatten of unknown shape, an Affine of whole numbers, LIF, Affine, IAF; times in steps, the batch in the shapes, scalars, reset by subtraction."""
    random = np.random.default_rng(15)
    tau, n, m = 5.0, 7, 4
    w, b = random.integers(-2, 6, (n, 6)), random.integers(-1, 2, n)
    out, bias = weights(random, m, n, 0.5), np.zeros(m, dtype=np.float32)
    one = np.float32(1)
    write(
        "sinabs.nir",
        {
            "input": ("Input", {"shape": np.array([16, 2, 3])}),
            "0": ("Flatten", {"start_dim": 1, "end_dim": -1, "input_type": np.array([0, 0, 0, 0])}),
            "1": ("Affine", {"weight": w, "bias": b}),
            "2": ("LIF", {"tau": np.float32(tau), "r": one, "v_leak": np.float32(0), "v_threshold": np.float32(2), "v_reset": np.float32(0)}),
            "3": ("Affine", {"weight": out, "bias": bias}),
            "4": ("IF", {"r": np.ones((1, m), dtype=np.float32), "v_threshold": np.ones((1, m), dtype=np.float32), "v_reset": np.zeros((1, m), dtype=np.float32)}),
            "output": ("Output", {"shape": np.array([16, m])}),
        },
        [("input", "0"), ("0", "1"), ("1", "2"), ("2", "3"), ("3", "4"), ("4", "output")],
    )
    spikes, outputs = (random.random((STEPS, 6)) < 0.3).astype(float), np.zeros((STEPS, m))
    alpha, v1, v2 = np.exp(-1 / tau), np.zeros(n), np.zeros(m)
    for t in range(STEPS):
        v1 = alpha * v1 + (1 - alpha) * (w @ spikes[t] + b)
        s1 = fire_once(v1, 2.0)
        v1 = v1 - 2 * s1
        v2 = v2 + out.astype(float) @ s1
        outputs[t] = fire_once(v2, 1.0)
        v2 = v2 - outputs[t]
    save("sinabs", spikes, outputs)


def convolution():
    """A type that is refused."""
    weight = np.ones((2, 1, 3, 3), dtype=np.float32)
    conv = {"weight": weight, "bias": np.zeros(2, dtype=np.float32), "stride": np.array([1, 1]), "padding": "same", "dilation": np.array([1, 1]), "groups": 1, "input_shape": np.array([8, 8])}
    write(
        "convolution.nir",
        {"input": ("Input", {"shape": np.array([1, 8, 8])}), "conv1": ("Conv2d", conv), "output": ("Output", {"shape": np.array([2, 8, 8])})},
        [("input", "conv1"), ("conv1", "output")],
    )


leaky()
cuba()
recurrent()
sinabs()
convolution()
