"""Whole networks with local learning."""

from __future__ import annotations

import ctypes
import json
from typing import Any, Dict, Mapping, Optional, Tuple, Union

import numpy as np

from ._arrays import BYTE, FLOAT, WORD, address, as_array, result
from ._library import ArgumentError, check, fail, native
from ._owner import Owner
from ._structures import NetworkInfo
from .device import Device

_LARGEST = 2**62

_network_step = native.rramsnn_network_step


class Network(Owner):
    """A stack of spiking layers on crossbars that learns one sample at a time.

    Args:
        inputs: inputs, 1 to 1048576.
        classes: classes, 2 to 65536.
        config: keys of the program's ``config.json`` (``rramsnn train --help``: --burn-in is burn_in), as a mapping or JSON text.
        keys: the same as keywords, which win: ``Network(784, 10, hidden=[512], device="tiox-3v", seed=3)``.
    """

    _kind = "network"

    def __init__(self, inputs: int, classes: int, config: Union[Mapping[str, Any], str, None] = None, **keys: Any) -> None:
        settings: Dict[str, Any] = dict(json.loads(config)) if isinstance(config, str) else dict(config or {})
        settings.update(keys)
        device = settings.get("device")
        if isinstance(device, Device):
            settings["device"] = json.loads(device.json)
        handle = ctypes.c_void_p()
        check(native.rramsnn_network_create(json.dumps(settings).encode(), inputs, classes, ctypes.byref(handle)))
        super().__init__(handle.value or 0)
        info = self._info()
        self.inputs: int = info.inputs
        self.classes: int = info.classes
        self.steps: int = info.steps
        self.output_neurons: int = info.output_neurons
        self._input_words = info.input_words
        self._output_words = info.output_words

    @property
    def info(self) -> Dict[str, Union[int, float]]:
        info = self._info()
        return {name: getattr(info, name) for name, _ in NetworkInfo._fields_}

    def set_threads(self, threads: int) -> None:
        """Most threads that may share a step; fewer work where more would be slower. Results do not depend on it."""
        check(native.rramsnn_network_set_threads(self._handle, threads))

    def show_spikes(self, raster: np.ndarray, label: int = -1, learning_rate: float = 0.0, position: int = 0) -> int:
        """Shows one sample for all its steps and returns the class with the highest score.

        raster is booleans [steps, inputs] or packed words [steps, words]. A learning rate of 0 leaves the devices alone. position is the
        number of the sample within the run and names the random numbers of its writes.
        """
        words = as_array(raster, WORD) if getattr(raster, "dtype", None) == WORD else _pack(raster)
        decision = ctypes.c_int32()
        check(native.rramsnn_network_show_spikes(self._handle, address(words), words.size, label, learning_rate, position, ctypes.byref(decision)))
        return decision.value

    def show_pixels(self, pixels: np.ndarray, label: int = -1, learning_rate: float = 0.0, position: int = 0, number: int = 0) -> int:
        """The same with one byte per input, which the network encodes: as training spikes of image ``number`` when it learns, else as test spikes."""
        values = as_array(pixels, BYTE)
        decision = ctypes.c_int32()
        check(native.rramsnn_network_show_pixels(
            self._handle, address(values), values.size, number, label, learning_rate, position, ctypes.byref(decision)))
        return decision.value

    def begin(self, learning_rate: float = 0.0, position: int = 0) -> None:
        """Begins a sample that is shown step by step, for closed loops."""
        check(native.rramsnn_network_begin(self._handle, learning_rate, position))

    def step(self, spikes: np.ndarray, label: int = -1, out: Optional[np.ndarray] = None) -> np.ndarray:
        """One step of packed spikes; returns the packed spikes of the last layer. With label -1 nothing is learned."""
        words = as_array(spikes, WORD)
        output = result(out, (self._output_words,), WORD)
        status = _network_step(self._handle, address(words), words.size, label, address(output), output.size)
        if status:
            fail(status)
        return output

    def end(self) -> int:
        """Ends the sample and returns the class with the highest score."""
        decision = ctypes.c_int32()
        check(native.rramsnn_network_end(self._handle, ctypes.byref(decision)))
        return decision.value

    def scores(self) -> np.ndarray:
        """Class scores of the last layer, summed over the steps of the last sample; float32 [classes]."""
        scores = np.empty(self.classes, FLOAT)
        check(native.rramsnn_network_scores(self._handle, address(scores), scores.size))
        return scores

    def load_samples(self, images: np.ndarray, labels: np.ndarray) -> None:
        """Gives the training its samples, copied, and starts it anew: uint8 [count, inputs] (or [count, rows, columns]) and uint8 [count]."""
        pixels, classes = self._samples(images, labels)
        check(native.rramsnn_network_load_samples(self._handle, address(pixels), pixels.size, address(classes), classes.size))

    def train(self, maximum_samples: Optional[int] = None) -> int:
        """Goes on with the training, to its end or by so many samples at most; returns how many were shown, 0 at the end."""
        shown = ctypes.c_int64()
        check(native.rramsnn_network_train(self._handle, _LARGEST if maximum_samples is None else maximum_samples, ctypes.byref(shown)))
        return shown.value

    def restore_position(self, position: int) -> None:
        """Goes on at a position of a training whose state was loaded."""
        check(native.rramsnn_network_restore_position(self._handle, position))

    def evaluate(self, images: np.ndarray, labels: np.ndarray) -> float:
        """Share of images that the network names right; the devices stay as they are."""
        pixels, classes = self._samples(images, labels)
        accuracy = ctypes.c_double()
        check(native.rramsnn_network_evaluate(self._handle, address(pixels), pixels.size, address(classes), classes.size, ctypes.byref(accuracy)))
        return accuracy.value

    def _samples(self, images: Any, labels: Any) -> Tuple[np.ndarray, np.ndarray]:
        for name, values in (("images", images), ("labels", labels)):
            found = np.asarray(values)
            if found.dtype.kind not in "ui" or (found.size > 0 and (found.min() < 0 or found.max() > 255)):
                raise ArgumentError(f"{name} holds {found.dtype}; expected whole numbers from 0 to 255")
        return as_array(images, BYTE), as_array(labels, BYTE)

    def _info(self) -> NetworkInfo:
        info = NetworkInfo()
        check(native.rramsnn_network_get_info(self._handle, ctypes.byref(info)))
        return info


def _pack(raster: Any) -> np.ndarray:
    from .spikes import pack_spikes

    return pack_spikes(raster)
