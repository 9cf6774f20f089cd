"""The pages that describe settings and commands name all of them, and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from assistant.cli import app
from assistant.errors import TrolyError
from assistant.settings import Settings

ROOT = Path(__file__).parents[1]


def test_every_setting_is_documented_and_nothing_else() -> None:
    page = (ROOT / "docs" / "cau-hinh.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`(TROLY_[A-Z_]+)`", page))
    assert documented == {f"TROLY_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("page", ["README.md", "docs/huong-dan-su-dung.md", "docs/van-hanh.md"])
def test_the_pages_use_only_commands_and_options_that_exist(page: str) -> None:
    group = typer.main.get_command(app)
    text = (ROOT / page).read_text(encoding="utf-8")
    for line in re.findall(r"(?:^|`|\.venv/bin/)troly ([^`\n]+)", text, re.MULTILINE):
        command: object = group
        for word in line.split("#")[0].split():
            children = getattr(command, "commands", {})
            if word in children:
                command = children[word]
            elif word.startswith("-"):
                known = {option for param in command.params for option in param.opts}  # type: ignore[attr-defined]
                assert word in known, f"{line}: {word}"
        assert command is not group, line


def test_every_link_of_the_documents_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "corpus").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith(("http:", "https:", "mailto:")):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_drawn_error_tree_is_the_real_one() -> None:
    import assistant.errors as errors

    drawn = re.findall(r"[├└]── (\w+)\s+(\d+)\s+(\d)", errors.__doc__ or "")
    real = {
        (name, str(kind.status), str(kind.exit_code))
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, TrolyError) and kind is not TrolyError
    }
    assert set(drawn) == real
