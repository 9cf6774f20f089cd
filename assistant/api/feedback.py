"""POST /v1/feedback: was the answer useful?"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.auth import Caller, identify
from assistant.api.body import json_body, read_json
from assistant.api.services import services
from assistant.api.wire import clean_text
from assistant.store import Rating

router = APIRouter()


class FeedbackRequest(BaseModel):
    """Phản hồi của người dùng về một câu trả lời."""

    model_config = ConfigDict(extra="forbid")

    answer_id: str = Field(max_length=40)
    rating: Rating
    comment: str = Field("", max_length=2_000)


@router.post("/v1/feedback", openapi_extra=json_body(FeedbackRequest))
async def feedback(request: Request, _caller: Annotated[Caller, Depends(identify)]) -> dict[str, str]:
    """Keep a rating; the last one of an answer counts. 404: no such answer."""
    parts = services(request)
    given = await read_json(request, FeedbackRequest)
    await run_in_threadpool(parts.store.feedback.give, given.answer_id, given.rating, clean_text(given.comment))
    parts.metrics.feedback(given.rating.value)
    return {"object": "feedback", "answer_id": given.answer_id, "rating": given.rating.value}
