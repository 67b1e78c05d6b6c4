"""The native library: finding it, its functions, its errors."""

from __future__ import annotations

import ctypes
import operator
import os
import pathlib
import platform
from ctypes import c_char_p, c_double, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Any, List, NoReturn, SupportsIndex

ABI_VERSION = 1


class RramSnnError(Exception):
    """What the library refused, with its one line about why. ``status`` is the number of rramsnn.h."""

    status = 0


class ArgumentError(RramSnnError, ValueError):
    """A wrong length, a value out of range, a call out of order."""

    status = 1


class HandleError(RramSnnError):
    """The object was closed."""

    status = 2


class BusyError(RramSnnError, RuntimeError):
    """Another thread works on the object."""

    status = 3


class DataError(RramSnnError, ValueError):
    """A text or file is malformed, or does not fit."""

    status = 4


class FileError(RramSnnError, OSError):
    """A file cannot be read or written."""

    status = 5


class OutOfMemoryError(RramSnnError, MemoryError):
    """There is not enough memory."""

    status = 6


class DefectError(RramSnnError):
    """A mistake in the library."""

    status = 7


_ERRORS = {error.status: error for error in (ArgumentError, HandleError, BusyError, DataError, FileError, OutOfMemoryError, DefectError)}

_LIMITS = {
    c_int32: (-(2**31), 2**31 - 1, "32 bits"),
    c_uint32: (0, 2**32 - 1, "32 bits, 0 or more"),
    c_int64: (-(2**63), 2**63 - 1, "64 bits"),
    c_uint64: (0, 2**64 - 1, "64 bits, 0 or more"),
}

_P, _N, _I, _L, _D, _S = c_void_p, c_size_t, c_int32, c_int64, c_double, c_char_p

# Arguments of every function that returns a status. Arrays go as addresses, which is what costs least.
_FUNCTIONS = {
    "rramsnn_device_create": [_S, _P],
    "rramsnn_device_clone": [_P, _D, _P],
    "rramsnn_device_free": [_P],
    "rramsnn_device_json": [_P, _P, _N, _P],
    "rramsnn_device_after": [_P, _D, _D, _P],
    "rramsnn_crossbar_options_init": [_P],
    "rramsnn_crossbar_create": [_P, _P, _P],
    "rramsnn_crossbar_free": [_P],
    "rramsnn_crossbar_get_info": [_P, _P],
    "rramsnn_crossbar_view": [_P, _S, _P],
    "rramsnn_crossbar_field_name": [_P, _I, _P, _N, _P],
    "rramsnn_crossbar_accumulate": [_P, _P, _N, _P, _N],
    "rramsnn_crossbar_accumulate_spikes": [_P, _P, _N, _P, _N],
    "rramsnn_crossbar_accumulate_batch": [_P, _P, _N, _I, _I, _P, _N],
    "rramsnn_crossbar_update": [_P, _P, _N, _P, _N],
    "rramsnn_crossbar_update_and_accumulate": [_P, _P, _N, _P, _N, _P, _N, _P, _N],
    "rramsnn_crossbar_filter_spikes": [_P, _P, _N],
    "rramsnn_crossbar_step": [_P, _P, _N, _P, _N],
    "rramsnn_crossbar_reset_state": [_P],
    "rramsnn_crossbar_set_time": [_P, c_uint64],
    "rramsnn_crossbar_get_weights": [_P, _P, _N],
    "rramsnn_crossbar_set_weights": [_P, _P, _N],
    "rramsnn_crossbar_state_sha256": [_P, _P, _N],
    "rramsnn_crossbar_save": [_P, _S],
    "rramsnn_crossbar_load": [_P, _S],
    "rramsnn_network_create": [_S, _I, _I, _P],
    "rramsnn_network_free": [_P],
    "rramsnn_network_get_info": [_P, _P],
    "rramsnn_network_set_threads": [_P, _I],
    "rramsnn_network_view": [_P, _S, _P],
    "rramsnn_network_field_name": [_P, _I, _P, _N, _P],
    "rramsnn_network_show_spikes": [_P, _P, _N, _I, _D, _L, _P],
    "rramsnn_network_show_pixels": [_P, _P, _N, c_uint32, _I, _D, _L, _P],
    "rramsnn_network_begin": [_P, _D, _L],
    "rramsnn_network_step": [_P, _P, _N, _I, _P, _N],
    "rramsnn_network_end": [_P, _P],
    "rramsnn_network_scores": [_P, _P, _N],
    "rramsnn_network_load_samples": [_P, _P, _N, _P, _N],
    "rramsnn_network_train": [_P, _L, _P],
    "rramsnn_network_restore_position": [_P, _L],
    "rramsnn_network_evaluate": [_P, _P, _N, _P, _N, _P],
    "rramsnn_network_state_sha256": [_P, _P, _N],
    "rramsnn_network_save": [_P, _S],
    "rramsnn_network_load": [_P, _S],
}


