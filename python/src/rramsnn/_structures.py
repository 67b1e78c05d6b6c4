"""The structures of rramsnn.h."""

import ctypes
from ctypes import c_double, c_int32, c_int64, c_uint32, c_uint64, c_void_p


class View(ctypes.Structure):
    """rramsnn_view."""

    _fields_ = [
        ("data", c_void_p),
        ("element_type", c_int32),
        ("is_persistent", c_int32),
        ("dimensions", c_int32),
        ("logical_dimensions", c_int32),
        ("shape", c_int64 * 4),
        ("strides", c_int64 * 4),
        ("logical_shape", c_int64 * 4),
    ]


class CrossbarOptions(ctypes.Structure):
    """rramsnn_crossbar_options."""

    _fields_ = [
        ("struct_size", c_uint32),
        ("rows", c_int32),
        ("columns", c_int32),
        ("cell", c_int32),
        ("pulses", c_int32),
        ("device_variability", c_int32),
        ("seed", c_uint64),
        ("weight_range", c_double),
        ("initial_weight_scale", ctypes.c_float),
        ("membrane_decay", ctypes.c_float),
        ("synapse_decay", ctypes.c_float),
        ("reset_decay", ctypes.c_float),
        ("reset_strength", ctypes.c_float),
        ("gain", ctypes.c_float),
        ("threshold", ctypes.c_float),
        ("surrogate_half_width", ctypes.c_float),
        ("method", ctypes.c_char * 32),
    ]


class CrossbarInfo(ctypes.Structure):
    """rramsnn_crossbar_info."""

    _fields_ = [
        ("rows", c_int32),
        ("columns", c_int32),
        ("input_words", c_int32),
        ("output_words", c_int32),
        ("field_count", c_int32),
        ("weight_range", ctypes.c_float),
        ("weight_per_state", ctypes.c_float),
        ("rest_state", ctypes.c_float),
        ("seed", c_uint64),
        ("time", c_uint64),
        ("pulse_total", c_double),
        ("write_total", c_int64),
        ("read_total", c_int64),
        ("device_count", c_int64),
        ("byte_length", c_int64),
    ]


class NetworkInfo(ctypes.Structure):
    """rramsnn_network_info."""

    _fields_ = [
        ("inputs", c_int32),
        ("classes", c_int32),
        ("layers", c_int32),
        ("steps", c_int32),
        ("burn_in", c_int32),
        ("workers", c_int32),
        ("input_words", c_int32),
        ("output_neurons", c_int32),
        ("output_words", c_int32),
        ("field_count", c_int32),
        ("seed", c_uint64),
        ("position", c_int64),
        ("total_samples", c_int64),
        ("learning_rate", c_double),
        ("pulse_total", c_double),
        ("write_total", c_int64),
        ("read_total", c_int64),
        ("device_count", c_int64),
        ("byte_length", c_int64),
    ]
