"""One crossbar with its neurons."""

from __future__ import annotations

import ctypes
import os
from ctypes import c_int32, c_uint64
from typing import Any, Dict, Optional, Union

import numpy as np

from ._arrays import FLOAT, WORD, address, as_array, result, with_shape
from ._library import ArgumentError, check, fail, native, whole
from ._owner import Owner, exactly
from ._structures import CrossbarInfo, CrossbarOptions
from .device import Device

_accumulate = native.rramsnn_crossbar_accumulate
_accumulate_spikes = native.rramsnn_crossbar_accumulate_spikes
_update = native.rramsnn_crossbar_update
_update_and_accumulate = native.rramsnn_crossbar_update_and_accumulate
_filter_spikes = native.rramsnn_crossbar_filter_spikes
_step = native.rramsnn_crossbar_step


class Crossbar(Owner):
    """A matrix of devices, word lines (rows, inputs) by bit lines (columns, neurons), for a loop and a learning rule of your own.

    Currents are in units of the normalised state: times ``weight_per_state`` they are in units of the weight.

    Args:
        rows: inputs.
        columns: neurons.
        device: a Device, or what makes one: a name, the text of a device file, or its path. The crossbar keeps its own copy.
        method: how wished weight changes become pulses: "balanced-pair", "ideal", "naive", ...
        cell: "pair" of devices per weight, or "reference": one against a fixed reference.
        pulses: "continuous", or "pulsed" for whole pulses by stochastic rounding.
        device_variability: whether devices differ as the device file says.
        seed: seed of everything random.
        weight_range: W: weights lie in [-W, W]; None for the method's tuned range.
        neuron: membrane_decay, synapse_decay, reset_decay, reset_strength, gain, threshold, surrogate_half_width and
            initial_weight_scale (start weights are uniform on +- this / sqrt(rows)).
    """

    _kind = "crossbar"

    def __init__(
        self,
        rows: int,
        columns: int,
        device: Union[Device, str, "os.PathLike[str]"] = "tiox-3v",
        *,
        method: str = "balanced-pair",
        cell: str = "pair",
        pulses: str = "continuous",
        device_variability: bool = False,
        seed: int = 1,
        weight_range: Optional[float] = None,
        **neuron: float,
    ) -> None:
        options = CrossbarOptions()
        check(native.rramsnn_crossbar_options_init(ctypes.byref(options)))
        options.rows = whole("rows", rows, c_int32)
        options.columns = whole("columns", columns, c_int32)
        options.cell = exactly("cell", cell, "pair", "reference")
        options.pulses = exactly("pulses", pulses, "continuous", "pulsed")
        options.device_variability = int(device_variability)
        options.seed = whole("seed", seed, c_uint64)
        options.weight_range = 0.0 if weight_range is None else weight_range
        if len(method.encode()) > 31:
            raise ArgumentError(f"method is {method!r}; expected a name of at most 31 letters")
        options.method = method.encode()
        allowed = [name for name, kind in CrossbarOptions._fields_ if kind is ctypes.c_float]
        for name, value in neuron.items():
            if name not in allowed:
                raise ArgumentError(f"{name} is unknown; expected one of {', '.join(allowed)}")
            setattr(options, name, value)
        law = device if isinstance(device, Device) else Device(device)
        handle = ctypes.c_void_p()
        check(native.rramsnn_crossbar_create(ctypes.byref(options), law._handle, ctypes.byref(handle)))
        super().__init__(handle.value or 0)
        info = self._info()
        self.rows: int = info.rows
        self.columns: int = info.columns
        self.weight_range: float = info.weight_range
        self.weight_per_state: float = info.weight_per_state
        self._output_words = info.output_words

    @property
    def info(self) -> Dict[str, Union[int, float]]:
        info = self._info()
        return {name: getattr(info, name) for name, _ in CrossbarInfo._fields_}

    def accumulate(self, input: np.ndarray, out: Optional[np.ndarray] = None) -> np.ndarray:
        """current_j = sum_i input_i (u+_ij - u-_ij), i ascending; float32 [columns]."""
        values = as_array(input, FLOAT)
        current = result(out, (self.columns,), FLOAT)
        status = _accumulate(self._handle, address(values), values.size, address(current), current.size)
        if status:
            fail(status)
        return current

    def accumulate_spikes(self, spikes: np.ndarray, out: Optional[np.ndarray] = None) -> np.ndarray:
        """The same for inputs of 0 and 1, packed by ``pack_spikes``: time goes with the number of spikes."""
        words = as_array(spikes, WORD)
        current = result(out, (self.columns,), FLOAT)
        status = _accumulate_spikes(self._handle, address(words), words.size, address(current), current.size)
        if status:
            fail(status)
        return current

    def accumulate_batch(self, inputs: np.ndarray, out: Optional[np.ndarray] = None) -> np.ndarray:
        """The same for the rows of [batch, rows]; float32 [batch, columns], every row with the bits of ``accumulate`` without read noise."""
        values = as_array(inputs, FLOAT)
        if values.ndim != 2 or values.shape[1] != self.rows:
            raise ArgumentError(f"inputs has shape {values.shape}; expected [batch, {self.rows}]")
        current = result(out, (values.shape[0], self.columns), FLOAT)
        check(native.rramsnn_crossbar_accumulate_batch(
            self._handle, address(values), values.size, self.rows, values.shape[0], address(current), current.size))
        return current

    def update(self, trace: Optional[np.ndarray] = None, wish: Optional[np.ndarray] = None) -> None:
        """Writes the devices for a wished change trace_i wish_j of the weights.

        Without a trace: the field "input_membrane_trace", which ``filter_spikes`` moves. Without a wish: the field "wish". Traces are
        never negative.
        """
        traces = None if trace is None else as_array(trace, FLOAT)
        wishes = None if wish is None else as_array(wish, FLOAT)
        status = _update(
            self._handle,
            None if traces is None else address(traces), 0 if traces is None else traces.size,
            None if wishes is None else address(wishes), 0 if wishes is None else wishes.size)
        if status:
            fail(status)

    def update_and_accumulate(
        self, trace: Optional[np.ndarray], wish: Optional[np.ndarray], input: np.ndarray, out: Optional[np.ndarray] = None
    ) -> np.ndarray:
        """``update``, then ``accumulate`` of the coming input, where the device allows in one pass over memory; the same bits."""
        traces = None if trace is None else as_array(trace, FLOAT)
        wishes = None if wish is None else as_array(wish, FLOAT)
        values = as_array(input, FLOAT)
        current = result(out, (self.columns,), FLOAT)
        status = _update_and_accumulate(
            self._handle,
            None if traces is None else address(traces), 0 if traces is None else traces.size,
            None if wishes is None else address(wishes), 0 if wishes is None else wishes.size,
            address(values), values.size, address(current), current.size)
        if status:
            fail(status)
        return current

    def filter_spikes(self, spikes: np.ndarray) -> None:
        """Moves the presynaptic traces by one step of packed spikes."""
        words = as_array(spikes, WORD)
        status = _filter_spikes(self._handle, address(words), words.size)
        if status:
            fail(status)

    def step(self, current: Optional[np.ndarray] = None, out: Optional[np.ndarray] = None) -> np.ndarray:
        """One step of the leaky integrate-and-fire neurons, with the currents of the last product or others; packed spikes."""
        values = None if current is None else as_array(current, FLOAT)
        words = result(out, (self._output_words,), WORD)
        status = _step(self._handle, None if values is None else address(values), 0 if values is None else values.size, address(words), words.size)
        if status:
            fail(status)
        return words

    def reset_state(self) -> None:
        """Forgets filters and traces; devices keep their states."""
        check(native.rramsnn_crossbar_reset_state(self._handle))

    @property
    def time(self) -> int:
        """Number of the coming update; with the seed it names the random numbers of pulses and noise."""
        return int(self._info().time)

    @time.setter
    def time(self, value: int) -> None:
        check(native.rramsnn_crossbar_set_time(self._handle, whole("time", value, c_uint64)))

    @property
    def weights(self) -> np.ndarray:
        """A copy of all weights, float32 [rows, columns]; assigning programs them."""
        weights = np.empty((self.rows, self.columns), FLOAT)
        check(native.rramsnn_crossbar_get_weights(self._handle, address(weights), weights.size))
        return weights

    @weights.setter
    def weights(self, value: Any) -> None:
        weights = with_shape("weights", as_array(value, FLOAT), (self.rows, self.columns))
        check(native.rramsnn_crossbar_set_weights(self._handle, address(weights), weights.size))

    def _summary(self) -> str:
        return f"{self.rows} x {self.columns}"

    def _info(self) -> CrossbarInfo:
        info = CrossbarInfo()
        check(native.rramsnn_crossbar_get_info(self._handle, ctypes.byref(info)))
        return info
