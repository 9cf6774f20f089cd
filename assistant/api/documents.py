"""GET /v1/documents/…: the sources viewer, so that whoever reads a citation can read what it cites."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from assistant.api.accept import prefers_html
from assistant.api.auth import Caller, identify
from assistant.api.reply import to_json
from assistant.api.services import services
from assistant.api.source import Source, find_source
from assistant.api.source_page import source_page

router = APIRouter()


@router.get("/v1/documents/{place:path}")
async def document(
    request: Request,
    place: str,
    caller: Annotated[Caller, Depends(identify)],
    as_of: Annotated[date | None, Query()] = None,
) -> Response:
    """The text of a number, or of a place in it: ``45/2019/QH14/dieu-113``. JSON, or a page for a browser."""

    def find() -> Source:
        return find_source(services(request).opening.desk(), place, caller.audience, as_of or date.today())

    source = await run_in_threadpool(find)
    headers = {"Vary": "Accept, Authorization", "Cache-Control": "private, max-age=60"}
    if prefers_html(request):
        return HTMLResponse(source_page(source), headers=headers)
    return Response(to_json(source.as_json()), media_type="application/json", headers=headers)
