"""POST /v1/chat/completions and GET /v1/models."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response, StreamingResponse

from assistant.answer.values import Answer
from assistant.api.auth import Caller, identify
from assistant.api.body import json_body, read_json
from assistant.api.exchange import Exchange, open_exchange
from assistant.api.faults import UNEXPECTED
from assistant.api.reply import DONE, KEEP_ALIVE, error_body, sse, to_json
from assistant.api.services import services
from assistant.api.wire import ChatRequest
from assistant.errors import TrolyError

router = APIRouter()
_log = logging.getLogger(__name__)
Pieces = AsyncGenerator[str | Answer | None, None]


@router.post("/v1/chat/completions", openapi_extra=json_body(ChatRequest))
async def chat(request: Request, caller: Annotated[Caller, Depends(identify)]) -> Response:
    """Ask an assistant. The answer, or a stream of chunks, in the OpenAI protocol with our fields under ``troly``."""
    parts = services(request)
    asked = await read_json(request, ChatRequest)
    exchange = await run_in_threadpool(open_exchange, parts, caller, asked)
    if asked.stream:
        pieces: Pieces = parts.pool.stream(exchange.stream)
        first = await anext(pieces)  # what goes wrong before the first word is still an HTTP error
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(
            _events(exchange, first, pieces), media_type="text/event-stream; charset=utf-8", headers=headers
        )
    answer = await parts.pool.run(exchange.answer)
    return Response(to_json(exchange.reply.whole(answer)), media_type="application/json")


async def _events(exchange: Exchange, first: str | Answer | None, rest: Pieces) -> AsyncIterator[bytes]:
    """The chunks; an error after the first word is an event of its own, which the SDKs raise."""
    reply, sent = exchange.reply, ""
    yield reply.first()
    async with aclosing(_chained(first, rest)) as pieces:
        try:
            async for piece in pieces:
                if piece is None:
                    yield KEEP_ALIVE
                elif isinstance(piece, Answer):
                    if len(piece.text) > len(sent) and piece.text.startswith(sent):
                        yield reply.piece(piece.text[len(sent) :])
                    for chunk in reply.last(piece):
                        yield chunk
                    return
                else:
                    sent += piece
                    yield reply.piece(piece)
        except TrolyError as error:
            yield sse(error_body(error))
        except Exception:
            _log.exception("answer %s", exchange.answer_id)
            yield sse(error_body(UNEXPECTED))
        yield DONE


async def _chained(first: str | Answer | None, rest: Pieces) -> Pieces:
    async with aclosing(rest):
        yield first
        async for piece in rest:
            yield piece


@router.get("/v1/models")
async def models(request: Request, caller: Annotated[Caller, Depends(identify)]) -> dict[str, Any]:
    """The assistants that the caller may use."""
    desk = await run_in_threadpool(services(request).opening.desk)
    usable = [agent for agent in desk.agents.values() if caller.may_use(agent)]
    data = [
        {"id": agent.name, "object": "model", "created": 0, "owned_by": "troly", "title": agent.title}
        for agent in usable
    ]
    return {"object": "list", "data": data}
