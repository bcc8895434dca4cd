"""A campaign with a meeting, for tests of outreach."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests import cast

TODAY = cast.TODAY
VILLAGE, FAR = 3515012001, 3508012001


def plan(**more: Any) -> Any:
    from jamsostek.outreach.actions.campaigns import Plan

    given: dict[str, Any] = {
        "region_code": cast.SIDOARJO, "title": "Nelayan terlindungi", "goal": "Seratus nelayan terdaftar",
        "audience": ("fishers", "disabled"), "from_on": dt.date(2026, 11, 1), "to_on": dt.date(2026, 12, 31),
        "budget_rupiah": 12_000_000, "owner": "Dinas Tenaga Kerja", "invented": True,
    }  # fmt: skip
    return Plan(**(given | more))


def gathering(**more: Any) -> Any:
    from jamsostek.outreach.actions.campaigns import Gathering

    given: dict[str, Any] = {
        "village_code": VILLAGE, "on_date": TODAY, "at_time": dt.time(19, 30), "hall": "Balai Desa Contoh",
        "speaker": "Ibu Contoh", "language": "Jawa", "wheelchair": True, "sign": False,
    }  # fmt: skip
    return Gathering(**(given | more))


def meeting(more: dict[str, Any] | None = None, **campaign: Any) -> Any:
    """A meeting of a new campaign, or of the one that is there; in the scope of who runs it."""
    from jamsostek.outreach.actions import campaigns

    made = campaigns.make(plan=plan(**campaign))
    return campaigns.add_meeting(campaign_id=made.pk, gathering=gathering(**(more or {})), today=TODAY)


def came(count: int, **more: Any) -> list[Any]:
    """So many who came, every third a man."""
    from jamsostek.outreach.attendance import Came

    return [Came(**({"sex": "m" if at % 3 == 2 else "f", "name": f"Hadir {at}"} | more)) for at in range(count)]


def runner(region: int = cast.SIDOARJO, role: str = "regional_officer") -> Any:
    """Who runs campaigns of a region."""
    from jamsostek.access.models import User

    name = f"{role.replace('_', '.')}.{region}"
    return User.objects.filter(username=name).first() or cast.user(name, role, "region", region)


def agent(name: str = "agen.satu", region: int = cast.SIDOARJO) -> Any:
    """An agent at a kiosk; call with everybody in sight."""
    from jamsostek.registry.actions.places import register_office

    office = register_office(code=f"AG-{name}"[:12], name=f"Kios {name}", kind="agent", regency_code=region)
    return cast.user(name, "agent", "office", office.pk)
