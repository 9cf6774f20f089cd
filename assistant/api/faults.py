"""Every error leaves in the protocol's shape, with a Vietnamese message and without a trace."""

from __future__ import annotations

import logging
from typing import cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.accept import prefers_html
from assistant.api.reply import error_body, to_json
from assistant.api.source_page import error_page
from assistant.errors import BadInput, LimitReached, NotFound, TrolyError

_log = logging.getLogger(__name__)
UNEXPECTED = TrolyError("Máy chủ gặp lỗi ngoài dự kiến và đã ghi lại. Hãy thử lại; nếu vẫn lỗi, báo quản trị viên.")


class _WrongMethod(BadInput):
    """The path exists, the method does not."""

    code = "method_not_allowed"
    status = 405


def handle_errors(app: FastAPI) -> None:
    """Registers what turns each kind of exception into a response."""
    app.add_exception_handler(TrolyError, _troly)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _parameters)


def respond(request: Request, error: TrolyError) -> Response:
    """JSON for programs, a page for people who opened an address."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, LimitReached):
        headers["Retry-After"] = str(error.retry_after)
    if error.status == 413:
        headers["Connection"] = "close"  # the rest of the body is not read
    if request.method == "GET" and prefers_html(request):
        return HTMLResponse(error_page(error.message, error.status), error.status, headers)
    return Response(to_json(error_body(error)), error.status, headers, media_type="application/json")


async def _troly(request: Request, error: Exception) -> Response:
    return respond(request, cast(TrolyError, error))


async def _http(request: Request, error: Exception) -> Response:
    raised = cast(HTTPException, error)
    if raised.status_code == 404:
        return respond(request, NotFound(f"Không có địa chỉ {request.url.path[:200]} trên máy chủ này."))
    if raised.status_code == 405:
        response = respond(request, _WrongMethod(f"Địa chỉ {request.url.path[:200]} không nhận {request.method}."))
        response.headers.update(raised.headers or {})
        return response
    return respond(request, BadInput("Yêu cầu không đọc được. Hãy kiểm tra tiêu đề Content-Type và nội dung gửi."))


async def _parameters(request: Request, error: Exception) -> Response:
    faults = cast(RequestValidationError, error).errors()
    names = ", ".join(str(fault["loc"][-1]) for fault in faults)
    return respond(request, BadInput(f"Tham số {names} không hợp lệ. Xem /openapi.json.", param=names))


class LastResort:
    """ASGI layer inside the others: what nobody foresaw is logged and answered like any other error."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            request = Request(scope)
            _log.error("%s %s", request.method, request.url.path, exc_info=error)
            await respond(request, UNEXPECTED)(scope, receive, send)
