"""Spiking neural networks that learn on resistive (RRAM) crossbars.

Device is the law of a conductance under pulses, Crossbar a matrix of devices with its neurons for a loop and a learning
rule of your own, Network a whole network with local learning. The same seed gives the same bits as the managed program, the C
interface, any vector width and any number of threads.
"""

from ._library import (
    ArgumentError,
    BusyError,
    DataError,
    DefectError,
    FileError,
    HandleError,
    OutOfMemoryError,
    RramSnnError,
    device_names,
    handle_count,
    method_names,
    vector_width,
    version,
)
from .crossbar import Crossbar
from .device import Device
from .network import Network
from .spikes import pack_spikes, unpack_spikes

__version__ = "0.1.0"

__all__ = [
    "ArgumentError",
    "BusyError",
    "Crossbar",
    "DataError",
    "DefectError",
    "Device",
    "FileError",
    "HandleError",
    "Network",
    "OutOfMemoryError",
    "RramSnnError",
    "device_names",
    "handle_count",
    "method_names",
    "pack_spikes",
    "unpack_spikes",
    "vector_width",
    "version",
]
