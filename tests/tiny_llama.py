"""A language model of 300 KB with random weights in llama.cpp's format: a real server, and nothing but nonsense."""

from __future__ import annotations

from pathlib import Path
from typing import Any

# What it says: words, figures and markers that look like an answer and stand in no source.
WORDS = [
    "▁Lệ",
    "▁phí",
    "▁5.000",
    "▁đồng",
    "▁07",
    "▁ngày",
    "▁làm",
    "▁việc",
    "▁theo",
    "▁Nghị",
    "▁định",
    "▁99/2031/NĐ-CP",
    "▁không",
    "▁phải",
    "▁nộp",
    "▁[1]",
    "▁[7]",
    ".",
    ";",
    "\n",
]
DIM, CONTEXT = 64, 16_384


def write_model(path: Path, seed: int = 7) -> None:
    """One layer, 256 byte tokens and WORDS; the head prefers WORDS, so that what comes out is text."""
    import numpy as np
    from gguf import GGUFWriter, TokenType

    rng = np.random.default_rng(seed)
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{n:02X}>" for n in range(256)), *WORDS]
    kinds = [TokenType.UNKNOWN, TokenType.CONTROL, TokenType.CONTROL, *[TokenType.BYTE] * 256]
    kinds += [TokenType.NORMAL] * len(WORDS)
    writer = GGUFWriter(str(path), "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(DIM)
    writer.add_block_count(1)
    writer.add_feed_forward_length(2 * DIM)
    writer.add_head_count(2)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(DIM // 2)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types([int(kind) for kind in kinds])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template("{% for m in messages %}{{ m['content'] }}\n{% endfor %}")

    def random(*shape: int) -> Any:
        return rng.normal(0, 0.5, shape).astype(np.float32)

    head = random(len(tokens), DIM)
    head[: len(tokens) - len(WORDS)] *= 0.05
    square = {f"blk.0.{name}.weight": (DIM, DIM) for name in ("attn_q", "attn_k", "attn_v", "attn_output")}
    wide = {"blk.0.ffn_gate.weight": (2 * DIM, DIM), "blk.0.ffn_up.weight": (2 * DIM, DIM)}
    shapes = {"token_embd.weight": (len(tokens), DIM), **square, **wide, "blk.0.ffn_down.weight": (DIM, 2 * DIM)}
    for name, shape in shapes.items():
        writer.add_tensor(name, random(*shape))
    writer.add_tensor("output.weight", head)
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", np.ones(DIM, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
