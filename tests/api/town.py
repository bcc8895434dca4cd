"""A small cast with tokens, and a client that speaks to the API as a program does."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from itertools import count
from types import SimpleNamespace
from typing import Any

import cast
from django.test import Client
from django.utils import timezone

_key = count(1)


@dataclass
class Api:
    """Requests under `/api/v1`, with one token, in one language."""

    token: str | None = None
    lang: str = "en"
    client: Client = field(default_factory=Client)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request; a POST gets a fresh key unless one is given."""
        told = {"accept-language": self.lang, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if self.token:
            told.setdefault("authorization", f"Bearer {self.token}")
        if method == "POST":
            told.setdefault("idempotency-key", f"test-key-{next(_key):06d}")
        content = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method, f"/api/v1{path}", headers=told, **content)

    def get(self, path: str, **headers: str) -> Any:
        """Reads."""
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """Writes or asks."""
        return self.send("POST", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        """Changes."""
        return self.send("PATCH", path, body, **headers)


def token_of(user: Any, *scopes: str) -> str:
    """A token of a user; by default all that a token may."""
    from jamsostek.access.actions.tokens import allowable, issue_token

    with cast.as_user(user):
        now = timezone.now()
        chosen = scopes or [str(one) for one in allowable()]
        return issue_token(name="Program uji", scopes=chosen, expires_at=now + dt.timedelta(days=1), now=now).text


def make_town() -> SimpleNamespace:
    """Two employers and their workers, a sponsor, an officer, an auditor; each with a token."""
    with cast.everyone():
        a, b = cast.employer("PT Alfa Contoh"), cast.employer("PT Beta Contoh")
        payer = cast.sponsor()
        ani, budi = cast.participant("Ani Contoh"), cast.participant("Budi Contoh", sex="m")
        dewi, far = cast.participant("Dewi Contoh"), cast.participant("Far Contoh", regency_code=cast.LUMAJANG)
        cast.works(ani, a)
        cast.works(budi, b)
        cast.covered(dewi, payer)
        users = {
            "clerk_a": cast.user("clerk_a", "employer_clerk", "employer", a.pk),
            "boss_a": cast.user("boss_a", "employer_approver", "employer", a.pk),
            "clerk_b": cast.user("clerk_b", "employer_clerk", "employer", b.pk),
            "payer": cast.user("payer", "sponsor_approver", "sponsor", payer.pk),
            "officer": cast.user("officer", "branch_officer", "region", cast.SIDOARJO),
            "supervisor": cast.user("supervisor", "branch_supervisor", "region", cast.SIDOARJO),
            "other_officer": cast.user("other_officer", "branch_officer", "region", cast.LUMAJANG),
            "auditor": cast.user("auditor", "auditor"),
            "researcher": cast.user("researcher", "researcher"),
            "worker": cast.user("ani", "worker", "self", ani.pk),
            "head": cast.user("head", "head_office"),
        }
    apis = {name: Api(token_of(user)) for name, user in users.items()}
    told = {"a": a, "b": b, "payer": payer, "ani": ani, "budi": budi, "dewi": dewi, "far": far, "users": users}
    told["today"] = timezone.localdate().isoformat()
    return SimpleNamespace(**told, **{f"as_{name}": api for name, api in apis.items()})


def person_in(name: str = "Tono Contoh", **given: Any) -> dict[str, Any]:
    """Somebody as sent to the API."""
    made = cast.person(name, **given)
    facts = {n: getattr(made, n) for n in ("name", "sex", "regency_code", "nik", "mother_name", "phone")}
    return {**facts, "birth_date": made.birth_date.isoformat()}
