"""Headers of every response: an id to ask after, and what a browser may do with the page."""

from __future__ import annotations

import uuid

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """ASGI layer. Only ``/embed`` may stand inside a page of ``allowed_origins``; ``/widget.js`` is for any site."""

    def __init__(self, app: ASGIApp, allowed_origins: str) -> None:
        self._app = app
        origins = [origin.strip() for origin in allowed_origins.split(",") if _is_origin(origin.strip())]
        self._embed = _POLICY.format(ancestors=" ".join(["'self'", *origins]))
        self._policy = _POLICY.format(ancestors="'none'")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = f"req_{uuid.uuid4().hex}"

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope["path"], request_id)
            await send(message)

        await self._app(scope, receive, with_headers)

    def _add(self, headers: MutableHeaders, path: str, request_id: str) -> None:
        headers.update(_FIXED)
        headers["X-Request-Id"] = request_id
        headers["Content-Security-Policy"] = self._embed if path == "/embed" else self._policy
        headers["Cross-Origin-Resource-Policy"] = "cross-origin" if path == "/widget.js" else "same-origin"
        if path != "/embed":
            headers["X-Frame-Options"] = "DENY"
        headers.setdefault("Cache-Control", "no-cache" if path.startswith("/static/") else "no-store")


def _is_origin(text: str) -> bool:
    """Nothing that could end the directive and begin another gets into the policy."""
    return text.startswith(("https://", "http://")) and not any(c in text for c in " ;'\"\n\r\t")
