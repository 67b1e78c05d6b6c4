"""Tests of the Python interface: python3 -m unittest discover python/tests (or pytest)."""

import copy
import gc
import json
import os
import pathlib
import pickle
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import weakref

import numpy as np

import rramsnn


def sparse(count: int, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    return np.where(random.random(count) < 0.2, random.random(count), 0).astype(np.float32)


class DeviceTests(unittest.TestCase):
    def test_pulses_move_the_state_as_the_law_says(self):
        device = rramsnn.Device("ideal")
        self.assertEqual("ideal", device.name)
        self.assertAlmostEqual(0.5 + 8 / 64, device.after(0.5, 8), places=12)
        self.assertAlmostEqual(0.5 + 8 / 128, device.with_pulses_per_range(128).after(0.5, 8), places=12)
        self.assertEqual(1.0, device.after(0.5, 1000))

    def test_a_device_survives_its_text(self):
        device = rramsnn.Device("tiox-3v")
        self.assertEqual(device.json, rramsnn.Device(device.json).json)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "my.json")
            path.write_text(device.json)
            self.assertEqual(device.json, rramsnn.Device(path).json)

    def test_devices_can_be_copied_and_pickled(self):
        device = rramsnn.Device("tiox-3v").with_pulses_per_range(40)
        for other in (copy.copy(device), copy.deepcopy(device), pickle.loads(pickle.dumps(device))):
            self.assertEqual(device.json, other.json)
            other.close()
        self.assertFalse(device.closed)
        self.assertEqual("<rramsnn.Device tiox-3v>", repr(device))

    def test_errors_have_the_words_of_the_library(self):
        with self.assertRaisesRegex(rramsnn.ArgumentError, "device is 'nonsense'; expected one of ideal"):
            rramsnn.Device("nonsense")
        with self.assertRaises(rramsnn.DataError):
            rramsnn.Device("{}")
        with self.assertRaisesRegex(ValueError, "state is NaN"):
            rramsnn.Device("ideal").after(float("nan"), 1)


