"""The JHT return in the site's town: deposit rates confirmed, refused and waiting; proposals adopted, refused and waiting."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of
from jamsostek.accounts.actions import floors
from jamsostek.core.months import month_of
from jamsostek.fund.actions.returns import NewProposal, adopt, propose, refuse

SOURCE = "https://contoh.example/suku-bunga"


def _as(user: User, today: dt.date) -> Any:
    return acting(scope_of(user, month_of(today)))


def know_floor(users: dict[Role, User], month: int, today: dt.date, *, confirmed: bool | None = True) -> None:
    """A deposit rate the actuary recorded, and what the chief said of it."""
    with _as(users[Role.ACTUARY], today):
        made = floors.record(floors.NewFloor(month, 30_000, SOURCE)).id
    if confirmed is not None:
        with _as(users[Role.CHIEF], today):
            floors.answer(floor_id=made, confirmed=confirmed, reason="" if confirmed else "Itu bunga deposito tiga bulan")


def propose_returns(users: dict[Role, User], today: dt.date) -> None:
    """One adopted, one refused, one that waits; and deposit rates that were refused or wait. Floors of the years are known."""
    know_floor(users, 202107, today, confirmed=False)
    know_floor(users, 202207, today, confirmed=None)
    for at, (month, ppm) in enumerate(((202202, 54_000), (202204, 56_000), (202208, 55_000))):
        with _as(users[Role.ACTUARY], today):
            made = propose(NewProposal(f"HJ/{month}/{at}", month, ppm, "Hasil cukup dan cadangan terjaga"), today=today).id
        with _as(users[Role.CHIEF], today):
            if at == 0:
                adopt(proposal_id=made, decree="KEP/21/2022", decreed_on=today, today=today)
            elif at == 1:
                refuse(proposal_id=made, reason="Cadangan terlalu tipis")
