"""A PostgreSQL server of its own for a test session, in a folder that is thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of initdb and pg_ctl: Debian keeps them off the PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(versions[-1]) if versions else shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """The SQLAlchemy URL of an empty database, reached by a socket only."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        as_owner = _owner(folder)
        _run(
            [*as_owner, str(bin_folder / "initdb"), "-D", f"{folder}/data", "-U", "troly", "-A", "trust", "-E", "UTF8"]
        )
        control = [*as_owner, str(bin_folder / "pg_ctl"), "-D", f"{folder}/data", "-w", "-t", "60"]
        _run([*control, "-l", f"{folder}/log", "-o", f"-k {folder} -c listen_addresses='' -c fsync=off", "start"])
        try:
            yield f"postgresql+psycopg://troly@/postgres?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"])


def _owner(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then its own user does."""
    if os.getuid() != 0:
        return []
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, cwd="/")
