"""An office that works on claims, and a claim brought through it step by step; every step by who may do it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from tests import cast


@dataclass(frozen=True)
class Office:
    """Two officers, a supervisor, and two of the head office."""

    officer: Any
    colleague: Any
    supervisor: Any
    head: Any
    treasurer: Any


def office(regency: int = cast.SIDOARJO, name: str = "") -> Office:
    """An office with people in it; call in everybody's sight."""
    return Office(
        cast.user(f"petugas{name}", "branch_officer", "region", regency),
        cast.user(f"rekan{name}", "branch_officer", "region", regency),
        cast.user(f"penyelia{name}", "branch_supervisor", "region", regency),
        cast.user(f"pusat{name}", "head_office", "nation"),
        cast.user(f"bendahara{name}", "head_office", "nation"),
    )


def photo(colour: tuple[int, int, int] = (200, 190, 180), size: tuple[int, int] = (1200, 900)) -> bytes:
    """A picture of a paper."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", size, colour)
    pen = ImageDraw.Draw(picture)
    for line in range(40, size[1] - 40, 40):
        pen.line((60, line, size[0] - 60, line), fill=(20, 20, 20), width=5)
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def scripted_pdf() -> bytes:
    """A PDF that would run a script when it is opened."""
    import pikepdf

    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('halo')")
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def heir(name: str = "Dewi Lestari", kin: str = "spouse", **given: Any) -> Any:
    """A claimant with an account."""
    from jamsostek.claims.actions.parties import Someone

    facts: dict[str, Any] = {
        "birth_date": dt.date(1985, 3, 4), "phone": "+628000099001", "account_bank": "BRI", "account_number": "990000123456",
    } | given  # fmt: skip
    return Someone(name, kin, **facts)


def member(name: str = "Budi Santoso", since: dt.date = dt.date(2025, 1, 2), **given: Any) -> Any:
    """Somebody registered long ago."""
    from jamsostek.registry.actions.people import register_person
    from jamsostek.registry.models import Participant

    made = register_person(cast.person(name, **{"sex": "m"} | given), via="counter", today=since)
    return Participant.objects.get(pk=made.participant_id)


def dead(name: str = "Budi Santoso", died_on: dt.date = dt.date(2026, 10, 5), **given: Any) -> Any:
    """A worker of a firm who died; the register has it."""
    from jamsostek.registry.actions.changes import record_death

    who = member(name, **given)
    cast.works(who, cast.employer(f"PT {name}"), 202501)
    record_death(participant_id=who.pk, died_on=died_on, today=cast.TODAY, reason="akta kematian")
    who.refresh_from_db()
    return who


def papers(claim: Any, today: dt.date = cast.TODAY) -> None:
    """Gives a photo for each paper still wanted."""
    from jamsostek.claims.actions import intake
    from jamsostek.claims.kinds import OF
    from jamsostek.claims.queries.knowing import facts_of
    from jamsostek.claims.queries.papers import checklist, lines
    from jamsostek.law.parameters import law_on

    of = OF[claim.kind]
    facts = facts_of(claim, today=today)
    listed = claim.checklist or checklist(claim, of.papers(law_on(facts.date(of.event) or today), facts))
    for place, line in enumerate(lines(claim, listed)):
        if line.wanted:
            shade = (200 - place, 190, 180)
            intake.add_document(
                claim_id=claim.pk, kind=line.document, content=photo(shade), file_name=f"{line.document}.jpg", today=today
            )


def checked(claim: Any, at: Office, today: dt.date = cast.TODAY, **found: Any) -> None:
    """Everything looked at: papers accepted, accounts verified, facts found as stated or as given here."""
    from jamsostek.claims.actions import parties, work
    from jamsostek.claims.models import Document, Party
    from jamsostek.claims.queries.knowing import facts_of, unproven

    with cast.as_user(at.officer):
        work.serve(claim_id=claim.pk, today=today)
        for row in Document.objects.filter(claim=claim, state="given"):
            work.check_document(document_id=row.pk, accepted=True, today=today, now=cast.NOW)
        if found:
            work.find_facts(claim_id=claim.pk, values=found, note="menurut surat", today=today)
        with_facts = unproven(claim, facts_of(claim, today=today))
        if with_facts:
            work.confirm_stated(claim_id=claim.pk, names=with_facts, note="sesuai berkas", today=today)
        for party in Party.objects.filter(claim=claim, account_state="given"):
            parties.check_account(party_id=party.pk, verified=True, note="", today=today)


def approved(claim: Any, at: Office, today: dt.date = cast.TODAY, approve: bool = True) -> Any:
    """Proposed by one, decided by another, and by a third where it must."""
    from jamsostek.claims.actions import deciding
    from jamsostek.claims.models import Claim

    with cast.as_user(at.officer):
        deciding.propose(claim_id=claim.pk, approve=approve, reason="sesuai aturan", today=today)
    with cast.as_user(at.supervisor):
        decision = deciding.decide(claim_id=claim.pk, agrees=True, today=today)
    if decision.final is None:
        with cast.as_user(at.head):
            decision = deciding.decide(claim_id=claim.pk, agrees=True, today=today)
    return Claim.objects.get(pk=claim.pk)
