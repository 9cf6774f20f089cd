"""POST, GET and DELETE /v1/files: drafts come in, annotated drafts go out, each seen by its owner only."""

from __future__ import annotations

import functools
import mimetypes
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, Response
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from assistant.api.auth import Caller, identify, require_role
from assistant.api.services import services
from assistant.api.upload_check import check_file
from assistant.errors import BadInput
from assistant.store import Role, StoredFile

router = APIRouter()
_FIELDS = {"file": {"type": "string", "format": "binary"}, "purpose": {"type": "string"}}
_FORM = {"schema": {"type": "object", "required": ["file"], "properties": _FIELDS}}
_BODY = {"requestBody": {"required": True, "content": {"multipart/form-data": _FORM}}}


def owner(caller: Annotated[Caller, Depends(identify)]) -> Caller:
    """Files are for those who hold a key: a file has an owner. Raises AccessDenied or NotAllowed."""
    require_role(caller, Role.STAFF, "Tải tệp")
    return caller


Owner = Annotated[Caller, Depends(owner)]


@router.post("/v1/files", openapi_extra=_BODY)
async def upload(request: Request, caller: Owner) -> dict[str, Any]:
    """Keep a draft for some days; its id is named in a message."""
    parts = services(request)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise BadInput("Tệp phải gửi dạng multipart/form-data với trường “file”.", param="file")
    try:
        async with request.form(max_files=1, max_fields=8) as form:
            given = form.get("file")
            if not isinstance(given, UploadFile):
                raise BadInput("Thiếu tệp: gửi tệp trong trường “file” của biểu mẫu.", param="file")
            keep = functools.partial(
                parts.store.files.add,
                given.file,
                name=given.filename or "",
                owner=caller.key_id or "",
                purpose=_purpose(form.get("purpose")),
                limit=parts.settings.max_upload_mb << 20,
                check=functools.partial(check_file, name=given.filename or ""),
            )
            await run_in_threadpool(parts.store.files.purge)
            return _shown(await run_in_threadpool(keep))
    except MultiPartException as error:
        raise BadInput("Biểu mẫu gửi tệp bị hỏng hoặc thiếu phần. Hãy gửi lại.", param="file") from error


def _purpose(given: object) -> str:
    return given[:64] if isinstance(given, str) and given else "user_data"


@router.get("/v1/files")
def listing(request: Request, caller: Owner) -> dict[str, Any]:
    """The caller's files, all on one page: without ``has_more`` the SDK would ask for the next one for ever."""
    data = [_shown(f) for f in services(request).store.files.owned_by(caller.owns)]
    return {"object": "list", "data": data, "has_more": False}


@router.get("/v1/files/{file_id}")
def about(request: Request, file_id: str, caller: Owner) -> dict[str, Any]:
    """What is known of one file."""
    return _shown(services(request).store.files.get(file_id, caller.owns))


@router.get("/v1/files/{file_id}/content")
def content(request: Request, file_id: str, caller: Owner) -> Response:
    """The bytes, always as a download: a browser never shows a stranger's file under this address."""
    kept = services(request).store.files.get(file_id, caller.owns)
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in kept.name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(kept.name)}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    kind = mimetypes.guess_type(kept.name)[0] or "application/octet-stream"
    return FileResponse(kept.path, media_type=kind, headers=headers)


@router.delete("/v1/files/{file_id}")
def forget(request: Request, file_id: str, caller: Owner) -> dict[str, Any]:
    """Delete now what would go by itself after some days."""
    services(request).store.files.delete(file_id, caller.owns)
    return {"id": file_id, "object": "file", "deleted": True}


def _shown(kept: StoredFile) -> dict[str, Any]:
    """The protocol's file object."""
    return {
        "id": kept.id,
        "object": "file",
        "bytes": kept.bytes,
        "created_at": int(kept.created_at.timestamp()),
        "expires_at": int(kept.expires_at.timestamp()),
        "filename": kept.name,
        "purpose": kept.purpose,
        "status": "processed",
    }
