"""Nothing leaves the machine: a question and a server start, every connection listed by the kernel's own account."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TROLY = Path(sys.executable).with_name("troly")
_OUT = re.compile(r"AF_INET6?\b")
_HERE = re.compile(r'inet_addr\("127\.|inet_pton\(AF_INET6, "::1"|htons\(0\)')

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace lists the connections: apt-get install -y strace"
)


def test_indexing_and_asking_connect_nowhere_and_write_nothing_at_home(tmp_path: Path) -> None:
    home, log = tmp_path / "home", tmp_path / "connections"
    home.mkdir()
    env = {name: value for name, value in os.environ.items() if not name.startswith("TROLY_")}
    env |= {
        "HOME": str(home),
        "TROLY_INDEX": f"chroma:{tmp_path}/index",
        "TROLY_STORE": f"sqlite:///{tmp_path}/store.db",
        "TROLY_CACHE": f"{tmp_path}/cache",
    }
    corpus = tmp_path / "corpus"
    (corpus / "procedures").mkdir(parents=True)
    for file in (Path(__file__).parents[1] / "corpus" / "procedures").glob("1.004194-*.yaml"):
        shutil.copy(file, corpus / "procedures")
    trace = ["strace", "-f", "-qq", "-e", "trace=connect,sendto", "-o", str(log)]
    ingest = [*trace, TROLY, "ingest", "--format", "corpus", corpus]
    if subprocess.run([*trace, "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace may not trace here")
    done = subprocess.run(ingest, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = log.read_text()
    asked = [*trace, TROLY, "ask", "đăng ký tạm trú cần giấy tờ gì"]
    answer = subprocess.run(asked, env=env, capture_output=True, text=True, check=False)
    assert "CT01" in answer.stdout, answer.stderr
    seen += log.read_text()
    outward = [line for line in seen.splitlines() if _OUT.search(line) and not _HERE.search(line)]
    assert outward == []
    assert list(home.rglob("*")) == []
