"""Every published and constructed case of a benefit, filed as a claim, decided by two people, and read from its letter."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml

import jamsostek.law
from jamsostek.claims.queries import desk
from jamsostek.core.rupiah import format_rupiah
from jamsostek.law.entitlement import Met
from jamsostek.portal.claims import letters
from tests import cast
from tests.claims.filed import FILE, Filed, filed

KNOWN = dt.date(2015, 7, 1)
"""Before it only the tax on old-age savings is known: nobody can file a claim on law that is not in the data."""
LAW = Path(jamsostek.law.__file__).parent
CASES = [
    case
    for path in sorted(LAW.glob("*/cases.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    if case["rule"] in FILE and case["date"] >= KNOWN
]
BY_MONEY = (
    "benefit.jkk.late_payment",
    "benefit.jkm.late_payment",
    "benefit.jp.late_payment",
    "benefit.jht.balance",
    "benefit.jp.growth",
)
"""Rules that no claim is decided by: what lateness costs is found when money goes out, a balance by month; growth yearly."""


def test_every_rule_of_a_benefit_is_filed_or_found_elsewhere() -> None:
    rules = {
        case["rule"] for path in LAW.glob("*/cases.yaml") for case in yaml.safe_load(path.read_text(encoding="utf-8"))
        if case["rule"].startswith("benefit.")
    }  # fmt: skip
    assert rules - set(FILE) <= {*BY_MONEY, "benefit.jht.monthly_return"}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_case_filed_as_a_claim_gives_what_was_published(db: None, case: dict[str, Any]) -> None:
    day = case["date"]
    taxed = case["rule"] == "benefit.jht.tax"  # on the day of the claim: filed within its month
    today = day if taxed else day + dt.timedelta(days=12)
    filing = FILE[case["rule"]](day, case["input"])
    with cast.everyone():
        it = filed(filing, today)
        told = filing.read(it, it.parts)
        letter = letter_of(it)
    assert {name: told.get(name) for name in case["output"]} == case["output"]
    if it.approved:
        owed = [format_rupiah(part.rupiah) for part in it.parts if part.rupiah]
        assert [one for one in owed if spaceless(one) not in letter] == []
    else:
        against = [one for one in it.conditions if one.required and one.met == Met.NOT_MET]
        assert against and [one.key for one in against if spaceless(one.article_words) not in letter] == []
        assert "keberatan" in letter


def letter_of(it: Filed) -> str:
    """The letter of a decision as somebody reads it: the text of its PDF, without spaces and line breaks."""
    made = desk.standing_decision(it.claim)
    assert made is not None
    with pypdfium2.PdfDocument(letters.draw(it.claim, made)) as document:
        return spaceless("".join(page.get_textpage().get_text_range() for page in document))


def spaceless(text: str) -> str:
    return re.sub(r"[\s\u00a0\u00ad-]+", "", text)
