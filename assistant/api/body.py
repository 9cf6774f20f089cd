"""Reading a request's body: no longer than allowed, and as JSON of one shape, or a clear error."""

from __future__ import annotations

from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.errors import BadInput, TooLarge

MAX_JSON = 1 << 20  # bytes: 200 long messages fit
_FORM_ROOM = 1 << 16  # bytes of a multipart body that are not the file
Model = TypeVar("Model", bound=BaseModel)


class BodyLimit:
    """ASGI layer that counts the body while it is read: nothing beyond the limit is held in memory or on disk."""

    def __init__(self, app: ASGIApp, upload_bytes: int) -> None:
        self._app = app
        self._upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._upload_bytes + _FORM_ROOM if scope["path"] == "/v1/files" else MAX_JSON
        read = 0

        async def counted() -> Message:
            nonlocal read
            _check(_declared(scope), limit)
            message = await receive()
            read += len(message.get("body", b""))
            _check(read, limit)
            return message

        await self._app(scope, counted, send)


def _declared(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


def _check(size: int, limit: int) -> None:
    if size > limit:
        raise TooLarge(f"Nội dung gửi lên lớn hơn giới hạn {limit / (1 << 20):.3g} MB. Hãy gửi ít hơn, hoặc chia nhỏ.")


async def read_json(request: Request, model: type[Model]) -> Model:
    """The body as ``model``. BadInput: not UTF-8, not JSON, or of another shape. TooLarge: over the limit."""
    body = await request.body()
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"Nội dung yêu cầu không phải UTF-8 (byte thứ {error.start + 1}). Hãy gửi JSON mã hóa UTF-8."
        ) from error
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise explain(error) from error


def json_body(model: type[BaseModel]) -> dict[str, Any]:
    """What /openapi.json says of a body that ``read_json`` reads."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


# pydantic's name of a fault → what the user reads; {…} are filled from the fault.
_FAULTS = {
    "json_invalid": "Nội dung yêu cầu không phải JSON hợp lệ ({error})",
    "missing": "Thiếu trường “{field}”",
    "extra_forbidden": "Không có trường “{field}” ở đây",
    "string_type": "Trường “{field}” cần là chuỗi ký tự",
    "list_type": "Trường “{field}” cần là một danh sách",
    "model_type": "Trường “{field}” cần là một đối tượng JSON",
    "model_attributes_type": "Trường “{field}” cần là một đối tượng JSON",
    "literal_error": "Trường “{field}” có giá trị “{given}”; chỉ nhận {expected}",
    "enum": "Trường “{field}” có giá trị “{given}”; chỉ nhận {expected}",
    "union_tag_invalid": "Phần nội dung loại “{tag}” không được hỗ trợ; chỉ nhận {expected_tags}",
    "union_tag_not_found": "Phần nội dung “{field}” thiếu trường “type”",
    "too_short": "Trường “{field}” không được để trống",
    "too_long": "Trường “{field}” có quá nhiều phần tử; nhiều nhất {max_length}",
    "string_too_long": "Trường “{field}” quá dài; nhiều nhất {max_length} ký tự",
    "string_too_short": "Trường “{field}” không được để trống",
    "bool_parsing": "Trường “{field}” cần là true hoặc false",
    "bool_type": "Trường “{field}” cần là true hoặc false",
    "value_error": "Trường “{field}”: {error}",
    "date_from_datetime_parsing": "Trường “{field}” có giá trị “{given}” không phải một ngày có thật",
    "string_pattern_mismatch": "Trường “{field}” có giá trị “{given}” không đúng dạng {pattern}",
}


def explain(error: ValidationError) -> BadInput:
    """The fault that lies deepest, in Vietnamese, with the path of its field as ``param``."""
    fault = max(error.errors(include_url=False), key=lambda f: _depth(f["loc"]))
    path = ".".join(str(step) for step in _path(fault["loc"]))
    given = str(fault.get("input", ""))[:40]
    context: dict[str, Any] = {"field": path or "(gốc)", "given": given} | dict(fault.get("ctx", {}))
    for name in ("expected", "expected_tags"):
        context[name] = str(context.get(name, "")).replace(" or ", " hoặc ")
    sentence = _FAULTS.get(fault["type"], "Trường “{field}” không hợp lệ").format_map(_Blank(context))
    return BadInput(f"{sentence}. Xem mẫu yêu cầu tại /openapi.json.", param=path or None)


def _path(location: tuple[int | str, ...]) -> list[int | str]:
    """The field's path without the names of union members, which pydantic puts between."""
    steps: list[int | str] = []
    for before, step in zip((None, *location), location, strict=False):
        member = isinstance(step, str) and (step == "str" or "[" in step)
        tag = isinstance(before, int) and step in ("text", "file")
        if not member and not tag:
            steps.append(step)
    return steps


def _depth(location: tuple[int | str, ...]) -> int:
    """Of a union's faults the one inside the list says more than “not a string”."""
    return sum(isinstance(step, int) for step in location) if len(location) > 3 else 0


class _Blank(dict[str, Any]):
    """A context in which what is absent reads as “?”."""

    def __missing__(self, key: str) -> str:
        return "?"
