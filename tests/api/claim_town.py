"""Claims through the API: people of an office with tokens, a hospital's desk, and a death claim brought through it."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace
from typing import Any

import cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from paid import made, sent_file
from town import Api, token_of

from tests.claims import offices

DIED = "2026-10-05"
_key = count(1)
offices.cast._number = cast._number  # one cast imported under two names: its people must not share a NIK
HEIR = {
    "name": "Dewi Lestari", "kin": "spouse", "birth_date": "1985-03-04", "phone": "+628000099001", "account_bank": "BRI",
    "account_number": "990000123456",
}  # fmt: skip


def staff() -> SimpleNamespace:
    """Two officers, a supervisor, two of the head office, one of another region, a desk of a hospital; each with a token."""
    from jamsostek.registry.models import Office

    with cast.everyone():
        at = offices.office()
        desk = Office.objects.create(code="RS-01", name="RS Contoh Sidoarjo", kind="hospital", regency_code=cast.SIDOARJO)
        users = {
            "officer": at.officer, "colleague": at.colleague, "supervisor": at.supervisor, "head": at.head,
            "treasurer": at.treasurer, "hospital": cast.user("loket", "hospital_desk", "office", desk.pk),
            "far": cast.user("jauh", "branch_officer", "region", cast.LUMAJANG), "watcher": cast.user("awas", "auditor"),
        }  # fmt: skip
    return SimpleNamespace(at=at, desk=desk, users=users, **{name: Api(token_of(user)) for name, user in users.items()})


def dead(name: str) -> Any:
    """A worker of a firm who died; the register has it."""
    with cast.everyone():
        return offices.dead(name)


def key() -> str:
    """An idempotency key of its own."""
    return f"claim-key-{next(_key):06d}"


def paper(api: Api, number: str, kind: str, shade: int = 200) -> Any:
    """Sends a photo of a paper."""
    photo = SimpleUploadedFile(f"{kind}.jpg", offices.photo((shade, 190, 180)), "image/jpeg")
    return sent_file(api, f"/claims/{number}/documents", key(), kind=kind, file=photo)


def papers(api: Api, number: str) -> None:
    """A photo for each paper that is wanted."""
    for at, one in enumerate(made(api.get(f"/claims/{number}/checklist"))["items"]):
        if one["wanted"]:
            made(paper(api, number, one["kind"], 200 - at), 201)


def quick_papers(api: Api, number: str) -> None:
    """Papers as they lie in the store, without making a picture for each."""
    from jamsostek.claims.models import Claim, Document

    listed = made(api.get(f"/claims/{number}/checklist"))["items"]
    with cast.everyone():
        claim = Claim.objects.get(number=number)
        for at, one in enumerate(listed):
            if one["wanted"]:
                Document.objects.create(
                    claim=claim, kind=one["kind"], digest=f"{claim.pk:032x}{at:032x}", media="image/jpeg", file_name="foto.jpg",
                    bytes=1, state="given",
                )  # fmt: skip


def begun(here: SimpleNamespace, who: Any) -> str:
    """A widow's draft at a counter; its number."""
    asked = {"kind": "jkm", "kpj": who.kpj, "channel": "counter", "claimant": HEIR}
    number = str(made(here.officer.post("/claims", asked), 201)["number"])
    made(here.officer.post(f"/claims/{number}/facts", {"values": {"died_on": DIED, "cause": "illness"}}))
    return number


def sent(here: SimpleNamespace, who: Any) -> str:
    """A widow's claim, sent with all its papers; its number."""
    number = begun(here, who)
    quick_papers(here.officer, number)
    made(here.officer.post(f"/claims/{number}/submission"))
    return number


def checked(here: SimpleNamespace, number: str) -> None:
    """Everything looked at by another officer: papers, facts, accounts."""
    api = here.colleague
    made(api.post(f"/claims/{number}/service"))
    for one in made(api.get(f"/claims/{number}/documents"))["items"]:
        made(api.post(f"/claims/{number}/documents/{one['id']}/check", {"accepted": True}))
    made(api.post(f"/claims/{number}/confirmed-facts", {"names": ["died_on", "cause"], "note": "sesuai akta"}))
    for one in made(api.get(f"/claims/{number}"))["parties"]:
        if one["account_state"] == "given":
            made(api.post(f"/claims/{number}/parties/{one['id']}/account-check", {"verified": True}))


def approved(here: SimpleNamespace, who: Any) -> str:
    """A widow's claim that three people brought to a decision; its number."""
    number = sent(here, who)
    checked(here, number)
    made(here.colleague.post(f"/claims/{number}/proposals", {"approve": True, "reason": "sesuai aturan"}), 201)
    made(here.supervisor.post(f"/claims/{number}/decision", {"agrees": True}))
    return number


def funds() -> None:
    """Cash in every fund."""
    from jamsostek.claims.actions.owing import post
    from jamsostek.ledger.actions import Leg

    with cast.everyone():
        for fund in ("jkk", "jkm", "jht", "jp", "jkp"):
            leg = Leg(f"cash:{fund}", f"fund:{fund}", 1_000_000_000)
            post(f"uji:{fund}:{next(_key)}", "uji", [leg], timezone.localdate())
