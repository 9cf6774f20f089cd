"""One question and its answer: the files it names, the assistant it goes to, the audit line it leaves."""

from __future__ import annotations

import dataclasses
import errno
import logging
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer.values import Answer, Question, Status, UploadedFile
from assistant.api.auth import Caller, require_role, required_role
from assistant.api.reply import Reply
from assistant.api.services import Services
from assistant.api.wire import ChatRequest, check_question
from assistant.errors import BadInput, NotFound, StorageFull, TrolyError, UnknownModel
from assistant.index.values import Audience
from assistant.store import Record, StoredFile

if TYPE_CHECKING:
    from assistant.agents import Agent

_log = logging.getLogger(__name__)
ABANDONED = "abandoned"  # audit status of an answer whose reader left before its end


@dataclass(frozen=True, slots=True)
class Exchange:
    """Một lượt hỏi đáp trên đường truyền."""

    parts: Services
    caller: Caller
    asked: ChatRequest
    agent: Agent
    uploads: tuple[StoredFile, ...]
    earlier: tuple[StoredFile, ...] = ()
    started: float = field(default_factory=time.perf_counter)
    answer_id: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def reply(self) -> Reply:
        asked, base = self.asked, self.parts.settings.public_url
        return Reply(self.answer_id, self.agent.name, asked.syllables, asked.include_usage, asked.notices, base)

    def answer(self) -> Answer:
        """The whole answer. Raises TrolyError."""
        for piece in self._answered(streaming=False):
            if isinstance(piece, Answer):
                return piece
        raise AssertionError(f"{self.agent.name} gave no Answer")

    def stream(self) -> Iterator[str | Answer]:
        """Verified pieces of text, then the Answer. Raises TrolyError."""
        return self._answered(streaming=True)

    def _answered(self, *, streaming: bool) -> Iterator[str | Answer]:
        status, citations = Status.ERROR.value, tuple[str, ...]()
        try:
            with self._workspace() as place:
                question = self._question(place)
                for piece in self.agent.stream(question) if streaming else (self.agent.answer(question),):
                    if isinstance(piece, Answer):
                        answer = self._keep_files(piece)
                        status = answer.status.value
                        citations = tuple(dict.fromkeys(c.number for c in answer.citations if c.number))
                        self._record(status, citations)  # before it is sent, so that feedback on it finds it
                        yield answer
                        return
                    yield piece
        except GeneratorExit:
            if status == Status.ERROR.value:
                self._record(ABANDONED, ())
            raise
        except OSError as error:
            self._record(Status.ERROR.value, ())
            raise _told(error) from error
        except BaseException:
            self._record(Status.ERROR.value, ())
            raise

    def _question(self, place: Path) -> Question:
        ours = self.asked.ours
        return Question(
            text=self.asked.question,
            history=self.asked.history,
            audience=self.agent.audience,
            as_of=ours.as_of,
            territory=ours.territory or self.parts.settings.territory,
            files=tuple(_copy(upload, place) for upload in self.uploads),
            earlier_files=tuple(_copy(upload, place) for upload in self.earlier),
        )

    @contextmanager
    def _workspace(self) -> Iterator[Path]:
        """A folder that goes with the answer; none is made for a question without files."""
        if not (self.uploads or self.earlier):
            yield Path()
            return
        with tempfile.TemporaryDirectory(prefix="troly-") as folder:
            yield Path(folder)

    def _keep_files(self, answer: Answer) -> Answer:
        """Files that the assistant made and named by ``path`` go into the store, as the caller's."""
        return dataclasses.replace(answer, files=tuple(self._kept(made) for made in answer.files))

    def _kept(self, made: Mapping[str, str]) -> Mapping[str, str]:
        if "path" not in made:
            return made
        with Path(made["path"]).open("rb") as source:
            kept = self.parts.store.files.add(
                source, name=made["name"], owner=self.caller.key_id or "", purpose=made.get("purpose", "output")
            )
        return {"id": kept.id, "name": kept.name, "purpose": kept.purpose}

    def _record(self, status: str, citations: tuple[str, ...]) -> None:
        """Counted and audited; an answer is not withheld because the audit could not be written."""
        seconds = time.perf_counter() - self.started
        self.parts.metrics.answer(self.agent.name, status, seconds)
        line = Record(
            self.answer_id,
            self.agent.name,
            status,
            self.asked.question,
            round(seconds * 1000),
            citations,
            self.asked.ours.conversation_id,
            self.caller.key_id,
        )
        try:
            self.parts.store.audit.add(line)
        except TrolyError as error:
            self.parts.metrics.unaudited()
            _log.error("audit of %s: %s", self.answer_id, error.message)


def _told(error: OSError) -> Exception:
    """A full disk is told as such: the draft is copied and its annotated form written before they are kept."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull("Ổ đĩa của máy chủ đã đầy nên chưa xử lý được tệp. Hãy báo quản trị viên, rồi hỏi lại.")
    return error


def _copy(upload: StoredFile, place: Path) -> UploadedFile:
    """A file under a name that tells its kind, in a folder of its own: what is made beside it cannot collide."""
    copy = place / upload.id / f"tep{Path(upload.name).suffix.lower()}"
    copy.parent.mkdir(exist_ok=True)
    shutil.copyfile(upload.path, copy)
    return UploadedFile(upload.id, upload.name, str(copy))


def _earlier(parts: Services, caller: Caller, asked: ChatRequest) -> tuple[StoredFile, ...]:
    """What is still there of the files named before; a question need not fail because an old one is gone."""
    found = []
    for identity in asked.earlier_file_ids:
        with suppress(NotFound):
            found.append(parts.store.files.get(identity, caller.owns))
    return tuple(found)


def open_exchange(parts: Services, caller: Caller, asked: ChatRequest) -> Exchange:
    """Everything that can be wrong with a request is found here. Raises the error that says it."""
    agents = parts.opening.desk().agents
    agent = agents.get(asked.model)
    if agent is None:
        usable = ", ".join(name for name, agent in agents.items() if caller.may_use(agent))
        raise UnknownModel(f"Không có trợ lý tên “{asked.model[:40]}”. Các trợ lý dùng được: {usable}.", param="model")
    require_role(caller, required_role(agent), f"Trợ lý “{agent.name}”")
    check_question(asked, parts.settings.max_message_chars)
    if asked.file_ids and agent.audience is Audience.CITIZEN:
        raise BadInput(f"Trợ lý “{agent.name}” không nhận tệp. Hãy hỏi bằng chữ.", param="messages")
    uploads = tuple(parts.store.files.get(identity, caller.owns) for identity in asked.file_ids)
    earlier = _earlier(parts, caller, asked) if agent.audience is Audience.STAFF else ()
    return Exchange(parts, caller, asked, agent, uploads, earlier)
