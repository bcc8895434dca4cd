"""Claims in words: what one is about, where it stands and till when, who acts, what happened to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jamsostek.claims.choices import (
    CHANNELS,
    KIN,
    KINDS,
    OPEN,
    PAYOUTS,
    STATES,
    WAITINGS,
    Channel,
    Kind,
    PayoutState,
    State,
    Waiting,
)
from jamsostek.claims.happenings import happened_words
from jamsostek.claims.kinds import OF
from jamsostek.claims.models import Claim, Event, Party
from jamsostek.claims.queries.desk import Clock, PaidLine
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.law.documents import DOCUMENTS
from jamsostek.ledger.queries import number_words as group_words
from jamsostek.portal.screens import Tag
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import NOTHING, date

TONES: dict[State, Tone] = {
    State.DRAFT: "plain", State.SUBMITTED: "info", State.WAITING: "warn", State.PROPOSED: "info", State.SECONDED: "info",
    State.APPROVED: "good", State.REFUSED: "bad", State.PAID: "good", State.WITHDRAWN: "plain", State.EXPIRED: "plain",
}  # fmt: skip
MONEY: dict[PayoutState, Tone] = {
    PayoutState.DUE: "info", PayoutState.HELD: "warn", PayoutState.BATCHED: "info", PayoutState.SENT: "info",
    PayoutState.PAID: "good", PayoutState.FAILED: "bad", PayoutState.CANCELLED: "plain",
}  # fmt: skip
PAPERS: dict[str, tuple[str, Tone]] = {
    "held": (N_("Sudah ada pada kami"), "good"), "accepted": (N_("Diterima"), "good"), "given": (N_("Belum diperiksa"), "warn"),
    "refused": (N_("Ditolak, menunggu gantinya"), "bad"), "wanted": (N_("Belum ada"), "bad"),
    "other": (N_("Tidak diminta lagi"), "plain"),
}  # fmt: skip
"""Where a paper of the checklist stands."""
ACCOUNTS: dict[str, tuple[str, Tone]] = {
    "": (N_("Belum diisi"), "bad"), "given": (N_("Belum diperiksa"), "warn"), "verified": (N_("Sudah diperiksa"), "good"),
    "differs": (N_("Tidak cocok"), "bad"), "failed": (N_("Ditolak bank"), "bad"),
}  # fmt: skip
LEVELS: dict[str, str] = {
    "objection": N_("Keberatan kepada BPJS Ketenagakerjaan"), "inspector": N_("Pengawas ketenagakerjaan dan dokter penasihat"),
    "minister": N_("Menteri Ketenagakerjaan"), "court": N_("Pengadilan"),
}  # fmt: skip
"""Before whom a decision is disputed."""
OURS: dict[str, str] = {
    "message_in": N_("Pesan dari pemohon"), "objected": N_("Keberatan diajukan"), "objection_upheld": N_("Keberatan dibenarkan"),
    "objection_rejected": N_("Keberatan tidak dibenarkan"),
}  # fmt: skip
"""What the family reads as theirs, as the office reads it."""


def number_of(digits: str) -> str:
    """`123456789012` -> `1234 5678 9012`."""
    return format_public("claim", digits)


def number(claim: Claim) -> str:
    """Its number, to be read aloud."""
    return number_of(claim.number)


def kind(claim: Claim) -> str:
    """What it is about."""
    return _(KINDS[Kind(claim.kind)].title)


def title(claim: Claim) -> str:
    """`Meninggal dunia 1234 5678 9012`."""
    return f"{kind(claim)} {number(claim)}"


def state_tag(claim: Claim) -> Tag:
    """Where it stands, in a word."""
    state = State(claim.state)
    return Tag(_(STATES[state]), TONES[state])


def waiting(claim: Claim) -> str:
    """What it waits for; empty where it waits for nobody."""
    return _(WAITINGS[Waiting(claim.waiting_for)]) if claim.waiting_for else ""


def clock(claim: Claim, told: Clock) -> Tag:
    """How many days are left."""
    if told.left is None:
        if State(claim.state) not in OPEN:
            return Tag(_("Selesai"), "plain")
        return Tag(_("Jam berhenti"), "plain")
    if told.left < 0:
        text = _("Lewat {count} hari kerja") if told.working else _("Lewat {count} hari")
        return Tag(text.format(count=-told.left), "bad")
    if told.left == 0:
        return Tag(_("Hari terakhir"), "bad")
    text = _("{count} hari kerja lagi") if told.working else _("{count} hari lagi")
    return Tag(text.format(count=told.left), "warn" if told.left <= 2 else "info")


def acts(claim: Claim) -> str:
    """Who has to act now."""
    state = State(claim.state)
    if state == State.WAITING:
        return {
            Waiting.DOCTOR: _("Dokter"),
            Waiting.ARREARS: _("Pembayar iuran"),
            Waiting.COURT: _("Ahli waris atau pengadilan"),
        }.get(Waiting(claim.waiting_for), _("Pemohon"))
    return {
        State.DRAFT: _("Pemohon"), State.SUBMITTED: _("Kantor cabang"), State.PROPOSED: _("Orang kedua: penyelia cabang"),
        State.SECONDED: _("Orang ketiga: kantor pusat"), State.APPROVED: _("Bagian pembayaran dan bank"),
    }.get(state, NOTHING)  # fmt: skip


def channel(claim: Claim) -> str:
    """The door it came through."""
    return _(CHANNELS[Channel(claim.channel)])


def kin(party: Party) -> str:
    """What somebody is to the participant."""
    return _(KIN.get(party.kin, party.kin))


def document(name: str) -> str:
    """What a paper is called."""
    return DOCUMENTS[name].title_words if name in DOCUMENTS else name


def money_tag(state: PayoutState) -> Tag:
    """Where money stands."""
    return Tag(_(PAYOUTS[state]), MONEY[state])


def group(line: PaidLine) -> str:
    """The number under which an amount stands in the books."""
    return group_words(line.payout.group_id)


# --- what happened --------------------------------------------------------------------------------------------------------


def event_title(event: Event) -> str:
    """What happened."""
    if event.kind == "proposed":
        return _("Persetujuan diusulkan") if event.data.get("approve") else _("Penolakan diusulkan")
    return _(OURS[event.kind]) if event.kind in OURS else happened_words(event.kind)


def event_lines(event: Event, claim: Claim, parties: Mapping[int, Party]) -> list[str]:
    """More of it: which paper, how much, whom; then what was written."""
    told = [*_details(event, claim, parties), event.text]
    return [one for one in told if one]


def _details(event: Event, claim: Claim, parties: Mapping[int, Party]) -> Sequence[str]:
    data: Mapping[str, Any] = event.data
    if "of" in data:
        return [document(str(data["of"]))]
    if "papers" in data:
        return [", ".join(document(str(one)) for one in data["papers"])]
    if "facts" in data:
        titles = {one.name: one.title for one in OF[Kind(claim.kind)].specs}
        return [", ".join(_(titles.get(str(one), str(one))) for one in data["facts"])]
    if event.kind == "served_out_of_order":
        return [_("Mendahului {count} klaim yang lebih dahulu masuk.").format(count=format_number(int(data.get("passed", 0))))]
    if data.get("rupiah"):
        return [format_rupiah(int(data["rupiah"]))]
    if event.kind == "account_checked":
        return [_who(data, parties), _("cocok") if data.get("verified") else _("tidak cocok")]
    if "party" in data:
        return [_who(data, parties)]
    if "channel" in data and data["channel"] in CHANNELS:
        return [_(CHANNELS[Channel(data["channel"])])]
    return []


def _who(data: Mapping[str, Any], parties: Mapping[int, Party]) -> str:
    party = parties.get(int(data.get("party", 0)))
    return party.name if party is not None else ""


def day(value: Any) -> str:
    """A day, or a dash."""
    return NOTHING if value is None else date(value)
