"""Prompts are files: ``prompts/<name>.md`` with ``{{variable}}``; unknown or missing variables are refused."""

from __future__ import annotations

import re

from assistant.settings import settings

_VARIABLE = re.compile(r"\{\{(\w+)\}\}")


def load(name: str, **variables: str) -> str:
    """The prompt with its variables filled. Raises ValueError naming what is missing or unknown."""
    path = settings().prompts / f"{name}.md"
    template = path.read_text(encoding="utf-8")
    wanted = set(_VARIABLE.findall(template))
    if wanted != set(variables):
        missing, unknown = sorted(wanted - set(variables)), sorted(set(variables) - wanted)
        raise ValueError(f"prompt {name!r}: missing {missing}, unknown {unknown}; expected {sorted(wanted)}")
    return _VARIABLE.sub(lambda match: variables[match.group(1)], template)
