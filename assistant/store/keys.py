"""API keys: shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, insert, select, update

from assistant.errors import BadInput, NotFound
from assistant.store.database import keys, now, transaction

PREFIX = "troly"
_NOBODY = "0" * 64  # compared with when there is no such key, so that both cases take the same path


class Role(StrEnum):
    """Vai trò của một khóa; each may do what those before it may."""

    CITIZEN = "citizen"
    STAFF = "staff"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    @property
    def level(self) -> int:
        return list(Role).index(self)

    def covers(self, other: Role) -> bool:
        return self.level >= other.level


@dataclass(frozen=True, slots=True)
class Key:
    """Khóa truy cập, without its secret."""

    id: str
    role: Role
    label: str
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None

    def works_at(self, moment: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or moment < self.expires_at)


class KeyStore:
    """Sổ khóa."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, role: str, label: str, *, days: int | None = None) -> str:
        """A new key in plain text, ``troly-<id>-<secret>``: the only time it can be seen. BadInput: no such role."""
        if role not in set(Role):
            raise BadInput(f"Không có vai trò “{role}”. Các vai trò: {', '.join(Role)}.", param="role")
        if days is not None and days < 1:
            raise BadInput(f"Thời hạn của khóa là {days} ngày; cần ít nhất 1 ngày.", param="days")
        identity, secret, created = secrets.token_hex(6), secrets.token_hex(32), now()
        row = {
            "id": identity,
            "secret_hash": _hash(secret),
            "role": role,
            "label": label[:200],
            "created_at": created,
            "expires_at": created + timedelta(days=days) if days else None,
        }
        with transaction(self._engine) as connection:
            connection.execute(insert(keys).values(row))
        return f"{PREFIX}-{identity}-{secret}"

    def list(self) -> list[Key]:
        """Every key, oldest first, revoked ones too."""
        with transaction(self._engine) as connection:
            rows = connection.execute(select(keys).order_by(keys.c.created_at)).mappings().all()
        return [_key(row) for row in rows]

    def revoke(self, identity: str) -> None:
        """The key stops working at once. NotFound: no such key, or it is revoked already."""
        mine = (keys.c.id == identity) & keys.c.revoked_at.is_(None)
        with transaction(self._engine) as connection:
            if not connection.execute(update(keys).where(mine).values(revoked_at=now())).rowcount:
                raise NotFound(f"Không có khóa “{identity}” đang dùng. Xem danh sách bằng: troly keys list.")

    def check(self, token: str) -> Key | None:
        """The key of a token, or None when it is unknown, wrong, revoked or over."""
        prefix, _, rest = token.partition("-")
        identity, _, secret = rest.partition("-")
        with transaction(self._engine) as connection:
            row = connection.execute(select(keys).where(keys.c.id == identity)).mappings().first()
        right = hmac.compare_digest(_hash(secret), row["secret_hash"] if row else _NOBODY)
        if row is None or not right or prefix != PREFIX:
            return None
        key, moment = _key(row), now()
        if not key.works_at(moment):
            return None
        if key.last_used_at is None or moment - key.last_used_at > timedelta(hours=1):
            self._touch(identity, moment)
        return key

    def _touch(self, identity: str, moment: datetime) -> None:
        """Written at most once an hour, so that asking is not writing."""
        with transaction(self._engine) as connection:
            connection.execute(update(keys).where(keys.c.id == identity).values(last_used_at=moment))


def _hash(secret: str) -> str:
    # A fast hash is enough: the secret is 256 random bits, which no dictionary holds and nobody can try through.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _key(row: Any) -> Key:
    fields = ("id", "label", "created_at", "expires_at", "revoked_at", "last_used_at")
    return Key(role=Role(row["role"]), **{name: row[name] for name in fields})
