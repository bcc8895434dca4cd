"""Money out in words: funds, states, what bars a payout, what a bank said, who must act, what proofs are of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from jamsostek.claims.actions import answers, paying, rolls
from jamsostek.claims.choices import PAYOUTS, BatchState, Component, PayoutState, Sent
from jamsostek.claims.models import Batch, Benefit, Change, Proof, Roll
from jamsostek.claims.queries import rights
from jamsostek.claims.queries.payouts import Line
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_percent, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.ledger.chart import FUND_TITLES
from jamsostek.ledger.queries import reference_words
from jamsostek.messages.payout import reasons
from jamsostek.messages.payout.records import ACCEPTED, REJECTED, RETURNED, SETTLED
from jamsostek.portal.screens import Tag, today
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words

MONEY: dict[PayoutState, Tone] = {
    PayoutState.DUE: "info", PayoutState.HELD: "warn", PayoutState.BATCHED: "info", PayoutState.SENT: "info",
    PayoutState.PAID: "good", PayoutState.FAILED: "bad", PayoutState.CANCELLED: "plain",
}  # fmt: skip
BATCHES: dict[BatchState, tuple[str, Tone]] = {
    BatchState.PREPARED: (N_("Menunggu persetujuan"), "warn"), BatchState.APPROVED: (N_("Berkas sedang dibuat"), "info"),
    BatchState.EXPORTED: (N_("Siap dikirim, belum dijawab bank"), "info"), BatchState.ANSWERED: (N_("Dijawab bank"), "good"),
    BatchState.CANCELLED: (N_("Dibatalkan"), "plain"),
}  # fmt: skip
OUTCOMES: dict[Sent | None, tuple[str, Tone]] = {
    None: (N_("Belum dijawab"), "info"), Sent.TAKEN: (N_("Diterima bank, belum dibayar"), "info"),
    Sent.SETTLED: (N_("Sudah masuk"), "good"), Sent.REJECTED: (N_("Ditolak bank"), "bad"),
    Sent.RETURNED: (N_("Masuk, lalu kembali"), "bad"),
}  # fmt: skip
STEPS = {
    ACCEPTED: N_("Diterima bank, belum dibayar"), SETTLED: N_("Masuk ke rekening"), REJECTED: N_("Ditolak bank"),
    RETURNED: N_("Kembali dari rekening"), "pending": N_("Bank belum memutuskan"), "": N_("belum ada kabar"),
    "taken": N_("Diterima bank, belum dibayar"),
}  # fmt: skip
"""What an answer says of a transfer."""
STEP_TONES: dict[str, Tone] = {SETTLED: "good", REJECTED: "bad", RETURNED: "bad"}
FORMATS = {"pain.002": "pain.002", "camt.054": "camt.054", "camt.053": "camt.053", "csv": "CSV"}
ROLLS: dict[str, tuple[str, Tone]] = {
    "tried": (N_("Menunggu persetujuan"), "warn"), "approved": (N_("Sedang dibukukan"), "info"),
    "posted": (N_("Sudah dibukukan"), "good"), "cancelled": (N_("Dibatalkan"), "plain"),
}  # fmt: skip
ROLL_KINDS = {**rolls.KINDS, rolls.PENSION: N_("Uang pensiun")}
WHO = {
    reasons.PERSON: N_("Penerima, lewat kantor cabang"), reasons.BANK: N_("Bank"), reasons.US: N_("Kita sendiri"),
}  # fmt: skip
RIGHTS: dict[str, Tone] = {"active": "good", "suspended": "warn", "ended": "plain"}
PROOFS = {
    "alive": N_("Bukti hidup"), "school": N_("Bukti sekolah"), "activity": N_("Bukti mencari kerja"),
    "unfit": N_("Surat dokter: belum dapat bekerja"),
}  # fmt: skip
ASKED = {Component.JP_WIDOW: ("married",), Component.JP_CHILD: ("married", "working")}
"""What else a proof of life says of whom."""
LEVELS = {
    "kindergarten": N_("TK"), "primary": N_("SD atau sederajat"), "junior": N_("SMP atau sederajat"),
    "senior": N_("SMA atau sederajat"), "higher": N_("Perguruan tinggi atau pelatihan"),
}  # fmt: skip
CHANGES = {
    "begun": N_("Dimulai"), "indexed": N_("Disesuaikan"), "suspended": N_("Ditunda"), "resumed": N_("Dibayar lagi"),
    "ended": N_("Berakhir"), "corrected": N_("Dibetulkan"),
}  # fmt: skip


def fund(name: str) -> str:
    """`jkk` -> `Dana JKK`."""
    return _(FUND_TITLES[name])


def money_tag(state: PayoutState) -> Tag:
    """Where a payout stands."""
    return Tag(_(PAYOUTS[state]), MONEY[state])


def batch_tag(row: Batch) -> Tag:
    """Where a batch stands."""
    text, tone = BATCHES[BatchState(row.state)]
    return Tag(_(text), tone)


def outcome_tag(outcome: int | None) -> Tag:
    """What the bank said of a transfer."""
    text, tone = OUTCOMES[Sent(outcome) if outcome else None]
    return Tag(_(text), tone)


def roll_tag(row: Roll) -> Tag:
    """Where a roll stands."""
    if row.problem:
        return Tag(_("Berubah sejak dicoba"), "bad")
    text, tone = ROLLS[row.state]
    return Tag(_(text), tone)


def roll_kind(row: Roll) -> str:
    """What a roll pays."""
    return _(ROLL_KINDS[row.kind])


def roll_title(row: Roll) -> str:
    """`Pensiun, Maret 2026`."""
    return f"{roll_kind(row)}, {month_words(row.month)}"


def why_not(line: Line) -> Tag | str:
    """What bars a payout from a batch."""
    return Tag(_(paying.WHY_NOT[line.why_not]), "warn") if line.why_not else ""


def held(line: Line) -> Tag | str:
    """What bars it, or why it is held."""
    return Tag(_("menunggu tunggakan iuran"), "warn") if line.state == PayoutState.HELD else why_not(line)


def late_cost(rupiah: int | None) -> str:
    """What lateness costs so far."""
    return _("lebih lama dari yang dihitung aturan") if rupiah is None else format_rupiah(rupiah)


def problem(told: Mapping[str, Any]) -> str:
    """What is wrong with one line of an answer."""
    what = str(told.get("what", ""))
    if what == answers.AMOUNT:
        words = _("Jumlahnya bukan yang kita kirim: bank menyebut {told}, kita mengirim {sent}.")
        return words.format(told=format_rupiah(int(told["told"])), sent=format_rupiah(int(told["sent"])))
    if what == answers.IMPOSSIBLE:
        words = _("Kabar ini ({told}) bertentangan dengan kabar sebelumnya ({known}).")
        return words.format(told=_step(told.get("told")), known=_step(told.get("known")))
    if what == answers.UNKNOWN:
        return _(answers.PROBLEMS[answers.UNKNOWN])
    return str(told.get("text", ""))


def _step(name: Any) -> str:
    text = _(STEPS.get(str(name), str(name)))
    return text[:1].lower() + text[1:]


REMEDIES = {
    answers.UNKNOWN: N_("Tanyakan kepada bank milik siapa; jangan membayar apa pun karenanya."),
    answers.AMOUNT: N_("Tidak dicatat. Minta bank memeriksa transfer itu, lalu kirim jawaban yang benar."),
    answers.IMPOSSIBLE: N_("Tidak dicatat. Minta rekening koran hari itu kepada bank dan cocokkan."),
    "unread": N_("Minta bank mengirim lagi barisnya; yang sudah tercatat tidak terhitung dua kali."),
}


def remedy(told: Mapping[str, Any]) -> str:
    """What to do about it."""
    return _(REMEDIES.get(str(told.get("what", "")), REMEDIES["unread"]))


def reference(text: str) -> str:
    """A number that may be long, in threes, so that none reads as a NIK."""
    return reference_words(text) or NOTHING


def digest(text: str) -> str:
    """A hash in groups of eight, to be compared by eye."""
    return " ".join(text[at : at + 8] for at in range(0, len(text), 8)) or NOTHING


# --- rights -------------------------------------------------------------------------------------------------------------


def right_tag(row: Benefit) -> Tag:
    """Where a right stands; one whose last month is past is not told as going on."""
    if row.state == "active" and row.last_month is not None and row.last_month < month_of(today()):
        return Tag(_("Bulan terakhirnya sudah lewat"), "plain")
    return Tag(_(rights.STATES[row.state]), RIGHTS[row.state])


def because(text: str) -> str:
    """A reason: code's in words, a person's as written."""
    return _(rights.BECAUSE[text]) if text in rights.BECAUSE else text


def right_title(row: Benefit) -> str:
    """`Pensiun janda atau duda, Dewi Lestari`."""
    return f"{rights.title(row)}, {row.party.name}"


def amount(row: Benefit) -> str:
    """What it pays, and how often."""
    if row.component == Component.JKK_INCAPACITY:
        return _("menurut hari di surat dokter, sebulan sekali")
    if not row.rupiah:
        return _("menurut jenjang, setahun sekali")
    return _("{rupiah} sebulan").format(rupiah=format_rupiah(row.rupiah))


def months(row: Benefit) -> str:
    """From when, till when."""
    first = month_words(row.from_month)
    if row.last_month is None:
        return _("Sejak {month}").format(month=first)
    return _("{first} sampai {last}").format(first=first, last=month_words(row.last_month))


def proof_tag(row: Proof) -> Tag:
    """What became of a proof."""
    if row.accepted is None:
        return Tag(_("Menunggu diperiksa"), "warn")
    return Tag(_("Bukti cukup"), "good") if row.accepted else Tag(_("Bukti tidak cukup"), "bad")


def proof_month(row: Proof) -> str:
    """What it is about."""
    return month_words(row.month)


def proof_told(row: Proof) -> str:
    """What somebody said with it."""
    data, found = row.data, []
    if row.kind == "school" and data.get("level"):
        found.append(_(LEVELS.get(str(data["level"]), str(data["level"]))))
    asked = ASKED.get(Component(row.benefit.component), ()) if row.kind == "alive" else ("married", "working")
    if row.kind == "alive":
        found.append(_("masih hidup"))
    if "married" in data and "married" in asked:
        found.append(_("sudah menikah") if data["married"] else _("tidak menikah"))
    if "working" in data and "working" in asked:
        found.append(_("sudah bekerja") if data["working"] else _("tidak bekerja"))
    if "applications" in data:
        found.append(_("{count} lamaran").format(count=data["applications"]))
    if "interviews" in data:
        found.append(_("{count} wawancara").format(count=data["interviews"]))
    if "attendance_ppm" in data:
        found.append(_("hadir pelatihan {share}").format(share=format_percent(int(data["attendance_ppm"]))))
    if data.get("working_again"):
        found.append(_("sudah bekerja lagi"))
    if data.get("days"):
        found.append(_("{count} hari").format(count=data["days"]))
    note = str(data.get("note", ""))
    if note and note != "decision":
        found.append(note)
    return ", ".join(found) or (_("menurut keputusan klaim") if note == "decision" else NOTHING)


def change_title(row: Change) -> str:
    """What became of a right."""
    return _(CHANGES[row.kind])


def day_or_nothing(day: dt.date | None) -> str:
    """A day, or a dash."""
    return date(day) if day else NOTHING


def ready() -> Tag:
    """What was refused can be tried again."""
    return Tag(_("Dapat dibayar lagi"), "good")
