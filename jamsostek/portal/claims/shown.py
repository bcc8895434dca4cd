"""What several pages of a claim show: conditions, points of law not settled, facts, parts, who gets what, what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from jamsostek.claims.choices import Component, Kind
from jamsostek.claims.computing import Part
from jamsostek.claims.facts import Facts, Spec, Unit
from jamsostek.claims.kinds import OF
from jamsostek.claims.kinds.scholarship import LEVELS
from jamsostek.claims.models import Assessment, Claim, Decision, Party
from jamsostek.claims.queries import desk
from jamsostek.claims.queries.cases import FactLine, value_words
from jamsostek.claims.queries.desk import Changed, PaidLine, Pays
from jamsostek.claims.queries.explained import key_of
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_percent, format_rupiah
from jamsostek.core.text import _
from jamsostek.law.entitlement import MET_WORDS, OUTCOME_WORDS, Condition, Met, Outcome
from jamsostek.law.labels import choice
from jamsostek.portal.claims import frame, words
from jamsostek.portal.screens import Column, Fact, Link, Tag, table
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words

MET: dict[Met, Tone] = {Met.MET: "good", Met.NOT_MET: "bad", Met.UNKNOWN: "warn"}
OUTCOMES: dict[Outcome, Tone] = {
    Outcome.ENTITLED: "good",
    Outcome.NOT_ENTITLED: "bad",
    Outcome.UNSETTLED: "warn",
    Outcome.UNKNOWN: "warn",
}


def outcome_words(outcome: str) -> str:
    """What conditions come to, in a sentence."""
    return _(OUTCOME_WORDS[Outcome(outcome)])


def outcome_tone(outcome: str) -> Tone:
    """How that looks."""
    return OUTCOMES[Outcome(outcome)]


# --- conditions -----------------------------------------------------------------------------------------------------------


def conditions_table(conditions: Sequence[Condition], caption: str = "") -> Table:
    """Each with its fact, its article and the way out; what is only noted says so."""

    def title(one: Condition) -> str:
        return one.title_words if one.required else _("{title} (dicatat, bukan alasan menolak)").format(title=one.title_words)

    columns = [
        Column(_("Syarat"), title),
        Column(_("Keadaan"), lambda one: Tag(one.met_words, MET[one.met])),
        Column(_("Fakta"), lambda one: one.fact_words),
        Column(_("Dasar hukum"), lambda one: one.article_words),
        Column(_("Yang dapat dilakukan"), lambda one: one.remedy_words),
    ]
    rows = sorted(conditions, key=lambda one: (one.met == Met.MET, not one.required))
    return table(caption or _("Syarat undang-undang"), columns, rows)


@dataclass(frozen=True)
class Open:
    """A point of law that is not settled: what each reading gives, and where it is written."""

    title: str
    ours: Tag
    other: Tag
    effect: str
    link: Link


def unsettled(conditions: Sequence[Condition]) -> list[Open]:
    """Both readings of each point on which conditions stand."""
    found = []
    for one in conditions:
        if one.unsettled is None:
            continue
        other = one.other
        told = Tag(_(MET_WORDS[other]), MET[other]) if other is not None else Tag(_("Tidak ada syaratnya"), "plain")
        same = other == one.met
        effect = _("Keduanya sama di sini.") if same else _effect(one)
        found.append(Open(one.title_words, Tag(one.met_words, MET[one.met]), told, effect, reading_link(one.unsettled)))
    return found


def _effect(one: Condition) -> str:
    if not one.required:
        return _("Ini dicatat untuk yang memutuskan; haknya tidak berubah.")
    if one.met == Met.MET:
        return _("Dengan bacaan lain, syarat ini tidak terpenuhi dan klaimnya ditolak.")
    return _("Dengan bacaan lain, syarat ini terpenuhi dan klaimnya dapat dibayar.")


def reading_link(number: int) -> Link:
    """The text of an interpretation."""
    return Link(_("Tafsir nomor {number}").format(number=number), reverse("claims:reading", args=[number]))


@dataclass(frozen=True)
class OtherAmount:
    """What another reading of the law would give for a part."""

    text: str
    link: Link


def other_amounts(parts: Sequence[Part]) -> list[OtherAmount]:
    """Each reading that changes an amount, with its rupiah."""
    return [
        OtherAmount(
            _("{part}: bacaan lain memberi {other}, bacaan kami {ours}.").format(
                part=desk.title_of(part.component), other=format_rupiah(int(one["rupiah"])), ours=format_rupiah(part.rupiah)
            ),
            reading_link(int(one["number"])),
        )
        for part in parts
        for one in part.readings
    ]


@dataclass(frozen=True)
class Way:
    """A short way in a cell; what it is about is said to who cannot see the line."""

    text: str
    about: str
    url: str

    def __str__(self) -> str:
        return format_html('<a href="{}">{}<span class="hidden">: {}</span></a>', self.url, self.text, self.about)


# --- facts ----------------------------------------------------------------------------------------------------------------


def fact_words(spec: Spec, value: Any, people: Mapping[int, str] | None = None) -> str:
    """A value for the reader, lists line by line."""
    if spec.unit != Unit.RECORDS or not isinstance(value, list):
        return value_words(spec, value)
    return "; ".join(_record(one, people or {}) for one in value) or NOTHING


def _record(one: Any, people: Mapping[int, str]) -> str:
    if not isinstance(one, Mapping):
        return str(one).upper()
    if "code" in one:
        told = f"{choice('code', str(one['code']))}: {_share(one.get('loss', 1))}"
        return _("{injury}, kidal").format(injury=told) if one.get("left_handed") else told
    if "levels" in one:
        name = people.get(int(one.get("party") or 0), _("Anak"))
        years = ", ".join(
            _("{level} {count} tahun").format(level=_(LEVELS[k]), count=v) for k, v in one["levels"].items() if k in LEVELS
        )
        return f"{name}: {years}"
    if "inflation_percent" in one:
        return _("{year}: {wage}, inflasi {rate} %").format(
            year=one["year"], wage=format_rupiah(int(one["wage_rupiah"])), rate=str(one["inflation_percent"]).replace(".", ",")
        )
    if "amount_rupiah" in one:
        return f"{_month(one.get('month', ''))}: {format_rupiah(int(one['amount_rupiah']))}"
    if "wage_rupiah" in one:
        return _("{year}: {wage}, {count} bulan").format(
            year=one.get("year", ""), wage=format_rupiah(int(one["wage_rupiah"])), count=one.get("months", 12)
        )
    return ", ".join(f"{name} {value}" for name, value in one.items())


def _share(loss: Any) -> str:
    try:
        share = float(str(loss))
    except ValueError:
        return str(loss)
    return format_percent(round(share * 1_000_000)) if share <= 1 else _("{count} langkah").format(count=int(share))


def _month(text: Any) -> str:
    year, _mark, month = str(text).partition("-")
    return month_words(int(year) * 100 + int(month)) if year.isdecimal() and month.isdecimal() else str(text)


def people_of(parties: Sequence[Party]) -> dict[int, str]:
    """Names by number, for lists that name people of a claim."""
    return {one.pk: one.name for one in parties}


FORM_FACTS = (Unit.DATE, Unit.RUPIAH, Unit.COUNT, Unit.PPM, Unit.FLAG, Unit.CHOICE, Unit.TEXT)
RECORD_FACTS = ("injuries", "children", "years", "earlier_payments", "jp_years")
"""Lists that have a form of their own."""


def may_be_found(spec: Spec) -> bool:
    """Whether there is a form for it."""
    return spec.unit in FORM_FACTS or spec.name in RECORD_FACTS


def facts_table(claim: Claim, lines: Sequence[FactLine], parties: Sequence[Party], *, change: bool, caption: str = "") -> Table:
    """Each fact with its value, where it is from, what was stated where different, and the way to find another."""
    people = people_of(parties)

    def value(one: FactLine) -> Any:
        told = "" if one.known is None else fact_words(one.spec, one.known.value, people)
        return told or (NOTHING if not one.spec.required else Tag(_("Belum diketahui"), "warn"))

    def source(one: FactLine) -> Any:
        return Tag(_("Belum dibuktikan"), "warn") if one.unproven else one.source

    def stated(one: FactLine) -> str:
        return "" if one.known is None or one.known.stated is None else fact_words(one.spec, one.known.stated, people)

    def way(one: FactLine) -> Any:
        if not may_be_found(one.spec):
            return ""
        return Way(_("Temukan"), one.title, frame.url("fact", claim, one.spec.name))

    columns = [
        Column(_("Fakta"), lambda one: one.title),
        Column(_("Nilai"), value),
        Column(_("Dari mana"), source),
        *([Column(_("Semula dinyatakan"), stated)] if any(map(stated, lines)) else []),
        *([Column(_("Tindakan"), way)] if change else []),
    ]
    return table(caption or _("Yang diketahui"), columns, lines)


# --- amounts ----------------------------------------------------------------------------------------------------------------


def parts_table(parts: Sequence[Part], caption: str = "") -> Table:
    """The parts of a computation; what comes month by month says so and is in no sum."""
    before = any(one.before_rupiah for one in parts)
    columns = [
        Column(_("Bagian hak"), lambda one: desk.title_of(one.component)),
        Column(_("Untuk"), lambda one: month_words(one.month)),
        Column(_("Besarnya"), lambda one: format_rupiah(one.rupiah), number=True),
        *([Column(_("Sudah diputuskan"), lambda one: format_rupiah(one.before_rupiah), number=True)] if before else []),
        Column(_("Pajak"), lambda one: format_rupiah(one.tax_rupiah) if one.tax_rupiah else "", number=True),
        Column(_("Cara bayar"), way_words),
    ]
    whole = sum(one.once_rupiah for one in parts)
    taxed = sum(one.tax_rupiah for one in parts)
    total = [_("Sekaligus"), "", format_rupiah(whole), *([""] if before else []), format_rupiah(taxed) if taxed else "", ""]
    return table(caption or _("Besarnya hak"), columns, parts, total=total)


def way_words(part: Part) -> str:
    """Whether it is paid at once, held, or again and again."""
    if part.held == "arrears":
        return _("Ditahan sampai tunggakan dilunasi")
    if part.held:
        return _("Ditahan")
    if part.recurs is None:
        return _("Sekaligus")
    return _("Setahun sekali, dengan bukti sekolah") if part.recurs.get("of") == "promise" else _("Setiap bulan")


def shares_table(shares: Sequence[Pays]) -> Table:
    """What each party would get."""
    columns = [
        Column(_("Kepada"), lambda one: f"{one.party.name}, {words.kin(one.party)}"),
        Column(_("Bagian hak"), lambda one: desk.title_of(one.component)),
        Column(_("Besarnya"), lambda one: format_rupiah(one.gross_rupiah), number=True),
        Column(_("Sesudah pajak"), lambda one: format_rupiah(one.net_rupiah), number=True),
        Column(_("Cara bayar"), lambda one: _("Setiap bulan") if one.monthly else _("Ditahan") if one.held else _("Sekaligus")),
    ]
    return table(_("Dibayarkan kepada"), columns, shares)


def shares_of(claim: Claim, parts: Sequence[Part], facts: Facts) -> tuple[list[Pays], str]:
    """What an approval would pay to whom; or why nobody would receive it."""
    try:
        return desk.would_pay(claim, parts, facts), ""
    except InputError as error:
        return [], str(error)


def payouts_table(
    lines: Sequence[PaidLine], *, books: bool, caption: str = "", address: Callable[[str], str] | None = None
) -> Table:
    """What is owed and paid; with the number in the books, and what the bank calls it. `address` leads to each amount's page."""

    def title(one: PaidLine) -> Any:
        text = desk.title_of(one.component)
        return text if address is None else Link(text, address(key_of(one.payout)))

    def group(one: PaidLine) -> Any:
        number = words.group(one)
        return Link(number, reverse("books:group", args=[one.payout.group_id])) if books else number

    columns = [
        Column(_("Bagian hak"), title),
        Column(_("Untuk"), lambda one: month_words(one.payout.month)),
        Column(_("Kepada"), lambda one: one.party.name if one.party is not None else NOTHING),
        Column(_("Sesudah pajak"), lambda one: format_rupiah(one.net_rupiah), number=True),
        Column(_("Keadaan"), lambda one: words.money_tag(one.state)),
        Column(_("Dibayar"), lambda one: date(one.payout.paid_on) if one.payout.paid_on else ""),
        Column(_("Pembukuan"), group),
        Column(_("Referensi bank"), lambda one: one.reference),
    ]
    return table(caption or _("Pembayaran"), columns, lines)


