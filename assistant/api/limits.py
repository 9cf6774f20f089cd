"""How often one caller may ask: a token bucket per key, or per address without one, in this process."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections.abc import Callable

from fastapi import Request

from assistant.errors import LimitReached

_MANY = 10_000  # buckets held before the full ones are forgotten


class Limiter:
    """Bộ đếm: ``rate`` requests a minute, all of them at once if need be; 0 is no limit.

    Each server process counts for itself, so N processes let through N times as many.
    """

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}  # name → (requests left, at which moment)
        self._lock = threading.Lock()

    def take(self, name: str) -> None:
        """Count one request. Raises LimitReached with the seconds to wait."""
        if not self._rate:
            return
        with self._lock:
            moment = self._clock()
            left = self._left(name, moment)
            if left < 1:
                wait = math.ceil((1 - left) * 60 / self._rate)
                raise LimitReached(
                    f"Đã gửi quá {self._rate} yêu cầu trong một phút. Hãy thử lại sau {wait} giây.", retry_after=wait
                )
            self._buckets[name] = (left - 1, moment)
            if len(self._buckets) > _MANY:
                self._forget(moment)

    def _left(self, name: str, moment: float) -> float:
        left, since = self._buckets.get(name, (float(self._rate), moment))
        return min(float(self._rate), left + (moment - since) * self._rate / 60)

    def _forget(self, moment: float) -> None:
        """A bucket that is full again says nothing."""
        self._buckets = {n: b for n, b in self._buckets.items() if self._left(n, moment) < self._rate}


def client_address(request: Request, proxies: int) -> str:
    """The address that counts as the caller's; of IPv6 the /64, which one subscriber holds whole.

    ``X-Forwarded-For`` is what the caller says until a proxy of ours appends to it: with N proxies in front,
    the N-th entry from the right was written by ours, and with none the header is not looked at.
    """
    address = request.client.host if request.client else "unknown"
    if proxies:
        hops = [hop.strip() for hop in ",".join(request.headers.getlist("x-forwarded-for")).split(",") if hop.strip()]
        if len(hops) >= proxies:
            address = hops[-proxies]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv6Address) and not parsed.ipv4_mapped:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
