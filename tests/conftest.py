"""One verdict for one tree: the gate tries the same examples every time, and no example is held to a clock."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("gate", derandomize=True, deadline=None)
settings.load_profile("gate")