class CrossbarTests(unittest.TestCase):
    def test_products_are_those_of_the_weights(self):
        for cell in ("pair", "reference"):
            crossbar = rramsnn.Crossbar(70, 150, method="naive", cell=cell, weight_range=2)
            spikes = np.random.default_rng(1).random(70) < 0.3
            current = crossbar.accumulate(spikes.astype(np.float32))
            np.testing.assert_array_equal(current, crossbar.accumulate_spikes(rramsnn.pack_spikes(spikes)))
            expected = spikes.astype(np.float64) @ crossbar.weights.astype(np.float64)
            np.testing.assert_allclose(current * crossbar.weight_per_state, expected, atol=1e-5)
            batch = np.stack([sparse(70, 2), spikes.astype(np.float32)])
            np.testing.assert_array_equal(current, crossbar.accumulate_batch(batch)[1])

    def test_views_are_the_memory_of_the_library(self):
        crossbar = rramsnn.Crossbar(70, 150, weight_range=2)
        view = crossbar.view("conductance_plus")
        self.assertEqual((2, 70, 128), view.shape)
        self.assertEqual(0, view.ctypes.data % 64)
        np.testing.assert_array_equal(view, crossbar.view("layers.0.conductance_plus"))
        matrix = crossbar.matrix("conductance_plus")
        self.assertEqual((70, 150), matrix.shape)
        self.assertEqual(view[1, 3, 2], matrix[3, 130])
        view[:, :, :] = 0.25
        view[1, :, 22:] = 0
        crossbar.view("conductance_minus")[:] = 0
        np.testing.assert_allclose(crossbar.weights, 0.25 * 2, rtol=1e-6)
        self.assertIn("layers.0.spikes", crossbar.fields)

    def test_every_name_of_the_lists_is_taken(self):
        self.assertIn("tiox-3v", rramsnn.device_names())
        for name in rramsnn.device_names():
            with rramsnn.Device(name) as device:
                self.assertIn(f'"{name}"', device.json)
        self.assertIn("balanced-pair", rramsnn.method_names())
        for name in rramsnn.method_names():
            try:
                rramsnn.Crossbar(4, 4, "tiox-3v", method=name).close()
            except rramsnn.ArgumentError as error:
                # Some methods work between samples, which a crossbar alone does not know.
                self.assertNotIn("expected one of", str(error))

    def test_a_view_outlives_its_crossbar_and_keeps_it_open(self):
        crossbar = rramsnn.Crossbar(4, 4)
        view = crossbar.view("wish")
        with self.assertRaisesRegex(rramsnn.HandleError, "1 views"):
            crossbar.close()
        before = rramsnn.handle_count()
        del crossbar
        gc.collect()
        view[:] = 1
        self.assertEqual(before, rramsnn.handle_count())
        del view
        gc.collect()
        self.assertEqual(before - 1, rramsnn.handle_count())

    def test_crossbars_and_networks_are_not_copied_since_copies_would_share_memory(self):
        for owner in (rramsnn.Crossbar(4, 4), rramsnn.Network(4, 2)):
            for duplicate in (copy.copy, copy.deepcopy, pickle.dumps):
                self.assertRaisesRegex(TypeError, "save and load", duplicate, owner)

    def test_the_end_of_a_block_frees_and_does_not_hide_what_went_wrong_in_it(self):
        with rramsnn.Crossbar(4, 5) as crossbar:
            self.assertEqual("<rramsnn.Crossbar 4 x 5>", repr(crossbar))
        self.assertEqual("<rramsnn.Crossbar closed>", repr(crossbar))
        with self.assertRaises(ZeroDivisionError):
            with rramsnn.Crossbar(4, 4) as crossbar:
                view = crossbar.view("wish")
                1 / 0
        self.assertFalse(crossbar.closed)
        del view
        crossbar.close()

    def test_what_could_not_be_freed_is_not_closed(self):
        crossbar, busy = rramsnn.Crossbar(4, 4), 3
        free = crossbar._free
        crossbar._free = weakref.finalize(crossbar, lambda handle: busy, crossbar._handle)
        self.assertRaises(rramsnn.BusyError, crossbar.close)
        self.assertFalse(crossbar.closed)
        crossbar._free.detach()
        crossbar._free = free
        crossbar.close()
        self.assertTrue(crossbar.closed)

    def test_views_are_there_to_the_very_end_of_the_process(self):
        code = "import atexit, sys; later = []; atexit.register(lambda: print(later[0].sum())); import rramsnn; " \
            "crossbar = rramsnn.Crossbar(4, 4); later.append(crossbar.view('wish')); later[0][:4] = 1"
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
        self.assertEqual("4.0", found.stdout.strip())

    def test_update_and_product_in_one_pass_give_the_same_bits(self):
        a, b = (rramsnn.Crossbar(70, 150, pulses="pulsed", seed=3) for _ in range(2))
        for step in range(3):
            trace, wish, coming = sparse(70, step), sparse(150, step + 10) - 0.1, sparse(70, step + 20)
            a.update(trace, wish)
            expected = a.accumulate(coming)
            np.testing.assert_array_equal(expected, b.update_and_accumulate(trace, wish, coming))
        self.assertEqual(a.state_sha256(), b.state_sha256())
        self.assertEqual(3, a.time)
        self.assertGreater(a.info["write_total"], 0)

    def test_neurons_spike_and_traces_follow(self):
        crossbar = rramsnn.Crossbar(64, 100, threshold=0.1)
        crossbar.weights = np.full((64, 100), 1.0)
        words = rramsnn.pack_spikes(np.ones(64))
        spikes = 0
        for _ in range(10):
            crossbar.accumulate_spikes(words)
            spikes += rramsnn.unpack_spikes(crossbar.step(), 100).sum()
            crossbar.filter_spikes(words)
        self.assertGreater(spikes, 0)
        self.assertGreater(crossbar.view("input_membrane_trace")[0], 0)
        crossbar.view("wish")[:100] = 0.001
        crossbar.update()
        self.assertGreater(crossbar.info["write_total"], 0)

    def test_a_saved_crossbar_comes_back(self):
        a, b = rramsnn.Crossbar(20, 30, seed=1), rramsnn.Crossbar(20, 30, seed=2)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "a.safetensors")
            a.save(path)
            b.load(path)
            with self.assertRaises(rramsnn.DataError):
                rramsnn.Crossbar(20, 31).load(path)
        self.assertEqual(a.state_sha256(), b.state_sha256())
        for path, words in (("/no/such/file", "path is '/no/such/file'; expected a file"), ("", "path is empty"), (b"\xff", "path is no UTF-8")):
            for call in (a.load, a.save):
                with self.assertRaisesRegex((rramsnn.FileError, rramsnn.ArgumentError), words):
                    call(path)
        self.assertRaises(OSError, a.load, "/no/such/file")

    def test_wrong_arguments_are_exceptions(self):
        crossbar = rramsnn.Crossbar(20, 30)
        for call in (
            lambda: crossbar.accumulate(np.zeros(19)),
            lambda: crossbar.accumulate(np.full(20, np.nan)),
            lambda: crossbar.accumulate(np.zeros(20), out=np.zeros(30)),
            lambda: crossbar.accumulate_batch(np.zeros(20)),
            lambda: crossbar.update(-np.ones(20), np.zeros(30)),
            lambda: crossbar.view("nonsense"),
            lambda: crossbar.update(np.zeros(0, np.float32), np.zeros(30)),
            lambda: crossbar.update(np.zeros(20), np.zeros(0, np.float32)),
            lambda: crossbar.update_and_accumulate(np.zeros(0, np.float32), np.zeros(30), np.zeros(20)),
            lambda: setattr(crossbar, "weights", np.zeros((30, 20))),
            lambda: setattr(crossbar, "time", 2**64),
            lambda: rramsnn.Crossbar(2**32 + 1, 1),
            lambda: rramsnn.Crossbar(1, 1, seed=-1),
            lambda: rramsnn.Crossbar(0, 1),
            lambda: rramsnn.Crossbar(1, 1, cell="both"),
            lambda: rramsnn.Crossbar(1, 1, gain=-1),
            lambda: rramsnn.Crossbar(1, 1, nonsense=1),
        ):
            self.assertRaises(rramsnn.ArgumentError, call)
        for rows, columns, words in ((0, 1, "rows is 0;"), (1, -2, "columns is -2;"), (1 << 20, 1 << 20, "columns is 1048576; expected at most 256")):
            with self.assertRaisesRegex(rramsnn.ArgumentError, words):
                rramsnn.Crossbar(rows, columns)
        with self.assertRaisesRegex(rramsnn.ArgumentError, "reset_strength is -1"):
            rramsnn.Crossbar(1, 1, reset_strength=-1)
        crossbar.close()
        crossbar.close()
        self.assertTrue(crossbar.closed)
        self.assertRaises(rramsnn.HandleError, crossbar.reset_state)