def _processor_flags() -> List[str]:
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("flags"):
                return line.split(":", 1)[1].split()
    except OSError:
        pass
    return []


def _path() -> str:
    """The library: $RRAMSNN_LIBRARY, or the one in the package that suits this processor."""
    named = os.environ.get("RRAMSNN_LIBRARY")
    if named:
        return named
    flags = set(_processor_flags())
    if platform.machine() != "x86_64" or not {"avx2", "fma", "bmi2"} <= flags:
        # On a lesser processor the library would end the process.
        raise ImportError("rramsnn needs x86-64 with AVX2, FMA and BMI2 (x86-64-v3) and Linux")
    folder = pathlib.Path(__file__).resolve().parent / "lib"
    wide = folder / "x86-64-v4" / "librramsnn.so"
    if {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"} <= flags and wide.exists():
        return str(wide)
    plain = folder / "librramsnn.so"
    # Without one in the package: one that is installed, which the system's loader finds.
    return str(plain) if plain.exists() else "librramsnn.so"


def _load() -> ctypes.CDLL:
    path = _path()
    try:
        library = ctypes.CDLL(path)
    except OSError as error:
        raise ImportError(
            f"the native library is {path!r}, which cannot be loaded ({error}); expected one in the package, one where the system's loader looks, "
            "or its path in RRAMSNN_LIBRARY"
        ) from error
    for name in ("version", "device_names", "method_names"):
        getattr(library, f"rramsnn_{name}").restype = c_char_p
    library.rramsnn_last_error.restype = c_char_p
    found = library.rramsnn_abi_version()
    if found != ABI_VERSION:
        raise ImportError(f"the native library has interface {found}; expected {ABI_VERSION}")
    for name, arguments in _FUNCTIONS.items():
        function = getattr(library, name)
        function.argtypes = arguments
        function.restype = c_int32
    return library


native = _load()


def fail(status: int) -> NoReturn:
    """Raises what a status stands for, with the library's words."""
    raise _ERRORS.get(status, RramSnnError)(native.rramsnn_last_error().decode("utf-8", "replace"))


def whole(name: str, value: SupportsIndex, kind: Any) -> int:
    """A whole number that a type of C can hold; ctypes would cut off the upper bits of a larger one."""
    number = operator.index(value)
    least, most, words = _LIMITS[kind]
    if not least <= number <= most:
        raise ArgumentError(f"{name} is {number}; expected a whole number of {words}")
    return number


def check(status: int) -> None:
    """Raises unless a call succeeded."""
    if status:
        fail(status)


def version() -> str:
    """Version of the native library."""
    return native.rramsnn_version().decode()


def device_names() -> List[str]:
    """Names of the preset devices."""
    return native.rramsnn_device_names().decode().split("\n")


def method_names() -> List[str]:
    """Names of the update methods."""
    return native.rramsnn_method_names().decode().split("\n")


def vector_width() -> int:
    """Bits of the vectors that the library was compiled for. Speed depends on it, results do not."""
    return native.rramsnn_vector_width()


def handle_count() -> int:
    """Objects that were not closed yet."""
    return native.rramsnn_handle_count()
