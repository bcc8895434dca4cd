"""Outreach for the pages to show: a campaign with meetings before, today and tomorrow, consents, texts, a mailing, agents."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.core.months import month_of
from jamsostek.outreach.actions import agents, campaigns, consents, reminders
from jamsostek.outreach.actions.campaigns import Gathering, Plan
from jamsostek.outreach.actions.consents import Contact
from jamsostek.outreach.attendance import Came
from jamsostek.outreach.campaigning import BUILT_IN
from jamsostek.registry.queries import counts


def reach(regency: int, users: dict[Role, User], today: dt.date) -> None:
    """All of it."""
    with acting(system_scope("Situs")):
        villages = sorted(counts.villages(regency)) or [regency * 1_000_000 + 12001]
        agents.give_code(username=users[Role.AGENT].username, body="Koperasi Contoh", today=today)
    _campaign(regency, villages[0], users, today)


def _as(user: User, today: dt.date) -> Any:
    return acting(scope_of(user, month_of(today)))


def _campaign(regency: int, village: int, made: dict[Role, User], today: dt.date) -> None:
    officer, head = made[Role.REGIONAL_OFFICER], made[Role.REGIONAL_HEAD]
    plan = Plan(
        regency, "Nelayan terlindungi", "Seratus nelayan terdaftar", ("fishers", "disabled"), today - dt.timedelta(days=30),
        today + dt.timedelta(days=60), 12_000_000, "Dinas Tenaga Kerja", invented=True,
    )  # fmt: skip
    with _as(officer, today):
        campaign = campaigns.make(plan=plan)

        def meet(days: int, hall: str) -> Any:
            where = Gathering(
                village, today + dt.timedelta(days=days), dt.time(19, 30), hall, "Ibu Contoh", "Jawa", wheelchair=True,
                sign=days == 0,
            )  # fmt: skip
            return campaigns.add_meeting(campaign_id=campaign.pk, gathering=where, today=today)

        held, counted, _open = meet(-3, "Balai Desa"), meet(-2, "Pos Nelayan"), meet(0, "Pasar Ikan")
        tomorrow, _later = meet(1, "Balai Dusun"), meet(9, "Masjid Besar")
        people = [Came("f", f"Warga Contoh {at}", f"+62811000{at:04d}", at < 3, "30_44", "Nelayan", at == 2) for at in range(9)]
        campaigns.attend(meeting_id=held.pk, people=people, today=today)
        campaigns.count(meeting_id=counted.pk, men=12, women=30, today=today)
        contact = Contact("+628119990001", "Tetangga Contoh")
        consents.agree(contacts=[contact], region_code=regency, purposes=("meeting",), how="spoken", today=today)
        first = reminders.propose(region_code=regency, kind="meeting", language="id", text=BUILT_IN["meeting", "id"], today=today)
        reminders.propose(region_code=regency, kind="unpaid", language="id", text=BUILT_IN["unpaid", "id"], today=today)
    with _as(head, today):
        reminders.approve(template_id=first.pk, today=today)
        reminders.propose(region_code=regency, kind="ending", language="id", text=BUILT_IN["ending", "id"], today=today)
    with _as(officer, today):
        reminders.prepare_meeting(meeting_id=tomorrow.pk, today=today)
