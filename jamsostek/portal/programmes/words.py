"""Words of candidates: reasons of ours in the reader's language, work, answers."""

from __future__ import annotations

from functools import cache
from typing import Any

from jamsostek.core.text import N_, _, translate
from jamsostek.outreach import eligibility
from jamsostek.outreach.actions.funding import ELSEWHERE, NO_MONEY
from jamsostek.outreach.actions.reconciling import WHY
from jamsostek.outreach.models import Candidate
from jamsostek.portal.programmes.rules import value_words
from jamsostek.registry import occupations

GONE = N_("Daftar asalnya sudah dihapus.")
RISKS = (N_("sangat rendah"), N_("rendah"), N_("sedang"), N_("tinggi"), N_("sangat tinggi"))


@cache
def _known() -> dict[str, str]:
    """The Indonesian of each reason, by itself and by its English: it is kept in the language of whoever was served."""
    texts = {one.refusal for one in eligibility.CONDITIONS} | {*WHY.values(), NO_MONEY, ELSEWHERE, GONE}
    return {translate(text, "en"): text for text in texts} | {text: text for text in texts}


def reason_words(reason: str) -> str:
    """Reasons of ours in the reader's language; what people wrote stays as written."""
    told, rest = [], reason
    while rest:
        text = next((one for one in _known() if rest.startswith(one)), None)
        if text is None:
            return reason
        told.append(_(_known()[text]))
        rest = rest[len(text) :].strip()
    return " ".join(told)


def occupation_words(row: Candidate) -> str:
    """A kind of work, in words."""
    kind = occupations.BY_KEY.get(row.facts.get("occupation") or "")
    return _(kind.title) if kind else "–"


def fact_words(field: str, value: Any, villages: dict[int, str]) -> str:
    """A fact points are given for, in words."""
    if value is None:
        return _("Tidak diketahui")
    if field == "occupation_risk":
        return _(RISKS[int(value) - 1]).capitalize()
    return value_words(field, str(value).lower() if isinstance(value, bool) else str(value), villages)
