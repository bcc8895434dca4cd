"""The papers of a claim: what the law asks for, what we have already, what was given, and what is still wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jamsostek.claims.facts import Facts
from jamsostek.claims.kinds.base import KindOf
from jamsostek.claims.models import Claim, Document
from jamsostek.law.documents import DOCUMENTS, Needed
from jamsostek.law.parameters import NoLawError, law_on

GIVEN = ("given", "accepted")


@dataclass(frozen=True)
class Line:
    """One paper of a checklist with what was given for it."""

    document: str
    title: str
    hint: str
    article: str
    because: str
    held: bool
    given: tuple[Document, ...]
    wanted: bool
    """Whether it still has to come."""
    any_of: str = ""

    @property
    def state(self) -> str:
        """held, wanted, given, accepted or refused."""
        if self.held:
            return "held"
        states = [one.state for one in self.given]
        for state in ("accepted", "given"):
            if state in states:
                return state
        return "refused" if "refused" in states else "wanted" if self.wanted else "other"


def needed(of: KindOf, facts: Facts, today: dt.date) -> list[Needed]:
    """What the law of the day asks for; where none is known of that day, what it asks for today."""
    try:
        return of.papers(law_on(facts.date(of.event) or today), facts)
    except NoLawError:
        return of.papers(law_on(today), facts)


def checklist(claim: Claim, needed: Iterable[Needed]) -> list[dict[str, Any]]:
    """What the law asks for as it is frozen with the claim."""
    return [
        {"document": one.document, "figure": one.figure, "article": one.article, "because": one.because, "held": one.held,
         "any_of": one.any_of, "along_with": one.along_with}
        for one in needed
    ]  # fmt: skip


def lines(claim: Claim, listed: list[dict[str, Any]] | None = None) -> list[Line]:
    """The checklist of a claim, or one not frozen yet, line by line."""
    wanted_now = listed if listed is not None else claim.checklist
    given: dict[str, list[Document]] = {}
    for row in Document.objects.filter(claim=claim).exclude(state="removed"):
        given.setdefault(row.kind, []).append(row)
    still = set(_wanted(wanted_now, {kind for kind, rows in given.items() if any(one.state in GIVEN for one in rows)}))
    found = []
    for one in wanted_now:
        told = Needed(**{k: one[k] for k in ("document", "figure", "article", "because", "held", "any_of", "along_with")})
        found.append(
            Line(
                told.document, told.kind.title_words, told.kind.hint_words, told.article_words, told.because_words, told.held,
                tuple(given.pop(told.document, ())), told.document in still, told.any_of,
            )
        )  # fmt: skip
    for kind, rows in given.items():
        title = DOCUMENTS[kind].title_words if kind in DOCUMENTS else kind
        found.append(Line(kind, title, "", "", "", False, tuple(rows), False))
    return found


def still_wanted(claim: Claim) -> list[str]:
    """Papers that have to come before anybody can decide."""
    rows = Document.objects.filter(claim=claim, state__in=GIVEN).values_list("kind", flat=True)
    return _wanted(claim.checklist, set(rows))


def _wanted(listed: list[dict[str, Any]], given: set[str]) -> list[str]:
    """Of papers that replace each other one is enough, with whatever must come with it."""
    whole = {
        one["any_of"] for one in listed
        if one["any_of"] and (one["held"] or (one["document"] in given and _companions(one, listed) <= given))
    }  # fmt: skip
    group = {one["document"]: one["any_of"] for one in listed}
    return [
        one["document"] for one in listed
        if not one["held"] and one["document"] not in given and not (one["any_of"] and one["any_of"] in whole)
        and (not one["along_with"] or (one["along_with"] in given and group.get(one["along_with"]) not in whole))
    ]  # fmt: skip


def _companions(one: dict[str, Any], listed: list[dict[str, Any]]) -> set[str]:
    return {other["document"] for other in listed if other["along_with"] == one["document"]}