class NetworkTests(unittest.TestCase):
    images = np.repeat(np.eye(4, dtype=np.uint8) * 255, 16, axis=1)
    labels = np.arange(4, dtype=np.uint8)
    config = {"hidden": [40], "steps": 12, "burn_in": 2, "epochs": 30, "seed": 5}

    def test_training_learns_and_does_not_depend_on_threads_or_parts(self):
        networks = [rramsnn.Network(64, 4, self.config), rramsnn.Network(64, 4, json.dumps(self.config))]
        for network in networks:
            network.load_samples(self.images, self.labels)
        self.assertEqual(120, networks[0].train())
        networks[1].set_threads(2)
        while networks[1].train(7):
            pass
        self.assertEqual(networks[0].state_sha256(), networks[1].state_sha256())
        self.assertEqual(1.0, networks[0].evaluate(self.images, self.labels))

    def test_samples_and_steps_give_the_same_bits(self):
        a, b = rramsnn.Network(64, 4, self.config), rramsnn.Network(64, 4, self.config)
        raster = np.random.default_rng(1).random((12, 64)) < 0.3
        decision = a.show_spikes(raster, label=2, learning_rate=0.05, position=3)
        b.begin(0.05, 3)
        for spikes in rramsnn.pack_spikes(raster):
            self.assertEqual((1,), b.step(spikes, label=2).shape)
        self.assertEqual(decision, b.end())
        np.testing.assert_array_equal(a.scores(), b.scores())
        self.assertEqual(a.state_sha256(), b.state_sha256())
        self.assertIn(a.show_pixels(self.images[0]), range(4))

    def test_wrong_arguments_are_exceptions(self):
        with self.assertRaisesRegex(rramsnn.DataError, "key 'hiden' is unknown; expected hidden"):
            rramsnn.Network(4, 2, hiden=[3])
        network = rramsnn.Network(64, 4, self.config)
        self.assertRaises(rramsnn.ArgumentError, network.train)
        self.assertRaises(rramsnn.ArgumentError, network.end)
        for call in (
            lambda: network.load_samples(self.images / 2, self.labels),
            lambda: network.load_samples(self.images.T, self.labels),
            lambda: network.load_samples(self.images.astype(int) + 1, self.labels),
            lambda: network.show_pixels(self.images[0] / 255),
            lambda: network.show_spikes(np.zeros((12, 60))),
            lambda: network.show_spikes(np.zeros((12, 64)), position=2**64),
            lambda: network.set_threads(2**32 + 1),
            lambda: rramsnn.Network(2**32 + 64, 4),
        ):
            self.assertRaises(rramsnn.ArgumentError, call)
        self.assertRaises(rramsnn.ArgumentError, network.load_samples, self.images, self.labels + 1)
        self.assertRaises(rramsnn.ArgumentError, network.show_spikes, np.zeros((12, 64)), 4)

    def test_two_threads_on_one_network_are_refused_and_nothing_breaks(self):
        network = rramsnn.Network(64, 4, self.config, epochs=20000)
        network.load_samples(self.images, self.labels)

        def train():
            shown = 0
            while shown < 20000:
                try:
                    shown += network.train(20000 - shown)
                except rramsnn.BusyError:
                    pass  # the other thread came first

        trainer = threading.Thread(target=train)
        trainer.start()
        busy = 0
        while trainer.is_alive():
            try:
                network.info
            except rramsnn.BusyError:
                busy += 1
        trainer.join()
        self.assertGreater(busy, 0)
        self.assertEqual(20000, network.info["position"])

    def test_a_device_of_its_own(self):
        device = rramsnn.Device("tiox-3v")
        a = rramsnn.Network(64, 4, self.config, device=device, hidden=np.array([40]), seed=np.int64(5))
        self.assertEqual(a.state_sha256(), rramsnn.Network(64, 4, self.config, device="tiox-3v").state_sha256())


