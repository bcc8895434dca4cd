"""The vocabularies of training after a claim: what is offered, who pays, where somebody stands; and what follows from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from jamsostek.access.scope import within
from jamsostek.claims.choices import Kind, State
from jamsostek.claims.models import Assessment, Claim, Event, Training
from jamsostek.core.regions import PROVINCES, REGENCIES, successor
from jamsostek.core.text import N_, _, language
from jamsostek.law.entitlement import months_after


class Offered(StrEnum):
    """What is offered."""

    HEIRS_TRAINING = "heirs_training"
    ENTREPRENEURSHIP = "entrepreneurship"
    FINANCIAL_LITERACY = "financial_literacy"
    RETURN_TO_WORK = "return_to_work"


class Standing(StrEnum):
    """Where an offer stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    DONE = "done"


class At(StrEnum):
    """Where somebody stands; the database knows which may follow which."""

    INVITED = "invited"
    WAITING_LIST = "waiting_list"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    ATTENDING = "attending"
    FINISHED = "finished"
    LEFT = "left"


SEATED = (At.ACCEPTED, At.ATTENDING, At.FINISHED)
"""States that hold a seat."""
COMING = (At.ACCEPTED, At.ATTENDING)
MONTHS = (3, 6, 12)
"""So many months after the end it is asked what became of somebody."""
INVITED_DAYS = 730
"""Whoever was paid so long ago is still invited."""
FAMILY = ("spouse", "child", "parent", "grandchild", "grandparent", "sibling", "parent_in_law", "by_will")

OFFERED: dict[Offered, str] = {
    Offered.HEIRS_TRAINING: N_("Pelatihan keterampilan ahli waris"),
    Offered.ENTREPRENEURSHIP: N_("Memulai usaha"),
    Offered.FINANCIAL_LITERACY: N_("Mengelola uang"),
    Offered.RETURN_TO_WORK: N_("Kembali bekerja"),
}
STANDINGS: dict[Standing, str] = {
    Standing.DRAFT: N_("Belum dibuka"),
    Standing.OPEN: N_("Pendaftaran dibuka"),
    Standing.CLOSED: N_("Pendaftaran ditutup"),
    Standing.DONE: N_("Selesai"),
}
ATS: dict[At, str] = {
    At.INVITED: N_("Diundang, belum menjawab"),
    At.WAITING_LIST: N_("Daftar tunggu"),
    At.ACCEPTED: N_("Akan ikut"),
    At.DECLINED: N_("Tidak ikut"),
    At.LAPSED: N_("Tidak menjawab"),
    At.ATTENDING: N_("Sedang mengikuti"),
    At.FINISHED: N_("Menyelesaikan"),
    At.LEFT: N_("Berhenti"),
}
SPONSORS: dict[str, str] = {
    "carrier": N_("BPJS Ketenagakerjaan"),
    "region": N_("Pemerintah daerah"),
    "ministry": N_("Kementerian"),
    "company": N_("Perusahaan"),
    "community": N_("Komunitas atau yayasan"),
}
VIAS: dict[str, str] = {
    "claim": N_("Diundang ketika klaimnya dibayar"),
    "office": N_("Diundang atau didaftarkan petugas"),
    "self": N_("Datang sendiri"),
}
NEVER_CAME, NOT_FINISHED = N_("Tidak pernah datang"), N_("Tidak menyelesaikan pelatihan")

_AFTER_DEATH = (Offered.HEIRS_TRAINING, Offered.ENTREPRENEURSHIP, Offered.FINANCIAL_LITERACY)
_AFTER_ACCIDENT = (Offered.RETURN_TO_WORK, Offered.ENTREPRENEURSHIP)
_AFTER_DISABILITY = (Offered.ENTREPRENEURSHIP, Offered.FINANCIAL_LITERACY)
KINDS = (Kind.JKM, Kind.JKK, Kind.JP_SURVIVOR, Kind.JP_DISABILITY)
"""Claims that something follows."""
_BY_RESULT: Mapping[str, tuple[Offered, ...]] = {"dead": _AFTER_DEATH, "partial": _AFTER_ACCIDENT, "total": _AFTER_ACCIDENT}


def of_death(claim: Claim) -> bool:
    """Whether a claim is about somebody who died."""
    return claim.kind in (Kind.JKM, Kind.JP_SURVIVOR) or (claim.kind == Kind.JKK and _result(claim) == "dead")


def offered_after(claim: Claim) -> tuple[Offered, ...]:
    """What may follow a claim: for the family after a death, for the worker after a disability; nothing after others.

    Return to work is a benefit of JKK alone (PP 44/2015 Pasal 49, Permenaker 10/2016).
    """
    if claim.kind in (Kind.JKM, Kind.JP_SURVIVOR):
        return _AFTER_DEATH
    if claim.kind == Kind.JP_DISABILITY:
        return _AFTER_DISABILITY
    return _BY_RESULT.get(_result(claim), ()) if claim.kind == Kind.JKK else ()


def _result(claim: Claim) -> str:
    kept = Assessment.objects.filter(claim=claim).order_by("-number").values_list("facts", flat=True).first()
    return str((kept or {}).get("result", {}).get("value") or "")


def was_paid(claim: Claim) -> bool:
    """Whether money of a claim arrived."""
    return claim.state == State.PAID or Event.objects.filter(claim=claim, kind="paid").exists()


def known_region(code: int) -> bool:
    """Whether a code is of a province or a regency of today."""
    return code in PROVINCES or code in REGENCIES


def reaches(training: Training, regency_code: int) -> bool:
    """Whether an offer is for people of a regency."""
    return within(regency_code, training.region_code)


def due_on(ended_on: dt.date, month: int) -> dt.date:
    """The day from which an outcome may be told: so many calendar months after the end."""
    return months_after(ended_on, month)


def title_of(training: Training) -> str:
    """What an offer is called, in the reader's language."""
    return str(training.title_en if language() == "en" else training.title)


def kind_words(kind: str) -> str:
    """What is offered, for the reader."""
    return _(OFFERED[Offered(kind)])


def name_words(by: str, name: str) -> str:
    """What a sum of `by` is of, for the reader."""
    if by == "kind":
        return kind_words(name)
    if by == "sponsor":
        return _(SPONSORS[name])
    if by == "regency":
        return REGENCIES[successor(int(name))].name
    return name.upper() if by == "programme" else name


def sponsor_words(training: Training) -> str:
    """Who pays."""
    kind = _(SPONSORS[training.sponsor_kind])
    return f"{kind}: {training.sponsor}" if training.sponsor else kind
