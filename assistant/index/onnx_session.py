"""How graphs are run. The one importer of onnxruntime."""

from __future__ import annotations

from typing import TypeAlias

import onnxruntime

Session: TypeAlias = onnxruntime.InferenceSession


def session(model: bytes, *, threads: int) -> Session:
    """The model, ready to run on so many threads."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting must not cost a core
    options.log_severity_level = 3
    # The further levels fuse sum and LayerNorm into one node, which is slower (docs/log.md).
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    opened: Session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return opened
