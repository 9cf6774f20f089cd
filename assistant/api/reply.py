"""What goes out: the answer, its chunks and its errors in the shapes of the OpenAI protocol."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import version
from typing import Any

from assistant.answer.values import Answer, Citation
from assistant.api.wire import count_syllables
from assistant.errors import TrolyError

DONE = b"data: [DONE]\n\n"
KEEP_ALIVE = b": van dang xu ly\n\n"  # a comment of the event stream: proxies keep the line open, clients skip it
WITHOUT_VALIDITY = ("calculation", "draft")  # kinds of source that are never in force
_TYPES = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}


@dataclass(frozen=True, slots=True)
class Reply:
    """Một lần trả lời: what its chunks have in common. ``prompt``: syllables of the request."""

    answer_id: str
    model: str
    prompt: int
    include_usage: bool = False
    notices: tuple[str, ...] = ()
    base: str = ""  # the public address, put before the links to this server's own pages
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, answer: Answer) -> dict[str, Any]:
        """The ``chat.completion`` object."""
        message = {"role": "assistant", "content": answer.text, "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return self._head("chat.completion") | {
            "choices": [choice],
            "usage": self._usage(answer.text),
            "troly": self._ours(answer),
        }

    def first(self) -> bytes:
        return self._chunk({"role": "assistant", "content": ""})

    def piece(self, text: str) -> bytes:
        return self._chunk({"content": text})

    def last(self, answer: Answer) -> Iterator[bytes]:
        """The chunk that ends the text, the usage where asked for, and the end mark; the last chunk has ``troly``."""
        ours = {"troly": self._ours(answer)}
        if self.include_usage:
            yield self._chunk({}, finish="stop")
            yield sse(self._head("chat.completion.chunk") | {"choices": [], "usage": self._usage(answer.text)} | ours)
        else:
            yield self._chunk({}, finish="stop", more=ours)
        yield DONE

    def _head(self, kind: str) -> dict[str, Any]:
        return {
            "id": f"chatcmpl-{self.answer_id}",
            "object": kind,
            "created": self.created,
            "model": self.model,
            "system_fingerprint": f"troly-{version('troly')}",
        }

    def _chunk(
        self, delta: Mapping[str, str], finish: str | None = None, more: Mapping[str, Any] | None = None
    ) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        usage = {"usage": None} if self.include_usage else {}
        return sse(self._head("chat.completion.chunk") | {"choices": [choice]} | usage | dict(more or {}))

    def _usage(self, text: str) -> dict[str, int]:
        completion = count_syllables(text)
        return {
            "prompt_tokens": self.prompt,
            "completion_tokens": completion,
            "total_tokens": self.prompt + completion,
        }

    def _ours(self, answer: Answer) -> dict[str, Any]:
        return {
            "answer_id": self.answer_id,
            "status": answer.status.value,
            "citations": [citation(c, self.base) for c in answer.citations],
            "card": answer.card,
            "findings": [asdict(f) for f in answer.findings],
            "warnings": [*self.notices, *answer.warnings],
            "follow_ups": list(answer.follow_ups),
            "files": [{k: v for k, v in f.items() if k != "path"} for f in answer.files],
        }


def citation(value: Citation, base: str) -> dict[str, Any]:
    """A citation with ISO dates, and its validity as a word for people beside the one for programs."""
    fields = {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(value).items()}
    link = base.rstrip("/") + value.url if value.url.startswith("/") else value.url
    label = "" if value.kind in WITHOUT_VALIDITY else value.validity.vietnamese
    return fields | {"validity_label": label, "url": link}


def error_body(error: TrolyError) -> dict[str, Any]:
    """The protocol's error object; ``code`` is stable, ``message`` is for the user."""
    kind = "server_error" if error.status >= 500 else _TYPES.get(error.status, "invalid_request_error")
    if error.code == "model_not_found":
        kind = "invalid_request_error"
    return {"error": {"message": error.message, "type": kind, "param": error.param, "code": error.code}}


def to_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).encode()


def sse(value: Any) -> bytes:
    """One server-sent event."""
    return b"data: " + to_json(value) + b"\n\n"
