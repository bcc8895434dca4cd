"""What is still to do before a claim is sent, in order: each step with its page, and whether it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jamsostek.access.scope import current
from jamsostek.claims.choices import Channel, Kind
from jamsostek.claims.facts import Facts
from jamsostek.claims.models import Claim, Party
from jamsostek.claims.queries import cases, filing
from jamsostek.claims.queries.papers import Line
from jamsostek.core.text import N_, _
from jamsostek.portal.filing.asking import answered, asks_children, pages
from jamsostek.portal.filing.channels import HEIRS, REPORTERS, SELF
from jamsostek.portal.filing.holder import url
from jamsostek.portal.screens import Fact, Link, Tag
from jamsostek.portal.screens.parts import Tone

DONE, OPEN, FREE, LATER = "done", "open", "free", "later"
_TAGS: dict[str, tuple[str, Tone]] = {
    DONE: (N_("Selesai"), "good"), OPEN: (N_("Belum diisi"), "warn"), FREE: (N_("Boleh dilewati"), "plain"),
    LATER: (N_("Boleh menyusul"), "plain"),
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One thing to do: its heading, its page, and how far it is (done, open, free to skip, may follow after sending)."""

    name: str
    title: str
    url: str
    state: str

    @property
    def line(self) -> Fact:
        """As a line of a summary."""
        text, tone = _TAGS[self.state]
        return Fact(self.title, Tag(_(text), tone), Link(_("Ubah") if self.state == DONE else _("Isi"), self.url))


def steps(claim: Claim, facts: Facts, today: dt.date) -> list[Step]:
    """Every step of a claim that is being filled in."""
    people, who = filing.parties(claim), None
    who = next((one for one in people if one.claimant), None)
    found = []
    if who is not None and who.kin not in ("employer", "facility"):
        found.append(Step("claimant", _("Siapa yang mengajukan"), url("claimant", claim), DONE if _known(who) else OPEN))
    for page, asked in pages(Kind(claim.kind), facts):
        state = DONE if answered(asked, facts) else OPEN if any(one.required for one in asked) else FREE
        found.append(Step(f"facts:{page.slug}", _(page.title), url("facts", claim, page.slug), state))
    if asks_children(Kind(claim.kind)):
        state = DONE if facts.records("children") else FREE
        found.append(Step("children", _("Anak yang masih sekolah"), url("children", claim), state))
    if asks_family(claim, people):
        others = [one for one in people if one.beneficiary and not one.claimant and one.kin != "child"]
        found.append(Step("family", _("Penerima lain"), url("family", claim), DONE if others else FREE))
    if paid(claim, people):
        whole = all(_account_given(one) for one in paid(claim, people))
        found.append(Step("accounts", _("Rekening untuk menerima uang"), url("accounts", claim), DONE if whole else LATER))
    papers = cases.papers_of(claim, facts, today)
    found.append(Step("papers", _("Berkas dan foto"), url("papers", claim), LATER if open_papers(papers) else DONE))
    return found


def _known(who: Party) -> bool:
    return who.birth_date is not None and who.phone_sealed is not None


def _account_given(one: Party) -> bool:
    return bool(one.account_state) or (one.guardian is not None and bool(one.guardian.account_state))


def paid(claim: Claim, people: Sequence[Party]) -> list[Party]:
    """Those whose accounts who files may give. A firm and a hospital neither see nor change a worker's own."""
    hidden = claim.channel in REPORTERS and claim.participant_id not in current().own
    return [one for one in people if one.beneficiary and not (hidden and one.kin == SELF)]


def asks_family(claim: Claim, people: Sequence[Party]) -> bool:
    """Whether somebody else may have to be paid too: after a death, and the firm that went on paying the wage."""
    who = next((one for one in people if one.claimant), None)
    of_heirs = claim.kind in (Kind.JKM, Kind.JP_SURVIVOR, Kind.SCHOLARSHIP) or (who is not None and who.kin in HEIRS)
    return of_heirs or (claim.kind == Kind.JKK and claim.channel == Channel.EMPLOYER)


def open_papers(papers: Sequence[Line]) -> list[Line]:
    """Papers that still have to come."""
    return [one for one in papers if one.wanted or one.state == "refused"]


def after(name: str, found: Sequence[Step]) -> str:
    """The page after a step: the next one that is not done, then the look at everything."""
    names = [one.name for one in found]
    at = names.index(name) + 1 if name in names else 0
    return next((one.url for one in found[at:] if one.state != DONE), "")


def missing(found: Sequence[Step]) -> list[Step]:
    """What has to be said before it can be sent."""
    return [one for one in found if one.state == OPEN]


def context(claim: Claim, today: dt.date, facts: Facts) -> dict[str, Any]:
    """How far a claim is, for the head of its pages."""
    found = steps(claim, facts, today)
    return {"claim": claim, "done": sum(1 for one in found if one.state == DONE), "whole": len(found)}