# --- what changed ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Differences:
    """What is not as it was, in words."""

    amounts: Table | None
    facts: Sequence[str]
    figures: Sequence[str]
    law: str


def differences(claim: Claim, kept: Assessment, told: Changed, now: str) -> Differences | None:
    """For the page; none where nothing differs."""
    titles = {one.name: one.title for one in OF[Kind(claim.kind)].specs}
    columns = [
        Column(_("Bagian hak"), lambda one: desk.title_of(Component(one[0]))),
        Column(_("Untuk"), lambda one: month_words(one[1])),
        Column(_("Hitungan {number}").format(number=kept.number), lambda one: format_rupiah(one[2]), number=True),
        Column(_("Sekarang"), lambda one: format_rupiah(one[3]), number=True),
    ]
    amounts = table(_("Jumlah yang berbeda"), columns, told.amounts) if told.amounts else None
    facts = [_(titles[name]) for name in told.facts if name in titles]
    law = _("Sidik hukum berubah dari {then} menjadi {now}.").format(then=kept.law_digest[:16], now=now[:16]) if told.law else ""
    found = Differences(amounts, facts, [one.text() for one in told.figures], law)
    return found if amounts or facts or found.figures or law else None


# --- decisions --------------------------------------------------------------------------------------------------------------


def decision_facts(one: Decision, users: Mapping[int, str]) -> list[Fact]:
    """What was proposed by whom, and what others said."""

    def who(user: int | None, on: Any) -> str:
        return f"{users.get(user or 0, NOTHING)}, {date(on)}" if on is not None else NOTHING

    found = [
        Fact(_("Usul"), Tag(_("Setujui"), "good") if one.approve else Tag(_("Tolak"), "bad")),
        Fact(_("Besarnya"), format_rupiah(one.rupiah)),
        Fact(_("Alasan"), one.reason),
        Fact(_("Diusulkan oleh"), who(one.proposed_by, one.proposed_on)),
    ]
    if one.second_by is not None:
        told = _("setuju") if one.second_agrees else _("mengembalikan: {reason}").format(reason=one.second_reason)
        found.append(Fact(_("Orang kedua"), f"{who(one.second_by, one.second_on)}: {told}"))
    if one.needs_third:
        told = _("Perlu orang ketiga, karena di atas batas.")
        if one.third_by is not None:
            answer = _("setuju") if one.third_agrees else _("mengembalikan: {reason}").format(reason=one.third_reason)
            told = f"{who(one.third_by, one.third_on)}: {answer}"
        found.append(Fact(_("Orang ketiga"), told))
    return found
