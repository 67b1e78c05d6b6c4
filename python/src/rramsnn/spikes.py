"""Spikes as bits: input i is bit i % 64 of word i // 64."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._arrays import WORD


def pack_spikes(spikes: Any) -> np.ndarray:
    """Packs booleans, or numbers whose non-zero ones are spikes, along the last axis into words of 64.

    >>> pack_spikes([True, False, True]).tolist()
    [5]
    """
    bits = np.asarray(spikes)
    bits = bits if bits.dtype == np.bool_ else bits != 0
    words = (bits.shape[-1] + 63) // 64
    padded = np.zeros(bits.shape[:-1] + (words * 64,), np.bool_)
    padded[..., : bits.shape[-1]] = bits
    return np.packbits(padded, axis=-1, bitorder="little").view(WORD)


def unpack_spikes(words: np.ndarray, count: int) -> np.ndarray:
    """The first ``count`` bits of words of 64 along the last axis, as booleans.

    >>> unpack_spikes(pack_spikes([1, 0, 1]), 3).tolist()
    [True, False, True]
    """
    data = np.ascontiguousarray(words, WORD).view(np.uint8)
    return np.unpackbits(data, axis=-1, bitorder="little")[..., :count].astype(np.bool_)
