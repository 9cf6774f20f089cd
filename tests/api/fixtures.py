"""One application over the small desk, with a key for each role; imported by the conftest files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.settings import Settings
from assistant.store import Role, Store, open_store
from tests.api.desk import CATALOGUE, MemoryIndex, PlainAgent, plain_agents
from tests.api.server import serving


@dataclass
class Site:
    """The application under test and what stands behind it."""

    client: TestClient
    store: Store
    agents: dict[str, PlainAgent]
    settings: Settings
    keys: dict[Role, str]

    def bearer(self, role: Role | None) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.keys[role]}"} if role else {}


SiteMaker = Callable[..., Site]


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[SiteMaker]:
    """Settings by keyword; unlimited rate unless one is given."""
    opened: list[TestClient] = []

    def make(**changes: object) -> Site:
        given = {"store": f"sqlite:///{tmp_path}/store.db", "files": tmp_path / "files", "rate_limit": 0} | changes
        settings = Settings(**given)  # type: ignore[arg-type]
        store, agents = open_store(settings), plain_agents()
        app = create_app(settings, agents=agents, index=MemoryIndex(), catalogue=CATALOGUE, store=store)  # type: ignore[arg-type]
        client = TestClient(app, raise_server_exceptions=True)
        client.__enter__()
        opened.append(client)
        return Site(client, store, agents, settings, {role: store.keys.add(role, role) for role in Role})

    yield make
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def site(make_site: SiteMaker) -> Site:
    return make_site()


@pytest.fixture
def live(site: Site) -> Iterator[tuple[str, Site]]:
    """(address, site) of a real server."""
    app = create_app(site.settings, agents=site.agents, index=MemoryIndex(), catalogue=CATALOGUE, store=site.store)  # type: ignore[arg-type]
    with serving(app) as address:
        yield address, site


@pytest.fixture
def draft() -> bytes:
    """A small real .docx."""
    document = docx.Document()
    document.add_paragraph("Điều 1. Phạm vi điều chỉnh")
    out = BytesIO()
    document.save(out)
    return out.getvalue()
