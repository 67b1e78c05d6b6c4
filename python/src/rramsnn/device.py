"""Devices."""

from __future__ import annotations

import ctypes
import json
import os
import pathlib
from typing import Any, Union

from ._library import check, native
from ._owner import Handle


class Device(Handle):
    """The law of a conductance under pulses.

    Args:
        source: the name of a preset ("tiox-3v", "ideal", ...; ``device_names()`` lists them), the text of a device file, or the path
            of one as a ``pathlib.Path``.
    """

    def __init__(self, source: Union[str, "os.PathLike[str]"]) -> None:
        text = source if isinstance(source, str) else pathlib.Path(source).read_text(encoding="utf-8")
        handle = ctypes.c_void_p()
        check(native.rramsnn_device_create(text.encode(), ctypes.byref(handle)))
        super().__init__("device", handle.value or 0)

    @property
    def json(self) -> str:
        """The text of the device's file."""
        needed = ctypes.c_size_t()
        check(native.rramsnn_device_json(self._handle, None, 0, ctypes.byref(needed)))
        buffer = ctypes.create_string_buffer(needed.value)
        check(native.rramsnn_device_json(self._handle, buffer, len(buffer), ctypes.byref(needed)))
        return buffer.value.decode()

    @property
    def name(self) -> str:
        """Short name."""
        return json.loads(self.json)["name"]

    def after(self, state: float, pulses: float) -> float:
        """The normalised state (G - Gmin)/(Gmax - Gmin) after so many pulses, whole or not; negative ones depress."""
        result = ctypes.c_double()
        check(native.rramsnn_device_after(self._handle, state, pulses, ctypes.byref(result)))
        return result.value

    def with_pulses_per_range(self, pulses: float) -> "Device":
        """The same curve walked in another number of pulses, 1 to 1e9."""
        handle = ctypes.c_void_p()
        check(native.rramsnn_device_clone(self._handle, pulses, ctypes.byref(handle)))
        copy = Device.__new__(Device)
        Handle.__init__(copy, "device", handle.value or 0)
        return copy

    def __reduce__(self) -> Any:
        # A device never changes: its text is all of it.
        return Device, (self.json,)

    def _summary(self) -> str:
        return self.name
