"""Moments in words, as the award tells deadlines; a deadline at midnight is the end of the day before."""

from __future__ import annotations

import datetime as dt

from jamsostek.awards.edition import JAKARTA
from jamsostek.core.text import _, day_words, language


def moment_words(at: dt.datetime) -> str:
    """`31 Desember 2026 pukul 24.00 WIB`; in English `31 December 2026 at 24:00 WIB`."""
    local = at.astimezone(JAKARTA)
    day, hour = (local.date() - dt.timedelta(days=1), "24.00") if local.time() == dt.time() else (local.date(), f"{local:%H.%M}")
    if local.second and local.time() != dt.time():
        hour += f".{local:%S}"
    return _("{day} pukul {hour} WIB").format(day=day_words(day), hour=hour.replace(".", ":") if language() == "en" else hour)


def left_words(until: dt.datetime, now: dt.datetime) -> str:
    """How long there still is, in words: `12 hari lagi`; empty once it is over."""
    left = until - now
    if left <= dt.timedelta():
        return ""
    if left.days >= 2:
        return _("{count} hari lagi").format(count=left.days)
    hours, minutes = int(left.total_seconds() // 3600), int(left.total_seconds() % 3600 // 60)
    if hours >= 1:
        return _("{hours} jam {minutes} menit lagi").format(hours=hours, minutes=minutes)
    return _("{minutes} menit lagi").format(minutes=max(minutes, 1))
