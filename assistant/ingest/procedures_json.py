"""Procedures as plain JSON and YAML, read back strictly: an unknown key or a wrong type is named, not ignored."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import yaml

from assistant.errors import BadInput, UnreadableFile
from assistant.law.procedure import Procedure


def to_json(procedure: Procedure) -> dict[str, Any]:
    """Every field as plain JSON types; dates as ISO strings."""
    plain = _plain(procedure)
    assert isinstance(plain, dict)
    return plain


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return value


def from_json(mapping: Mapping[str, Any]) -> Procedure:
    """The inverse of ``to_json``; absent keys take their defaults. Raises BadInput naming the key."""
    return typing.cast(Procedure, _dataclass(mapping, Procedure, "thủ tục"))


def _dataclass(value: object, kind: type[Any], where: str) -> object:
    if not isinstance(value, Mapping):
        raise _wrong(where, value, "một nhóm khóa: giá trị")
    hints = get_type_hints(kind)
    unknown = [str(key) for key in value if key not in hints]
    if unknown:
        known = ", ".join(hints)
        raise BadInput(f"{where}: không có khóa “{unknown[0]}”; các khóa được dùng: {known}.", param=unknown[0])
    required = [
        field.name
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    for name in required:
        if name not in value:
            raise BadInput(f"{where}: thiếu khóa bắt buộc “{name}”; hãy bổ sung.", param=name)
    return kind(**{key: _value(item, hints[key], f"{where} → {key}") for key, item in value.items()})


def _value(value: object, kind: Any, where: str) -> object:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (types.UnionType, typing.Union):
        wanted = next(argument for argument in arguments if argument is not type(None))
        return None if value is None else _value(value, wanted, where)
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise _wrong(where, value, "một danh sách")
        return tuple(_value(item, arguments[0], f"{where}[{index}]") for index, item in enumerate(value))
    if origin is dict:
        if not isinstance(value, Mapping) or not all(isinstance(item, str) for item in value.values()):
            raise _wrong(where, value, "một nhóm khóa: chuỗi")
        return {str(key): item for key, item in value.items()}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _dataclass(value, kind, where)
    return _single(value, kind, where)


_EXPECTED = {str: "một chuỗi", int: "một số nguyên", float: "một số", bool: "true hoặc false", date: "ngày YYYY-MM-DD"}


def _single(value: object, kind: type, where: str) -> object:
    if issubclass(kind, Enum):
        try:
            return kind(value)
        except ValueError:
            raise _wrong(where, value, "một trong " + ", ".join(str(one.value) for one in kind)) from None
    if kind is date and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise _wrong(where, value, _EXPECTED[date]) from None
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:  # exact: a bool is no int, a datetime no date
        raise _wrong(where, value, _EXPECTED[kind])
    return value


def _wrong(where: str, value: object, expected: str) -> BadInput:
    return BadInput(f"{where}: giá trị {value!r} không hợp lệ; cần {expected}.", param=where)


class _Loader(yaml.SafeLoader):
    """YAML in which ``1.001193`` stays text: procedure codes look like decimal numbers."""


_FLOAT = "tag:yaml.org,2002:float"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _FLOAT]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_FLOAT, re.compile(r"^\d{1,4}\.\d{1,2}$"), list("0123456789"))


def read_yaml(path: Path) -> Procedure:
    """One procedure of ``corpus/procedures/``. Raises BadInput or UnreadableFile naming the file."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise UnreadableFile(f"Không đọc được tệp {path.name}: {problem}. Cần một tệp YAML, mã hóa UTF-8.") from problem
    try:
        return from_json(content)
    except BadInput as problem:
        raise BadInput(f"{path.name}: {problem.message}", param=problem.param) from problem
