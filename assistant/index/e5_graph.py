"""The packaged e5 weights as an ONNX graph with 8-bit products. The one importer of onnx.

Input ``tokens`` (1, length, hidden): word, position and type embeddings of one text, summed. Output ``vector``
(1, hidden), of length 1. One text at a time: the 8-bit range of a batch would make a vector depend on its neighbours.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from assistant.index.e5_weights import Floats, Weights, dequantise

_MICROSOFT = "com.microsoft"  # the domain of onnxruntime's own operators
_OPSET, _IR = 18, 9
_LEVELS = 63.0  # seven bits: with eight, processors without VNNI overflow their sums


class _Graph:
    """Nodes and constants, collected in order."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, list(outputs), domain=domain, **attributes))
        return outputs[0]

    def linear(self, source: str, name: str, matrix: Floats, bias: Floats) -> str:
        """``source`` · matrixᵀ + bias, with a scale for each output."""
        scales = np.abs(matrix).max(axis=1) / _LEVELS
        quantised = np.rint(matrix / scales[:, None]).astype(np.int8)
        inputs = [source, self.constant(f"{name}.w", quantised.T), self.constant(f"{name}.s", scales), ""]
        inputs.append(self.constant(f"{name}.b", bias))
        return self.node("DynamicQuantizeMatMul", inputs, name, domain=_MICROSOFT)

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
    source = (
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "length"])
        if words
        else helper.make_tensor_value_info("tokens", TensorProto.FLOAT, [1, "length", shape.hidden])
    )
    target = helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, shape.hidden])
    made = helper.make_graph(graph.nodes, "e5", [source], [target], graph.constants)
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=_IR)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def _words(graph: _Graph, weights: Weights) -> str:
    """``input_ids`` → their embeddings with those of their places."""
    shape = weights.shape
    table = dequantise(weights.words)
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-12) / 127.0
    quantised = graph.constant("words", np.rint(table / scales).astype(np.int8))
    rows = graph.node("Cast", [graph.node("Gather", [quantised, "input_ids"], "row")], "floats", to=TensorProto.FLOAT)
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
    context = graph.node("MultiHeadAttention", heads, f"{name}.context", domain=_MICROSOFT, num_heads=shape.heads)
    attended = add_norm(state, linear(context, "attention", shape.hidden, "ao"), "aln")
    inner = graph.node("Gelu", [linear(attended, "inner", shape.inner, "fi")], f"{name}.gelu", domain=_MICROSOFT)
    return add_norm(attended, linear(inner, "outer", shape.hidden, "fo"), "oln")
