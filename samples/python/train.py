"""Trains a network on MNIST-like IDX files and prints the hash that the program's command train prints.

python3 train.py [folder with IDX files, gzipped or plain] [samples] [config as JSON]
"""

import gzip
import pathlib
import sys

import numpy as np

import rramsnn


def read_idx(folder: str, name: str) -> np.ndarray:
    path = pathlib.Path(folder, name)
    data = path.read_bytes() if path.exists() else gzip.decompress(path.with_name(name + ".gz").read_bytes())
    extents = np.frombuffer(data, ">i4", count=data[3], offset=4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(extents)


def main() -> None:
    folder = sys.argv[1] if len(sys.argv) > 1 else "data/mnist"
    samples = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    config = sys.argv[3] if len(sys.argv) > 3 else '{"hidden": [100], "epochs": 1}'
    images = read_idx(folder, "train-images-idx3-ubyte")[:samples].reshape(samples, -1)
    labels = read_idx(folder, "train-labels-idx1-ubyte")[:samples]

    network = rramsnn.Network(images.shape[1], 10, config)
    network.load_samples(images, labels)
    while network.train(500):
        print(f"{network.info['position']} of {network.info['total_samples']} samples", file=sys.stderr)

    conductance = network.view("layers.0.conductance_plus")  # the devices themselves, not a copy
    print(f"states from {conductance.min():.3f} to {conductance.max():.3f}, {network.info['pulse_total']:.0f} pulses")
    print(f"{100 * network.evaluate(images[:500], labels[:500]):.1f} % of the first {min(500, samples)} named right")
    print("state_sha256", network.state_sha256())


if __name__ == "__main__":
    main()
