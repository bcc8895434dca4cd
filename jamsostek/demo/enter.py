"""A regency entered whole: its people and payers, then the accounts of those to sign in as."""

from __future__ import annotations

import datetime as dt

from jamsostek.access.scope import acting, system_scope
from jamsostek.core.text import _
from jamsostek.demo.load import ACTOR, Tell, load
from jamsostek.demo.logins import open_accounts
from jamsostek.synth.regency import Regency


def enter(regency: Regency, *, today: dt.date, now: dt.datetime, tell: Tell) -> None:
    """Enters a regency and the accounts of its demo people, whole or not at all."""
    with acting(system_scope(_(ACTOR))):
        numbers = load(regency, today=today, tell=tell)
        open_accounts(regency, numbers, month=regency.month, now=now)
