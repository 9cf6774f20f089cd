"""Does the caller want a page or data?"""

from __future__ import annotations

from fastapi import Request


def prefers_html(request: Request) -> bool:
    """True when text/html is accepted more gladly than JSON or anything: a browser's address bar, not curl."""
    weights = {"text/html": 0.0, "application/json": 0.0, "*/*": 0.0}
    for part in request.headers.get("accept", "").split(","):
        name, _, parameters = part.strip().lower().partition(";")
        if name.strip() in weights:
            weights[name.strip()] = _quality(parameters)
    return weights["text/html"] > max(weights["application/json"], weights["*/*"])


def _quality(parameters: str) -> float:
    """The q of “q=0.8;level=1”; 1 where there is none, 0 where it cannot be read."""
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name == "q":
            return float(value) if value.replace(".", "", 1).isdigit() else 0.0
    return 1.0