def overhead() -> None:
    """Prints what calls cost beyond the work: the fastest of many rounds."""
    crossbar = rramsnn.Crossbar(16, 16)
    trace, wish, out = sparse(16, 1), sparse(16, 2), np.empty(16, np.float32)
    words = rramsnn.pack_spikes(np.zeros(16))
    for name, call in (
        ("set_time", lambda: setattr(crossbar, "time", 0)),
        ("accumulate", lambda: crossbar.accumulate(trace)),
        ("accumulate, out", lambda: crossbar.accumulate(trace, out)),
        ("accumulate_spikes, out", lambda: crossbar.accumulate_spikes(words, out)),
        ("update", lambda: crossbar.update(trace, wish)),
        ("update, own fields", lambda: crossbar.update()),
        ("step, out", lambda: crossbar.step(None, words)),
        ("update_and_accumulate, out", lambda: crossbar.update_and_accumulate(trace, wish, trace, out)),
    ):
        best = float("inf")
        for _ in range(50):
            start = time.perf_counter_ns()
            for _ in range(1000):
                call()
            best = min(best, (time.perf_counter_ns() - start) / 1000)
        print(f"{name + ', 16 x 16':<40} {best / 1000:6.2f} us")


if __name__ == "__main__":
    import sys

    if sys.argv[1:] == ["--overhead"]:
        overhead()
    else:
        unittest.main()
