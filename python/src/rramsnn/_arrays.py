"""Arrays as the library wants them: addresses of contiguous memory, and memory of the library as arrays."""

from __future__ import annotations

import ctypes
from typing import Any, Optional, Tuple

import numpy as np

from ._library import ArgumentError

FLOAT = np.dtype(np.float32)
WORD = np.dtype(np.uint64)
BYTE = np.dtype(np.uint8)
ELEMENTS = {1: FLOAT, 2: np.dtype(np.float64), 3: np.dtype(np.int64), 4: WORD}

_address_of = ctypes.addressof
_from_buffer = ctypes.c_char.from_buffer


def as_array(values: Any, dtype: np.dtype) -> np.ndarray:
    """The values as a contiguous array of a type; themselves if they are one."""
    if type(values) is np.ndarray and values.dtype is dtype and values.flags.c_contiguous:
        return values
    return np.ascontiguousarray(values, dtype)


def address(array: np.ndarray) -> int:
    """Where a contiguous array begins."""
    try:
        # Five times as fast as array.ctypes.data, but for writable arrays only.
        return _address_of(_from_buffer(array))
    except (TypeError, ValueError, BufferError):
        return array.ctypes.data


def result(out: Optional[np.ndarray], shape: Tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    """The array for a result: the caller's, or a new one."""
    if out is None:
        return np.empty(shape, dtype)
    if type(out) is not np.ndarray or out.dtype != dtype or out.shape != shape or not out.flags.c_contiguous or not out.flags.writeable:
        found = f"{out.dtype} with shape {out.shape}" if isinstance(out, np.ndarray) else type(out).__name__
        raise ArgumentError(f"out is {found}; expected a writable, contiguous array of {dtype} with shape {shape}")
    return out


def with_shape(name: str, array: np.ndarray, shape: Tuple[int, ...]) -> np.ndarray:
    """The array, whose elements would land in wrong places if it had another shape."""
    if array.shape != shape:
        raise ArgumentError(f"{name} has shape {array.shape}; expected {shape}")
    return array


def as_bytes(name: str, values: Any) -> np.ndarray:
    """Whole numbers from 0 to 255 as a contiguous array of bytes; others would be cut off."""
    found = np.asarray(values)
    if found.dtype.kind not in "ui":
        raise ArgumentError(f"{name} holds {found.dtype}; expected whole numbers from 0 to 255")
    if found.dtype != BYTE and found.size > 0 and (found.min() < 0 or found.max() > 255):
        raise ArgumentError(f"{name} holds {found.min()} to {found.max()}; expected 0 to 255")
    return as_array(found, BYTE)
