"""One group with its legs, what it reverses and what reversed it; and how its number is written for people."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from jamsostek.access.models import User
from jamsostek.ledger.models import Account, Group, Transfer

_NUMBER = re.compile(r"([0-9a-f]{8})-([0-9a-f]{8})")
_LONG = re.compile(r"\d{12,}")
LARGEST = 2**63 - 1


def number_words(group_id: int) -> str:
    """`3f9a12cd-77b0e1f4`: a group's number for people and addresses, which is never sixteen digits in a row."""
    text = f"{group_id:016x}"
    return f"{text[:8]}-{text[8:]}"


def number_of(text: str) -> int | None:
    """The inverse of `number_words`; None for what is no such number."""
    found = _NUMBER.fullmatch(text)
    number = int(found[1] + found[2], 16) if found else LARGEST + 1
    return number if number <= LARGEST else None


def reference_words(reference: str) -> str:
    """A reference for people and files: long runs of digits in threes, for sixteen in a row are taken for a NIK."""
    return _LONG.sub(lambda run: " ".join(run[0][at : at + 3] for at in range(0, len(run[0]), 3)), reference)


@dataclass(frozen=True)
class EntryLeg:
    """One transfer."""

    debit: Account
    credit: Account
    rupiah: int


@dataclass(frozen=True)
class Entry:
    """One event in the books, whole."""

    group_id: int
    reference: str
    kind: str
    effective_on: dt.date
    recorded_at: dt.datetime
    made_by: str
    """The name of whoever was signed in; nothing for the installation itself."""
    legs: Sequence[EntryLeg]
    reverses: Group | None
    reversed_by: Group | None


def entry(group_id: int) -> Entry | None:
    """A group, or None where there is none in sight."""
    group = Group.objects.filter(pk=group_id).first()
    if group is None:
        return None
    rows = Transfer.objects.filter(month=group.month, group_id=group_id).select_related("debit", "credit").order_by("leg")
    maker = User.objects.filter(pk=group.made_by).first() if group.made_by else None
    return Entry(
        group.pk,
        group.reference,
        group.kind,
        group.effective_on,
        group.recorded_at,
        maker.name if maker else "",
        [EntryLeg(row.debit, row.credit, row.amount_rupiah) for row in rows],
        Group.objects.filter(pk=group.reverses).first() if group.reverses else None,
        Group.objects.filter(reverses=group_id).first(),
    )
