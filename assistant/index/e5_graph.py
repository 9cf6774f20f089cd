"""The packaged e5 weights as an ONNX graph with 8-bit products.

Input ``tokens`` (1, length, hidden): word, position and type embeddings of one text, summed. Output ``vector``
(1, hidden), of length 1. One text at a time: the 8-bit range of a batch would make a vector depend on its neighbours.
"""

from __future__ import annotations

import numpy as np

from assistant.index.e5_weights import Floats, Weights, dequantise
from assistant.index.onnx_graph import FLOAT, INT64, MICROSOFT, End, Graph

_LEVELS = 63.0  # seven bits: with eight, processors without VNNI overflow their sums


class _Graph(Graph):
    """With the steps that every layer has."""

    def linear(self, source: str, name: str, matrix: Floats, bias: Floats) -> str:
        """``source`` · matrixᵀ + bias, with a scale for each output."""
        scales = np.abs(matrix).max(axis=1) / _LEVELS
        quantised = np.rint(matrix / scales[:, None]).astype(np.int8)
        inputs = [source, self.constant(f"{name}.w", quantised.T), self.constant(f"{name}.s", scales), ""]
        inputs.append(self.constant(f"{name}.b", bias))
        return self.node("DynamicQuantizeMatMul", inputs, name, domain=MICROSOFT)

    def add_norm(self, first: str, second: str, name: str, scale: Floats, shift: Floats, epsilon: float) -> str:
        """LayerNorm(first + second); onnxruntime's node that does both at once takes six times as long on a CPU."""
        total = self.node("Add", [first, second], f"{name}.sum")
        inputs = [total, self.constant(f"{name}.g", scale), self.constant(f"{name}.o", shift)]
        return self.node("LayerNormalization", inputs, name, axis=-1, epsilon=epsilon)


def build(weights: Weights, *, words: bool = False) -> bytes:
    """The serialised model, about 22 MB; with ``words`` its input is ``input_ids`` (1, length) and it has 120 MB."""
    graph, shape = _Graph(), weights.shape
    tokens = _words(graph, weights) if words else "tokens"
    inputs = [tokens, graph.constant("g", weights.floats("emb.ln.w")), graph.constant("o", weights.floats("emb.ln.b"))]
    state = graph.node("LayerNormalization", inputs, "start", axis=-1, epsilon=shape.epsilon)
    for layer in range(shape.layers):
        state = _layer(graph, weights, f"l{layer}", state)
    axes = [graph.constant("rows", np.array([1])), graph.constant("columns", np.array([-1]))]
    total = graph.node("ReduceSum", [state, axes[0]], "sum", keepdims=0)
    length = graph.node("ReduceL2", [total, axes[1]], "length", keepdims=1)
    graph.node("Div", [total, length], "vector")
    target: End = ("vector", FLOAT, [1, shape.hidden])
    if words:
        return graph.serialised(("input_ids", INT64, [1, "length"]), target)
    return graph.serialised(("tokens", FLOAT, [1, "length", shape.hidden]), target)


def _words(graph: _Graph, weights: Weights) -> str:
    """``input_ids`` → their embeddings with those of their places."""
    shape = weights.shape
    table = dequantise(weights.words)
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-12) / 127.0
    quantised = graph.constant("words", np.rint(table / scales).astype(np.int8))
    rows = graph.node("Cast", [graph.node("Gather", [quantised, "input_ids"], "row")], "floats", to=FLOAT)
    scale = graph.node("Gather", [graph.constant("word_scales", scales), "input_ids"], "row_scale")
    found = graph.node("Mul", [rows, scale], "found")
    places = weights.floats("emb.pos").reshape(shape.positions, -1) + weights.floats("emb.type")[: shape.hidden]
    length = graph.node("Shape", ["input_ids"], "count", start=1)
    zero = graph.constant("zero", np.array([0]))
    cut = graph.node("Slice", [graph.constant("places", places), zero, length, zero], "cut")
    return graph.node("Add", [found, cut], "tokens")


def _layer(graph: _Graph, weights: Weights, name: str, state: str) -> str:
    shape = weights.shape

    def linear(source: str, target: str, rows: int, *parts: str) -> str:
        matrix = np.concatenate([weights.matrix(f"{name}.{part}.w", rows) for part in parts])
        bias = np.concatenate([weights.floats(f"{name}.{part}.b") for part in parts])
        return graph.linear(source, f"{name}.{target}", matrix, bias)

    def add_norm(first: str, second: str, part: str) -> str:
        scale, shift = weights.floats(f"{name}.{part}.w"), weights.floats(f"{name}.{part}.b")
        return graph.add_norm(first, second, f"{name}.{part}", scale, shift, shape.epsilon)

    joint = linear(state, "qkv", shape.hidden, "q", "k", "v")
    heads = [f"{name}.query", f"{name}.key", f"{name}.value"]
    graph.node("Split", [joint], *heads, axis=-1, num_outputs=3)
    context = graph.node("MultiHeadAttention", heads, f"{name}.context", domain=MICROSOFT, num_heads=shape.heads)
    attended = add_norm(state, linear(context, "attention", shape.hidden, "ao"), "aln")
    inner = graph.node("Gelu", [linear(attended, "inner", shape.inner, "fi")], f"{name}.gelu", domain=MICROSOFT)
    return add_norm(attended, linear(inner, "outer", shape.hidden, "fo"), "oln")
