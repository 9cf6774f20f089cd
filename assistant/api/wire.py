"""What comes in: the request of the OpenAI Chat Completions protocol, with our fields under ``troly``.

Fields of the protocol that steer a language model (temperature, top_p, tools, …) are accepted and ignored:
the assistants answer from sources, with the same words for the same question.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.answer.values import Message
from assistant.errors import BadInput, TooLarge

MAX_MESSAGES = 200
SYSTEM_WARNING = (
    "Tin nhắn vai trò “system” trong yêu cầu không được dùng: trợ lý chỉ theo cấu hình của cơ quan và nguồn được trích."
)
# C0 and C1 controls but newline and tab, and halves of surrogate pairs; tag characters are left for ``screen`` to see.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff]+")

_BLANKS = re.compile(r"[^\S\n]{2,}")


class TextPart(BaseModel):
    """Đoạn chữ trong tin nhắn."""

    type: Literal["text"]
    text: str


class FileReference(BaseModel):
    """Tệp đã tải lên bằng POST /v1/files."""

    file_id: str = Field(max_length=100)


class FilePart(BaseModel):
    """Tệp kèm tin nhắn."""

    type: Literal["file"]
    file: FileReference


Part = Annotated[TextPart | FilePart, Field(discriminator="type")]


class ChatMessage(BaseModel):
    """Một tin nhắn. ``content`` is text, or a list of text and file parts; null counts as empty."""

    role: Literal["system", "developer", "user", "assistant"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """The text parts, cleaned, one line each."""
        if isinstance(self.content, str):
            return clean_text(self.content)
        return clean_text("\n".join(part.text for part in self.content or () if isinstance(part, TextPart)))

    @property
    def file_ids(self) -> tuple[str, ...]:
        if self.content is None or isinstance(self.content, str):
            return ()
        return tuple(part.file.file_id for part in self.content if isinstance(part, FilePart))


class StreamOptions(BaseModel):
    """``include_usage``: the last chunk carries the counts."""

    include_usage: bool = False


def _iso(value: Any) -> Any:
    """A date is written YYYY-MM-DD: a bare number would otherwise be read as seconds since 1970."""
    if value is None or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)):
        return value
    raise ValueError("cần ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2026-07-01")


class TrolyFields(BaseModel):
    """Các trường riêng: ngày áp dụng, mã cuộc trò chuyện (chỉ để đối chiếu nhật ký), tỉnh thành."""

    model_config = ConfigDict(extra="forbid")

    as_of: Annotated[date | None, BeforeValidator(_iso)] = None
    conversation_id: str = Field("", max_length=64, pattern=r"^[A-Za-z0-9_-]*$")
    territory: str = Field("", pattern=r"^(vn|[0-9]{2})?$")


class ChatRequest(BaseModel):
    """Yêu cầu hỏi đáp."""

    model: str = Field(max_length=100)
    messages: list[ChatMessage] = Field(min_length=1, max_length=MAX_MESSAGES)
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    troly: TrolyFields | None = None

    @property
    def ours(self) -> TrolyFields:
        return self.troly or TrolyFields()

    @property
    def include_usage(self) -> bool:
        return bool(self.stream_options and self.stream_options.include_usage)

    @property
    def question(self) -> str:
        return self.messages[-1].text

    @property
    def history(self) -> tuple[Message, ...]:
        """What was said before, oldest first, without system messages and without empty ones."""
        spoken = (m for m in self.messages[:-1] if m.role in ("user", "assistant") and m.text)
        return tuple(Message(m.role, m.text) for m in spoken)

    @property
    def file_ids(self) -> tuple[str, ...]:
        """The files that the question names."""
        return self.messages[-1].file_ids

    @property
    def earlier_file_ids(self) -> tuple[str, ...]:
        """The files that the user named last before the question."""
        named = (m.file_ids for m in reversed(self.messages[:-1]) if m.role == "user" and m.file_ids)
        return next(named, ())

    @property
    def notices(self) -> tuple[str, ...]:
        """What the caller should know about its own request."""
        return (SYSTEM_WARNING,) if any(m.role in ("system", "developer") for m in self.messages) else ()

    @property
    def syllables(self) -> int:
        return sum(count_syllables(m.text) for m in self.messages)


def check_question(request: ChatRequest, max_chars: int) -> None:
    """The last message is the user's, says something, and is not too long. Raises BadInput or TooLarge."""
    last = request.messages[-1]
    where = f"messages.{len(request.messages) - 1}"
    if last.role != "user":
        raise BadInput(
            f"Tin nhắn cuối cùng có vai trò “{last.role}”; cần là câu hỏi với vai trò “user”.", param=f"{where}.role"
        )
    if not last.text and not last.file_ids:
        raise BadInput("Câu hỏi trống. Hãy nhập nội dung cần hỏi.", param=f"{where}.content")
    if len(last.text) > max_chars:
        raise TooLarge(
            f"Câu hỏi dài {len(last.text)} ký tự, vượt giới hạn {max_chars} ký tự. "
            "Hãy rút gọn câu hỏi, hoặc gửi nội dung dài thành tệp.",
            param=f"{where}.content",
        )


def clean_text(text: str) -> str:
    """NFC, without control characters, runs of blanks and outer space."""
    bare = _CONTROL.sub(" ", text.replace("\r\n", "\n"))
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", bare)).strip()


def count_syllables(text: str) -> int:
    """Words between spaces: what ``usage`` counts. For Vietnamese that is syllables, not a model's tokens."""
    return len(text.split())
