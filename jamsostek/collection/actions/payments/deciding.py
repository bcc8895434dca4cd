"""What every decision by two people asks: a reason, somebody else, and that nobody decided before."""

from __future__ import annotations

from typing import Any

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _


def reason(text: str) -> str:
    """A reason that says something."""
    if not text.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa, dengan bukti yang dilihat."))
    return text.strip()


def asker() -> int:
    """Whoever asks for something that another must approve: a person, never the installation."""
    user = current().user_id
    if user is None:
        raise Refused(_("Ini harus diminta oleh seseorang."), remedy=_("Masuk dahulu, lalu ulangi."))
    return user


def decider(row: Any, asked_by: int, place: Place) -> int:
    """Whoever decides: with the right, another than who asked, and the first."""
    current().need(Can.APPROVE_PAYMENT, place)
    if row.decided_at is not None:
        raise InputError(_("Ini sudah diputuskan."), remedy=_("Lihat keputusannya di halaman ini."))
    user = asker()
    if user == asked_by:
        raise Refused(_("Anda sendiri yang memintanya."), remedy=_("Orang lain yang memeriksa dan memutuskannya."))
    return user
