"""The pages for people: /, /staff, /reviewer, /embed (the chat inside another site) and /widget.js."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import FileResponse

from assistant.api.source_page import WEB

router = APIRouter(include_in_schema=False)
_FRESH = {"Cache-Control": "no-cache"}  # kept, but asked about each time: a new version shows at once


@router.get("/")
def citizen() -> FileResponse:
    return FileResponse(WEB / "citizen.html", headers=_FRESH)


@router.get("/staff")
def staff() -> FileResponse:
    return FileResponse(WEB / "staff.html", headers=_FRESH)


@router.get("/reviewer")
def reviewer() -> FileResponse:
    return FileResponse(WEB / "reviewer.html", headers=_FRESH)


@router.get("/embed")
def embed() -> FileResponse:
    return FileResponse(WEB / "embed.html", headers=_FRESH)


@router.get("/favicon.ico")
def favicon() -> FileResponse:
    """Asked for by browsers on pages that name no icon of their own."""
    return FileResponse(WEB / "static" / "mark.svg", media_type="image/svg+xml")


@router.get("/widget.js")
def widget() -> FileResponse:
    return FileResponse(WEB / "widget.js", media_type="text/javascript; charset=utf-8", headers=_FRESH)
