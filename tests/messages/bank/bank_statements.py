"""Statements for tests: the cast, made by hand and drawn by Hypothesis."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import strategies as st

from jamsostek.core.numbers import check_digit
from jamsostek.messages.bank.reader import parse_statement
from jamsostek.messages.bank.records import CAMT053, Entry, Statement
from jamsostek.messages.limited import FileUnreadable

DAY = dt.date(2025, 11, 3)
ACCOUNT = "1234567890"
MAJU, SARI, WIRA = "800000000000017", "800000000000025", "800000000000030"
"""Payment codes of PT Maju, CV Sari and Wira."""


def entry(number: int, rupiah: int, code: str = MAJU, **other: object) -> Entry:
    """The n-th payment of the day."""
    plain = Entry(number, f"SB251103{number:06d}", rupiah, True, DAY, DAY, code, f"IURAN VA {code}".strip())
    return replace(plain, **other)  # type: ignore[arg-type]


def statement(*entries: Entry, opening: int = 5_000_000, **other: object) -> Statement:
    """A statement whose money adds up."""
    days = [one.booked_on for one in entries] or [DAY]
    closing = opening + sum(one.signed_rupiah for one in entries)
    plain = Statement(CAMT053, ACCOUNT, "IDR", "SB251103", min(days), max(days), opening, closing, tuple(entries))
    return replace(plain, **other)  # type: ignore[arg-type]


THREE = statement(
    entry(1, 1_008_000),
    entry(2, 250_000_000, SARI),
    entry(3, 6_500, "", credit=False, reference="SB251103000003/D", text="BIAYA ADM"),
)
"""Two payments and a fee."""


def refusal(content: bytes, filename: str = "") -> FileUnreadable:
    """Why a file is refused; it always names the way out."""
    with pytest.raises(FileUnreadable) as caught:
        parse_statement(content, filename)
    assert caught.value.remedy
    return caught.value


def same(first: Statement, second: Statement) -> None:
    """Both say the same, wherever the lines stand in their files."""
    assert [replace(one, row=0) for one in first.entries] == [replace(one, row=0) for one in second.entries]
    for name in ("account", "currency", "opening_rupiah", "closing_rupiah", "from_date", "to_date", "problems"):
        assert getattr(first, name) == getattr(second, name), name


# --- drawn ------------------------------------------------------------------------------------------------------------

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SWIFT_TEXTS = st.lists(st.text(_LETTERS + "/?().,'+", min_size=1, max_size=90), max_size=5).map(" ".join)
"""Texts of signs that SWIFT has, without digits: those could make a payment code."""
ANY_TEXTS = st.text(max_size=120).map(lambda text: " ".join("".join(c if c.isprintable() else " " for c in text).split()))
DAYS = st.dates(dt.date(2025, 10, 28), dt.date(2026, 1, 3))
CODES = st.one_of(st.just(""), st.integers(10**13, 10**14 - 1).map(lambda number: f"{number}{check_digit(str(number))}"))


@st.composite
def statements(draw: st.DrawFn, texts: st.SearchStrategy[str] = SWIFT_TEXTS) -> Statement:
    """Whole statements, oldest line first, with references that a bank would give."""
    days = sorted(draw(st.lists(DAYS, max_size=6)))
    entries = []
    for number, day in enumerate(days, 1):
        credit, code = draw(st.booleans()), draw(CODES)
        text = draw(texts)
        if any(sign.isdigit() for sign in text):
            code = code or ""
            text = "".join(sign for sign in text if not sign.isdigit()).strip()
        entries.append(
            Entry(
                row=number,
                reference=f"BK{draw(st.integers(10**9, 10**10 - 1))}{number:02d}{'' if credit else '/D'}",
                amount_rupiah=draw(st.integers(1, 10**12)),
                credit=credit,
                booked_on=day,
                valued_on=day + dt.timedelta(days=draw(st.integers(-5, 5))),
                code=code,
                text=" ".join(text.split()),
            )
        )
    return statement(*entries, opening=draw(st.integers(-(10**12), 10**12)))


def follow_each_other(entries: list[Entry]) -> bool:
    """Whether no entry is older than the one before."""
    return all(earlier.booked_on <= later.booked_on for earlier, later in pairwise(entries))
