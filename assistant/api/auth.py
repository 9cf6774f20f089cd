"""Who is asking, and what that caller may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request

from assistant.api.limits import client_address
from assistant.api.services import services
from assistant.errors import AccessDenied, NotAllowed
from assistant.index.values import Audience
from assistant.store import Role
from assistant.store.keys import PREFIX

if TYPE_CHECKING:
    from assistant.agents import Agent

_NEW_KEY = "Quản trị viên cấp khóa bằng lệnh: troly keys add --role {role}."


@dataclass(frozen=True, slots=True)
class Caller:
    """Người gọi. ``key_id`` None: no key, a citizen."""

    address: str
    role: Role = Role.CITIZEN
    key_id: str | None = None

    @property
    def audience(self) -> Audience:
        """What this caller may read."""
        return Audience.STAFF if self.role.covers(Role.STAFF) else Audience.CITIZEN

    @property
    def owns(self) -> str | None:
        """Whose files the caller sees; None: everybody's."""
        return None if self.role is Role.ADMIN else self.key_id

    @property
    def bucket(self) -> str:
        """What its requests are counted under."""
        return f"key {self.key_id}" if self.key_id else f"address {self.address}"

    def may_use(self, agent: Agent) -> bool:
        return self.role.covers(required_role(agent))


def required_role(agent: Agent) -> Role:
    """Open assistants need no key; an assistant with a role of its name needs that role, the others staff."""
    if agent.audience is Audience.CITIZEN:
        return Role.CITIZEN
    return Role(agent.name) if agent.name in set(Role) else Role.STAFF


def identify(request: Request) -> Caller:
    """The caller of a request, counted against its limit. Raises AccessDenied (a bad key) or LimitReached.

    OpenAI clients cannot be made to send no key, so one that is not of our form counts as none: the open
    assistant answers, the others ask for a key. One of our form must be known, lest a revoked key go unnoticed.
    """
    parts = services(request)
    address = client_address(request, parts.settings.proxies)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token.startswith(f"{PREFIX}-"):
        caller = Caller(address)
        parts.limiter.take(caller.bucket)
        return caller
    key = parts.store.keys.check(token)
    if key is None:
        parts.limiter.take(f"address {address}")
        raise AccessDenied("Khóa truy cập không đúng, đã hết hạn hoặc đã bị thu hồi. " + _NEW_KEY.format(role="staff"))
    caller = Caller(address, key.role, key.id)
    parts.limiter.take(caller.bucket)
    return caller


def require_role(caller: Caller, role: Role, what: str) -> None:
    """Raises AccessDenied without a key, NotAllowed with one of too low a role. ``what``: “Trợ lý “staff””, …"""
    if caller.role.covers(role):
        return
    if caller.key_id is None:
        raise AccessDenied(
            f"{what} cần khóa truy cập. Gửi khóa trong tiêu đề “Authorization: Bearer …”. {_NEW_KEY.format(role=role)}"
        )
    raise NotAllowed(
        f"{what} cần khóa có vai trò {role}; khóa này có vai trò {caller.role}. {_NEW_KEY.format(role=role)}"
    )
