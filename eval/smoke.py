"""The real server, started as ``make serve`` does, asked by the openai SDK: one question per assistant, both ways.

Exit status 0 when every answer has the expected status and resolvable citations.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import openai

TROLY = Path(sys.executable).with_name("troly")
DRAFT = """ỦY BAN NHÂN DÂN
THÀNH PHỐ HỒ CHÍ MINH
Số: 12/2026/QĐ-UBND
QUYẾT ĐỊNH
Ban hành quy định về quản lý bãi giữ xe
Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13;
Điều 1. Phạm vi điều chỉnh
Quyết định này quy định về quản lý bãi giữ xe theo khoản 4 Điều 9 Quyết định này.
Điều 3. Tổ chức thực hiện
Giao Sở Kế hoạch và Đầu tư chủ trì thực hiện.
"""
QUESTIONS = {
    "citizen": ("đăng ký khai sinh cần giấy tờ gì", {"answered", "answered_with_warning"}),
    "staff": ("hồ sơ công việc phải nộp vào lưu trữ hiện hành trong bao lâu", {"answered", "answered_with_warning"}),
}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        env = os.environ | {
            "TROLY_INDEX": f"chroma:{folder}/index",
            "TROLY_STORE": f"sqlite:///{folder}/store.db",
            "TROLY_CACHE": f"{folder}/cache",
            "TROLY_PORT": str(port),
        }
        key = subprocess.run(
            [TROLY, "keys", "add", "--role", "admin"], env=env, capture_output=True, text=True, check=True
        ).stdout.strip()
        started = time.monotonic()
        server = subprocess.Popen([TROLY, "serve"], env=env)
        try:
            base = f"http://127.0.0.1:{port}"
            _wait(f"{base}/readyz", server)
            print(f"server ready after {time.monotonic() - started:.1f} s")
            failed = _ask_all(base, key)
        finally:
            server.terminate()
            server.wait(20)
    print(f"{4 + 2 - failed} passed, {failed} failed")
    return 1 if failed else 0


def _wait(url: str, server: subprocess.Popen[bytes], seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit(f"the server ended with status {server.returncode}")
        try:
            if httpx.get(url, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.3)
    raise SystemExit(f"{url} not ready after {seconds} s")


def _ask_all(base: str, key: str) -> int:
    client = openai.OpenAI(base_url=f"{base}/v1", api_key=key)
    failed = 0
    for model, (question, statuses) in QUESTIONS.items():
        messages = [{"role": "user", "content": question}]
        for stream in (False, True):
            text, extra = _complete(client, model, messages, stream)
            failed += not _good(model, stream, text, extra, statuses, base, key)
    file = client.files.create(file=("du-thao.txt", DRAFT.encode()), purpose="user_data")
    part = [{"type": "text", "text": "Rà soát dự thảo này"}, {"type": "file", "file": {"file_id": file.id}}]
    for stream in (False, True):
        text, extra = _complete(client, "reviewer", [{"role": "user", "content": part}], stream)
        found = {finding["check"] for finding in extra["findings"]}
        good = {"K30", "K50", "K10"} <= found and bool(extra["files"])
        print(f"reviewer stream={stream}: {sorted(found)} {'ok' if good else 'FAILED'}")
        failed += not good
    return failed


def _complete(client: openai.OpenAI, model: str, messages: list, stream: bool) -> tuple[str, dict]:
    if not stream:
        reply = client.chat.completions.create(model=model, messages=messages)
        return reply.choices[0].message.content or "", reply.model_extra["troly"]
    text, extra = "", {}
    for chunk in client.chat.completions.create(model=model, messages=messages, stream=True):
        if chunk.choices and chunk.choices[0].delta.content:
            text += chunk.choices[0].delta.content
        extra = (chunk.model_extra or {}).get("troly") or extra
    return text, extra


def _good(model: str, stream: bool, text: str, extra: dict, statuses: set[str], base: str, key: str) -> bool:
    opened = [
        httpx.get(base + c["url"], headers={"Authorization": f"Bearer {key}"}, timeout=30).status_code
        for c in extra.get("citations", [])
    ]
    good = extra.get("status") in statuses and bool(opened) and set(opened) == {200} and len(text) > 40
    print(f"{model} stream={stream}: {extra.get('status')} citations {opened} {'ok' if good else 'FAILED'}")
    if not good:
        print(text)
    return good


if __name__ == "__main__":
    sys.exit(main())
