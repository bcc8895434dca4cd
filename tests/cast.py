"""The people of the tests: made through the same actions as in life, under names that say whose they are.

Nobody here exists: every NIK ends in the serial 0000. Call inside `acting(...)`; `everyone()` is the installation itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import numpy as np

from jamsostek.core.dates import days_from_civil
from jamsostek.core.nik import compose

TODAY = dt.date(2026, 11, 21)
MONTH = 202611
NOW = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)
SIDOARJO, LUMAJANG = 3515, 3508
_number = count(1)


@contextmanager
def everyone() -> Iterator[None]:
    """The installation itself: sees and may do all."""
    from jamsostek.access.scope import acting, system_scope

    with acting(system_scope("uji")):
        yield


@contextmanager
def as_user(user: Any) -> Iterator[None]:
    """A transaction in a user's scope."""
    from jamsostek.access.scope import acting, scope_of

    with acting(scope_of(user, MONTH)):
        yield


def nik(birth_date: dt.date, sex: str, regency: int = SIDOARJO, district: int = 1) -> str:
    """A NIK of no one."""
    day = days_from_civil(np.array([birth_date.year]), np.array([birth_date.month]), np.array([birth_date.day]))
    return f"{compose(regency * 100 + district, day, sex == 'f', 0)[0]:016d}"


def person(name: str = "Siti Rahmawati", **given: Any) -> Any:
    """Somebody at a door; another birth date each time, so that NIK differ."""
    from jamsostek.registry.identity import Person

    at = next(_number)
    facts: dict[str, Any] = {
        "sex": "f",
        "birth_date": dt.date(1970, 1, 1) + dt.timedelta(days=at * 3),
        "regency_code": SIDOARJO,
        "mother_name": f"Ibu Contoh {at}",
        "phone": f"+6280000{at:06d}",
        "bank_code": "BRI",
        "bank_account": f"99{at:010d}",
    } | given
    facts.setdefault("nik", nik(facts["birth_date"], facts["sex"], facts["regency_code"], at % 90 + 1))
    return Person(name=name, **facts)


def participant(name: str = "Siti Rahmawati", **given: Any) -> Any:
    """A registered person."""
    from jamsostek.registry.actions.people import register_person
    from jamsostek.registry.models import Participant

    return Participant.objects.get(pk=register_person(person(name, **given), via="counter", today=TODAY).participant_id)


def employer(name: str = "PT Contoh Makmur", **given: Any) -> Any:
    """A registered company."""
    from jamsostek.registry.actions.employers import Firm, register_employer

    facts: dict[str, Any] = {"kind": "company", "regency_code": SIDOARJO, "industry": "1.1", "scale": "large"} | given
    return register_employer(Firm(name=name, **facts), via="counter", today=TODAY)


def sponsor(name: str = "Pemerintah Kabupaten Contoh", **given: Any) -> Any:
    """A registered sponsor."""
    from jamsostek.registry.actions.sponsors import register_sponsor

    facts: dict[str, Any] = {"kind": "regional_government", "region_code": SIDOARJO} | given
    return register_sponsor(name=name, today=TODAY, **facts)


def works(who: Any, at: Any, from_month: int = 202601, wage_rupiah: int = 5_000_000) -> int:
    """Takes somebody on; returns the employment."""
    from jamsostek.registry.actions.employ import Work, take_on

    return take_on(employer_id=at.pk, work=[Work(who.pk, from_month, wage_rupiah)])[0].employment_id


def covered(who: Any, by: Any, from_month: int = 202601, to_month: int | None = None) -> int:
    """Sponsors somebody; returns the cover."""
    from jamsostek.registry.actions.sponsors import Covering, cover_by_sponsor

    spell = Covering(who.pk, from_month, 1_000_000, "Petani", to_month)
    return cover_by_sponsor(sponsor_id=by.pk, people=[spell])[0].cover_id


def user(username: str, role: str | None = None, kind: str = "nation", target: int = 0, **given: Any) -> Any:
    """Somebody who signs in, with one grant."""
    from jamsostek.access.models import Grant, User

    made = User.objects.create_user(username, "kata-sandi-contoh", name=given.pop("name", username.title()), **given)
    if role is not None:
        Grant.objects.create(user=made, role=role, kind=kind, target=target, from_month=202601)
    return made


def signed_in(client: Any, who: Any) -> Any:
    """A client after sign-in and second factor."""
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = True
    session.save()
    return client
