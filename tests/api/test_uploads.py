"""Files come in whole and sound or not at all, and go out to their owner only."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from assistant.store import Role
from tests.api.fixtures import Site
from tests.api.test_bad_input import error_of
from tests.api.test_chat import ask

_LARGE = 310 << 20


def send(site: Site, name: str, data: bytes, role: Role | None = Role.REVIEWER) -> Any:
    return site.client.post("/v1/files", files={"file": (name, data)}, headers=site.bearer(role))


def file_part(identity: str, text: str = "Rà soát giúp") -> list[dict[str, Any]]:
    return [
        {"role": "user", "content": [{"type": "text", "text": text}, {"type": "file", "file": {"file_id": identity}}]}
    ]


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def lying_zip() -> bytes:
    """A zip bomb whose directory says that it is small."""
    data = bytearray(zipped({"word/document.xml": b"0" * _LARGE}))
    true_size = _LARGE.to_bytes(4, "little")
    assert data.count(true_size) == 2
    return bytes(data.replace(true_size, (100).to_bytes(4, "little")))


def test_a_draft_reaches_the_assistant_under_its_kind_and_is_gone_after_the_answer(site: Site, draft: bytes) -> None:
    identity = send(site, "Dự thảo Quyết định.docx", draft).json()["id"]
    body = ask(site, role=Role.REVIEWER, model="reviewer", messages=file_part(identity)).json()
    [given] = site.agents["reviewer"].asked[0].files
    assert (given.id, given.name) == (identity, "Dự thảo Quyết định.docx")
    assert given.path.endswith(".docx")
    assert not Path(given.path).exists()
    assert body["troly"]["findings"][0]["place"] == "khoản 2 Điều 3"


def test_the_annotated_file_belongs_to_the_caller_and_downloads_under_its_name(site: Site, draft: bytes) -> None:
    identity = send(site, "a.docx", draft).json()["id"]
    [made] = ask(site, role=Role.REVIEWER, model="reviewer", messages=file_part(identity)).json()["troly"]["files"]
    address = f"/v1/files/{made['id']}/content"
    response = site.client.get(address, headers=site.bearer(Role.REVIEWER))
    assert response.content.startswith(b"PK annotated")
    assert response.headers["content-disposition"].startswith("attachment;")
    assert "filename*=UTF-8''D%E1%BB%B1%20th%E1%BA%A3o" in response.headers["content-disposition"]
    assert response.headers["x-content-type-options"] == "nosniff"
    error_of(site.client.get(address, headers=site.bearer(Role.STAFF)), 404, "not_found")
    assert site.client.get(address, headers=site.bearer(Role.ADMIN)).status_code == 200


def test_a_later_question_is_about_the_draft_sent_before(site: Site, draft: bytes) -> None:
    identity = send(site, "a.docx", draft).json()["id"]
    messages = [*file_part(identity), {"role": "assistant", "content": "Có 2 phát hiện."}]
    messages.append({"role": "user", "content": "Vì sao K30?"})
    ask(site, role=Role.REVIEWER, model="reviewer", messages=messages)
    [question] = site.agents["reviewer"].asked
    assert question.files == ()
    assert [f.id for f in question.earlier_files] == [identity]
    site.client.delete(f"/v1/files/{identity}", headers=site.bearer(Role.REVIEWER))
    assert ask(site, role=Role.REVIEWER, model="reviewer", messages=messages).status_code == 200


def test_another_callers_file_cannot_be_named_in_a_question(site: Site, draft: bytes) -> None:
    identity = send(site, "a.docx", draft, Role.ADMIN).json()["id"]
    error = error_of(ask(site, role=Role.STAFF, model="staff", messages=file_part(identity)), 404, "not_found")
    assert identity in error["message"]


def test_the_open_assistant_takes_no_files(site: Site, draft: bytes) -> None:
    identity = send(site, "a.docx", draft).json()["id"]
    error_of(ask(site, role=Role.REVIEWER, messages=file_part(identity)), 400, "bad_input")


@pytest.mark.parametrize("role", [None, Role.CITIZEN])
def test_files_need_a_key_of_staff(site: Site, role: Role | None) -> None:
    status, code = (401, "invalid_api_key") if role is None else (403, "not_allowed")
    error_of(send(site, "a.txt", b"x", role), status, code)
    error_of(site.client.get("/v1/files", headers=site.bearer(role)), status, code)
    error_of(site.client.get("/v1/files/file-x/content", headers=site.bearer(role)), status, code)
    error_of(site.client.delete("/v1/files/file-x", headers=site.bearer(role)), status, code)


BAD_FILES = [
    ("rong.docx", b"", "trống"),
    ("anh.exe", b"MZ\x90", ".docx"),
    ("khong-duoi", b"x", ".docx"),
    ("hong.docx", b"PK\x03\x04" + b"\x00" * 100, "hỏng"),
    ("cut.docx", zipped({"word/document.xml": b"x" * 5000})[:-30], "hỏng"),
    ("bang.docx", zipped({"xl/workbook.xml": b"x"}), "Word"),
    ("mat-khau.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "mật khẩu"),
    ("gia.pdf", b"<html>", "PDF"),
    ("gia.doc", b"hello", "Word 97-2003"),
    ("gia.txt", b"MZ\x90\x00", "văn bản thuần"),
]


@pytest.mark.parametrize(("name", "data", "said"), BAD_FILES, ids=[name for name, _, _ in BAD_FILES])
def test_a_file_that_cannot_be_read_is_refused_when_it_comes(site: Site, name: str, data: bytes, said: str) -> None:
    error = error_of(send(site, name, data), 422, "unreadable_file")
    assert said in error["message"]
    assert name in error["message"]
    assert site.store.files.owned_by(None) == []


def test_a_damaged_part_of_a_docx_is_found(site: Site, draft: bytes) -> None:
    broken = bytearray(draft)
    middle = draft.index(b"word/document.xml") + 60
    broken[middle : middle + 20] = b"\xff" * 20
    error_of(send(site, "a.docx", bytes(broken)), 422, "unreadable_file")


@pytest.mark.parametrize("name", ["bom.docx", "bom.doc"])
@pytest.mark.parametrize("bomb", [zipped({"word/document.xml": b"0" * _LARGE}), lying_zip()], ids=["open", "lying"])
def test_a_zip_bomb_is_not_opened(site: Site, bomb: bytes, name: str) -> None:
    response = send(site, name, bomb)
    assert response.json()["error"]["code"] in ("too_large", "unreadable_file")
    assert response.status_code in (413, 422)
    assert site.store.files.owned_by(None) == []


def test_a_file_over_the_limit_is_refused_while_it_is_read(make_site: Any, draft: bytes) -> None:
    site = make_site(max_upload_mb=1)
    error_of(send(site, "a.txt", b"x" * (2 << 20)), 413, "too_large")
    error_of(send(site, "a.txt", b"x" * ((1 << 20) + 1)), 413, "too_large")
    assert send(site, "a.txt", b"x" * (1 << 20)).status_code == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x--", "multipart/form-data"),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nno file name\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (b"{}", "application/json"),
    ],
)
def test_a_form_without_a_file_is_refused(site: Site, body: bytes, kind: str) -> None:
    headers = {"content-type": kind} | site.bearer(Role.STAFF)
    error_of(site.client.post("/v1/files", content=body, headers=headers), 400, "bad_input")


def test_a_full_disk_is_told_and_nothing_is_kept(make_site: Any, tmp_path: Path, draft: bytes) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no /dev/full on this system")
    site = make_site()
    store = site.store.files
    original = Path.open

    def to_full_disk(self: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        """Writing goes to a device that is always full: the error is the system's own."""
        if "x" in mode:
            original(self, mode).close()
            return original(full, "wb", buffering=0)
        return original(self, mode, *rest, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", to_full_disk)
        error = error_of(send(site, "a.docx", draft), 507, "storage_full")
    assert "đầy" in error["message"]
    assert store.owned_by(None) == []
    assert list(site.settings.files.iterdir()) == []
    assert send(site, "a.docx", draft).status_code == 200


@pytest.mark.parametrize("stream", [False, True])
def test_a_disk_that_fills_while_a_draft_is_reviewed_is_told_and_the_server_goes_on(
    site: Site, draft: bytes, stream: bool
) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no /dev/full on this system")
    identity = send(site, "a.docx", draft).json()["id"]
    asked: dict[str, Any] = {"role": Role.REVIEWER, "model": "reviewer", "messages": file_part(identity)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.api.exchange.shutil.copyfile", lambda source, _: full.write_bytes(source.read_bytes()))
        error = error_of(ask(site, **asked, stream=stream), 507, "storage_full")
    assert "đầy" in error["message"]
    assert ask(site, **asked).json()["troly"]["findings"]


def test_a_name_cannot_lead_out_of_the_folder_or_break_a_header(site: Site) -> None:
    name = '../../a"\r\nSet-Cookie: x=1;.txt'
    kept = send(site, name, b"x").json()
    response = site.client.get(f"/v1/files/{kept['id']}/content", headers=site.bearer(Role.REVIEWER))
    assert "/" not in kept["filename"]
    assert "set-cookie" not in response.headers
    assert [p.name for p in site.settings.files.iterdir()] == [kept["id"]]
