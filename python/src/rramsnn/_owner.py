"""What crossbars and networks have in common: a handle, fields, files and a hash."""

from __future__ import annotations

import ctypes
import os
import weakref
from typing import Any, Dict, List, TypeVar, Union

import numpy as np

from ._arrays import ELEMENTS
from ._library import ArgumentError, HandleError, RramSnnError, check, native
from ._structures import View

Self = TypeVar("Self", bound="Handle")


class Handle:
    """An object of the library. Freed by ``close``, at the end of a ``with`` block, or with the last reference."""

    def __init__(self, kind: str, handle: int) -> None:
        self._handle = handle
        self._free = weakref.finalize(self, getattr(native, f"rramsnn_{kind}_free"), handle)
        # At exit the memory goes with the process; until then somebody may still look at a view.
        self._free.atexit = False

    @property
    def closed(self) -> bool:
        """Whether the object was closed."""
        return not self._free.alive

    def close(self) -> None:
        """Frees the object; harmless when repeated."""
        alive = self._free.peek()
        if alive is not None:
            _, free, arguments, _ = alive
            check(free(*arguments))
            # Not before: an object that another thread works on is still there.
            self._free.detach()

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            self.close()
        except RramSnnError:
            # What went wrong inside the block matters more, and its traceback may hold views; the last reference frees.
            if kind is None:
                raise

    def __reduce__(self) -> Any:
        # Copies would share a handle that is freed once.
        raise TypeError(f"a {type(self).__name__} cannot be copied or pickled; expected save and load of its state")

    def __repr__(self) -> str:
        return f"<rramsnn.{type(self).__name__} {'closed' if self.closed else self._summary()}>"

    def _summary(self) -> str:
        raise NotImplementedError


class Owner(Handle):
    """An object with the state of a network."""

    _kind = ""

    def __init__(self, handle: int) -> None:
        super().__init__(self._kind, handle)
        self._buffers: List["weakref.ref[Any]"] = []
        self._view = getattr(native, f"rramsnn_{self._kind}_view")
        self._field_name = getattr(native, f"rramsnn_{self._kind}_field_name")

    def close(self) -> None:
        """Frees the object; refused while arrays of ``view`` are in use, whose memory would be gone."""
        self._buffers = [buffer for buffer in self._buffers if buffer() is not None]
        if not self.closed and self._buffers:
            raise HandleError(f"{len(self._buffers)} views of the {self._kind} are in use; expected them to be deleted first")
        super().close()

    @property
    def fields(self) -> List[str]:
        """Names of all fields."""
        names: List[str] = []
        buffer = ctypes.create_string_buffer(256)
        needed = ctypes.c_size_t()
        for index in range(int(self.info["field_count"])):
            check(self._field_name(self._handle, index, buffer, len(buffer), ctypes.byref(needed)))
            names.append(buffer.value.decode())
        return names

    @property
    def info(self) -> Dict[str, Union[int, float]]:
        """Sizes and totals, as in rramsnn.h."""
        raise NotImplementedError

    def view(self, name: str) -> np.ndarray:
        """A field as it lies in the library's memory, without a copy: reading and writing work on the object itself.

        Matrices of devices are stored as panels of 128 columns, [panels, rows, 128], whose padding must stay zero;
        ``matrix`` copies one out as [rows, columns].
        """
        return self._array(self._describe(name))

    def matrix(self, name: str) -> np.ndarray:
        """A copy of a field without padding, for example [rows, columns] of ``conductance_plus``."""
        view = self._describe(name)
        stored = self._array(view)
        logical = tuple(view.logical_shape[: view.logical_dimensions])
        if stored.ndim == 3 and len(logical) == 2:
            # Panels side by side.
            stored = stored.transpose(1, 0, 2).reshape(stored.shape[1], -1)
        return stored[tuple(slice(extent) for extent in logical)].copy()

    def state_sha256(self) -> str:
        """SHA-256 over all lasting state: equal hashes are equal bits, in this, the C and the managed interface."""
        buffer = ctypes.create_string_buffer(65)
        check(getattr(native, f"rramsnn_{self._kind}_state_sha256")(self._handle, buffer, len(buffer)))
        return buffer.value.decode()

    def save(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Writes the lasting state as safetensors."""
        check(getattr(native, f"rramsnn_{self._kind}_save")(self._handle, os.fsencode(path)))

    def load(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Reads a state of ``save``, or of the program; on an error the state is as it was."""
        check(getattr(native, f"rramsnn_{self._kind}_load")(self._handle, os.fsencode(path)))

    def _describe(self, name: str) -> View:
        view = View()
        check(self._view(self._handle, name.encode(), ctypes.byref(view)))
        return view

    def _array(self, view: View) -> np.ndarray:
        dtype = ELEMENTS[view.element_type]
        shape = tuple(view.shape[: view.dimensions])
        count = int(np.prod(shape))
        buffer = (ctypes.c_char * (count * dtype.itemsize)).from_address(view.data)
        # The array keeps the buffer, the buffer the owner: memory lives as long as somebody looks at it.
        buffer._owner = self
        self._buffers = [other for other in self._buffers if other() is not None] + [weakref.ref(buffer)]
        return np.frombuffer(buffer, dtype).reshape(shape)


def exactly(name: str, value: Any, *choices: str) -> int:
    """The place of a name among some."""
    if value in choices:
        return choices.index(value)
    raise ArgumentError(f"{name} is {value!r}; expected one of {', '.join(choices)}")
