"""Sửa đổi, bổ sung, thay thế, bãi bỏ: read what an amending text does, and make the text in force on a day.

find_operations(amending)                the operations of an amending article or fragment, in order
consolidate(base, amendments, on=date)   the base as it stands on the date, each unit with its last source
amends(amending, operations, base)       whether the one changes the other
"""

from __future__ import annotations

from assistant.law.amendment_apply import amends, consolidate
from assistant.law.amendment_read import find_operations
from assistant.law.amendment_values import (
    Change,
    Consolidated,
    CurrentProvision,
    EndedProvision,
    Operation,
    Unapplied,
)

__all__ = [
    "Change",
    "Consolidated",
    "CurrentProvision",
    "EndedProvision",
    "Operation",
    "Unapplied",
    "amends",
    "consolidate",
    "find_operations",
]
