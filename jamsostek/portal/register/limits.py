"""How often one address may do what a robot would do all night. Many people share one address on a phone network or in a
village hall, so the limits are wide, and what is counted narrowly is only the NIK that are found to be known."""

from __future__ import annotations

import time
from dataclasses import dataclass

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest

from jamsostek.access.vault import blind_index


@dataclass(frozen=True)
class Limit:
    """At most `most` in each hour."""

    name: str
    most: int


BEGUN = Limit("begun", 300)
NIK_ASKED = Limit("nik", 300)
NIK_KNOWN = Limit("known", 20)
REGISTERED = Limit("registered", 120)
HOUR = 3600


def used_up(request: HttpRequest, limit: Limit) -> bool:
    """Whether this address has had its share of the hour."""
    return int(cache.get(_key(request, limit), 0)) >= limit.most


def count(request: HttpRequest, limit: Limit) -> None:
    """Counts one."""
    key = _key(request, limit)
    if not cache.add(key, 1, HOUR):
        try:
            cache.incr(key)
        except ValueError:  # its hour ended in this very moment
            cache.set(key, 1, HOUR)


def _key(request: HttpRequest, limit: Limit) -> str:
    """Names no address."""
    address = blind_index("address", str(get_client_ip_address(request))).hex()
    return f"register:{limit.name}:{int(time.time()) // HOUR}:{address}"
