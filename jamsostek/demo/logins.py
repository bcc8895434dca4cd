"""People to sign in as, one for each role, and the second factor of those who need one.

All share one password, drawn at random for this installation and kept with its keys: it opens nothing but invented people.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from jamsostek.access.actions.accounts import invite
from jamsostek.access.actions.passwords import set_password
from jamsostek.access.models import User
from jamsostek.access.roles import ROLES, Role
from jamsostek.access.scope import acting, system_scope
from jamsostek.core.text import _
from jamsostek.demo.load import ACTOR, Numbers
from jamsostek.synth.regency import Regency

FILE = "demo.json"
_SYLLABLES = (
    "pa",
    "di",
    "la",
    "ut",
    "gu",
    "nung",
    "ba",
    "tu",
    "sa",
    "wah",
    "ko",
    "pi",
    "me",
    "la",
    "ti",
    "ka",
    "yu",
    "su",
    "ngai",
    "ra",
)
SECOND: dict[str, Any] = {
    "username": "kantor-pusat-dua", "name": "Bendahara Peragaan", "role": "head_office", "kind": "nation", "target": 0,
}  # fmt: skip
"""Money that goes out needs two of the head office."""
INVESTORS: list[dict[str, Any]] = [
    {"username": username, "name": name, "role": role, "kind": "nation", "target": 0}
    for username, name, role in (
        ("dealer", "Dealer Peragaan", "dealer"), ("penyelesaian", "Penyelesai Peragaan", "settlement"),
        ("risiko", "Penilai Risiko Peragaan", "risk"), ("direktur-investasi", "Direktur Peragaan", "chief"),
    )
]  # fmt: skip
"""Those who invest the funds: three pairs of hands, and who answers for them."""
AWARD: list[dict[str, Any]] = [
    {"username": username, "name": name, "role": role, "kind": kind, "target": 0}
    for username, name, role, kind in (
        ("juri-provinsi-satu", "Juri Peragaan Satu", "jury", "province"),
        ("juri-provinsi-dua", "Juri Peragaan Dua", "jury", "province"),
        ("juri-provinsi-tiga", "Juri Peragaan Tiga", "jury", "province"),
        ("panitia-nasional", "Panitia Nasional Peragaan", "award_committee", "nation"),
        ("panitia-nasional-dua", "Panitia Nasional Peragaan Dua", "award_committee", "nation"),
        ("panitia-provinsi", "Panitia Provinsi Peragaan", "award_committee", "province"),
        ("panitia-provinsi-dua", "Panitia Provinsi Peragaan Dua", "award_committee", "province"),
    )
]  # fmt: skip
"""Those of the award: jurors, and committees of two, so that one does what another checks."""
_HOME = {
    Role.WORKER: "/peserta/",
    Role.HEIR: "/peserta/",
    Role.EMPLOYER_CLERK: "/perusahaan/",
    Role.EMPLOYER_APPROVER: "/perusahaan/",
    Role.SPONSOR_CLERK: "/sponsor/",
    Role.SPONSOR_APPROVER: "/sponsor/",
    Role.VILLAGE_OPERATOR: "/desa/",
    Role.AGENT: "/agen/",
    Role.BRANCH_OFFICER: "/kantor/",
    Role.BRANCH_SUPERVISOR: "/kantor/",
    Role.HEAD_OFFICE: "/kantor/",
    Role.REGIONAL_VIEWER: "/wilayah/",
    Role.REGIONAL_OFFICER: "/gerakan/",
    Role.REGIONAL_HEAD: "/gerakan/",
    Role.DEALER: "/dana/",
    Role.SETTLEMENT: "/dana/",
    Role.RISK: "/dana/",
    Role.CHIEF: "/dana/",
    Role.JURY: "/paritrana/juri/",
    Role.AWARD_COMMITTEE: "/paritrana/panitia/",
}
_OF_REGION = (Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR, Role.REGIONAL_VIEWER, Role.REGIONAL_OFFICER, Role.REGIONAL_HEAD)


@dataclass(frozen=True)
class Login:
    """How to sign in as somebody."""

    username: str
    name: str
    role: Role
    password: str
    totp_secret: str | None
    home: str


def open_accounts(regency: Regency, numbers: Numbers, *, month: int, now: dt.datetime) -> None:
    """Opens the accounts and keeps what is needed to sign in."""
    people = [*regency["users"].to_pylist(), SECOND, *INVESTORS, *AWARD]
    password = _unlike_names(people)
    kept: dict[str, str | None] = {}
    with acting(system_scope(_(ACTOR))):
        for row in people:
            role = Role(row["role"])
            kind, target = _over(row, numbers, regency.regency_code)
            made = invite(
                username=row["username"], name=row["name"], role=role, kind=kind, target=target, from_month=month, now=now
            )
            user = User.objects.get(pk=made.user_id)
            user.is_demo = True
            user.save(update_fields=["is_demo"])
            set_password(user, password)
            kept[user.username] = _second_factor(user) if ROLES[role].staff else None
    _keep({"password": password, "totp": kept})


def _unlike_names(people: list[dict[str, Any]]) -> str:
    """A password that resembles nobody's name: the rules of passwords refuse one of twelve drawn."""
    while True:
        password = "-".join("".join(secrets.choice(_SYLLABLES) for _syllable in range(3)) for _word in range(3))
        try:
            for row in people:
                validate_password(password, User(username=row["username"], name=row["name"]))
        except ValidationError:
            continue
        return password


def _over(row: dict[str, object], numbers: Numbers, regency: int) -> tuple[str, int]:
    """A grant's kind and target in the registry's terms."""
    role, target = Role(str(row["role"])), int(str(row["target"]))
    if role in _OF_REGION:
        return "region", regency
    if row["kind"] == "province":
        return "region", regency // 100
    if role in (Role.AGENT, Role.HOSPITAL_DESK):
        return "office", min(numbers.offices.values())
    where = {"self": numbers.people, "employer": numbers.employers, "sponsor": numbers.sponsors}.get(str(row["kind"]))
    return str(row["kind"]), where[target] if where is not None else target


def _second_factor(user: User) -> str:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return str(secret)


def _path() -> Path:
    return Path(settings.JAMSOSTEK_KEYS) / FILE


def _keep(told: dict[str, object]) -> None:
    fresh = _path().with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(told, file)
    fresh.replace(_path())


def logins() -> list[Login]:
    """The demo people in the order of the roles; empty where there is no demo."""
    if not _path().exists():
        return []
    told = json.loads(_path().read_text())
    with acting(system_scope(_(ACTOR))):
        found = []
        for user in User.objects.filter(is_demo=True).prefetch_related("grants").order_by("id"):
            role = Role(user.grants.all()[0].role)
            home = _HOME.get(role, "/pantau/")
            found.append(Login(user.username, user.name, role, told["password"], told["totp"].get(user.username), home))
    return found


def code(login: Login) -> str:
    """The six digits an authenticator app would show now."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    assert login.totp_secret is not None
    return str(format_hotp_value(hotp_value(login.totp_secret, int(time.time()) // 30)))
