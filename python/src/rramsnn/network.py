"""Whole networks with local learning."""

from __future__ import annotations

import ctypes
import json
import os
from ctypes import c_int32, c_int64, c_uint32
from typing import Any, Dict, Mapping, Optional, SupportsIndex, Tuple, Union

import numpy as np

from ._arrays import FLOAT, WORD, address, as_array, as_bytes, result, with_shape
from ._library import ArgumentError, check, fail, native, whole
from ._owner import Owner
from ._structures import NetworkInfo
from .device import Device
from .spikes import pack_spikes

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
        text = config if isinstance(config, str) and not keys else _text(config, keys)
        handle = ctypes.c_void_p()
        check(native.rramsnn_network_create(
            text.encode(), whole("inputs", inputs, c_int32), whole("classes", classes, c_int32), ctypes.byref(handle)))
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
        check(native.rramsnn_network_set_threads(self._handle, whole("threads", threads, c_int32)))

    def show_spikes(self, raster: np.ndarray, label: int = -1, learning_rate: float = 0.0, position: int = 0) -> int:
        """Shows one sample for all its steps and returns the class with the highest score.

        raster is booleans [steps, inputs] or packed words [steps, words]. A learning rate of 0 leaves the devices alone. position is the
        number of the sample within the run and names the random numbers of its writes.
        """
        spikes = np.asarray(raster)
        if spikes.dtype == WORD:
            words = with_shape("raster", as_array(spikes, WORD), (self.steps, self._input_words))
        else:
            words = pack_spikes(with_shape("raster", spikes, (self.steps, self.inputs)))
        decision = ctypes.c_int32()
        check(native.rramsnn_network_show_spikes(
            self._handle, address(words), words.size, _label(label), learning_rate, _position(position), ctypes.byref(decision)))
        return decision.value

    def show_pixels(self, pixels: np.ndarray, label: int = -1, learning_rate: float = 0.0, position: int = 0, number: int = 0) -> int:
        """The same with one byte per input, which the network encodes: as training spikes of image ``number`` when it learns, else as test spikes."""
        values = as_bytes("pixels", pixels)
        decision = ctypes.c_int32()
        check(native.rramsnn_network_show_pixels(
            self._handle, address(values), values.size, whole("number", number, c_uint32), _label(label), learning_rate, _position(position),
            ctypes.byref(decision)))
        return decision.value

    def begin(self, learning_rate: float = 0.0, position: int = 0) -> None:
        """Begins a sample that is shown step by step, for closed loops."""
        check(native.rramsnn_network_begin(self._handle, learning_rate, _position(position)))

    def step(self, spikes: np.ndarray, label: int = -1, out: Optional[np.ndarray] = None) -> np.ndarray:
        """One step of packed spikes; returns the packed spikes of the last layer. With label -1 nothing is learned."""
        words = as_array(spikes, WORD)
        output = result(out, (self._output_words,), WORD)
        status = _network_step(self._handle, address(words), words.size, _label(label), address(output), output.size)
        if status:
            fail(status)
        return output

    def end(self) -> int:
        """Ends the sample and returns the class with the highest score."""
        decision = ctypes.c_int32()
        check(native.rramsnn_network_end(self._handle, ctypes.byref(decision)))
        return decision.value

    def scores(self) -> np.ndarray:
        """Class scores of the last layer, summed over the last sample's steps after burn-in; float32 [classes]."""
        scores = np.empty(self.classes, FLOAT)
        check(native.rramsnn_network_scores(self._handle, address(scores), scores.size))
        return scores

    def load_samples(self, images: np.ndarray, labels: np.ndarray) -> None:
        """Gives the training its samples, copied, and starts it anew: uint8 [count, inputs] (or [count, rows, columns]) and uint8 [count]."""
        pixels, classes = self._samples(images, labels)
        check(native.rramsnn_network_load_samples(self._handle, address(pixels), pixels.size, address(classes), classes.size))

    def train(self, maximum_samples: Optional[int] = None) -> int:
        """Goes on with the training, to its end or by so many samples at most; returns how many were shown, 0 at the end.

        Python sees signals, Ctrl+C among them, when the call returns: train in parts where that matters.
        """
        most = 2**63 - 1 if maximum_samples is None else whole("maximum_samples", maximum_samples, c_int64)
        shown = ctypes.c_int64()
        check(native.rramsnn_network_train(self._handle, most, ctypes.byref(shown)))
        return shown.value

    def restore_position(self, position: int) -> None:
        """Goes on at a position of a training whose state was loaded."""
        check(native.rramsnn_network_restore_position(self._handle, _position(position)))

    def evaluate(self, images: np.ndarray, labels: np.ndarray) -> float:
        """Share of images that the network names right; the devices stay as they are."""
        pixels, classes = self._samples(images, labels)
        accuracy = ctypes.c_double()
        check(native.rramsnn_network_evaluate(self._handle, address(pixels), pixels.size, address(classes), classes.size, ctypes.byref(accuracy)))
        return accuracy.value

    def _samples(self, images: Any, labels: Any) -> Tuple[np.ndarray, np.ndarray]:
        pixels, classes = as_bytes("images", images), as_bytes("labels", labels)
        if classes.ndim != 1:
            raise ArgumentError(f"labels has shape {classes.shape}; expected [count]")
        if pixels.shape[:1] != classes.shape or pixels.size != classes.size * self.inputs:
            raise ArgumentError(f"images has shape {pixels.shape}; expected [{classes.size}, {self.inputs}], or rows and columns of {self.inputs} pixels together")
        return pixels, classes

    def _summary(self) -> str:
        return f"{self.inputs} inputs, {self.classes} classes"

    def _info(self) -> NetworkInfo:
        info = NetworkInfo()
        check(native.rramsnn_network_get_info(self._handle, ctypes.byref(info)))
        return info


def _text(config: Union[Mapping[str, Any], str, None], keys: Mapping[str, Any]) -> str:
    """Settings as JSON."""
    settings: Dict[str, Any] = dict(json.loads(config) if isinstance(config, str) else config or {})
    settings.update(keys)
    device = settings.get("device")
    if isinstance(device, os.PathLike):
        device = Device(device)
    if isinstance(device, Device):
        settings["device"] = json.loads(device.json)
    return json.dumps(settings, default=_plain)


def _plain(value: Any) -> Any:
    """NumPy's numbers and arrays, of which JSON knows nothing."""
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    raise TypeError(f"a setting is {value!r}; expected a number, text, list or device")


def _label(label: SupportsIndex) -> int:
    return whole("label", label, c_int32)


def _position(position: SupportsIndex) -> int:
    return whole("position", position, c_int64)
