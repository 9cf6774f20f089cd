"""/healthz: the process lives. /readyz: it can answer. /metrics: its figures."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.api.reply import to_json
from assistant.api.services import services
from assistant.errors import TrolyError

router = APIRouter()


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Answers as long as the event loop turns."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(request: Request) -> Response:
    """200 with the counts of the index, or 503 with what is missing and what to do."""
    parts = services(request)
    try:
        parts.store.ping()
        desk = parts.opening.desk()
        counts = desk.index.count()
    except TrolyError as error:
        return _json({"status": "unavailable", "code": error.code, "message": error.message}, 503)
    return _json({"status": "ready", "assistants": sorted(desk.agents), "entries": counts}, 200)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Prometheus text. Figures only, no question and no name; a proxy need not show it to the outside."""
    return Response(services(request).metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


def _json(value: object, status: int) -> Response:
    return Response(to_json(value), status, {"Cache-Control": "no-store"}, media_type="application/json")
