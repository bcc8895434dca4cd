"""The letter of a decision, in both languages: what was decided by whom in which role, on what facts, articles and figures.

An approval shows each amount step by step and who is paid what and when; a refusal each condition that is not met with its fact,
its article and what would change it. Both say how to object, to whom, and that it costs nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Role
from jamsostek.claims.choices import Kind
from jamsostek.claims.computing import Part
from jamsostek.claims.facts import Facts
from jamsostek.claims.kinds import OF
from jamsostek.claims.models import Claim, Party
from jamsostek.claims.models import Decision as Row
from jamsostek.claims.queries import desk
from jamsostek.claims.queries.cases import conditions_of, parts_of
from jamsostek.claims.queries.desk import PaidLine
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _, speaking
from jamsostek.law import Explanation
from jamsostek.law.entitlement import MET_WORDS, OUTCOME_WORDS, Condition, Met, Outcome
from jamsostek.law.labels import citation
from jamsostek.law.parameters import law_on
from jamsostek.messages.decision import Decision, Item, Section, Step, Table, draw_decision_pdf
from jamsostek.messages.decision import Part as LetterPart
from jamsostek.portal.claims import frame, shown, words
from jamsostek.portal.claims.frame import READERS
from jamsostek.portal.screens.explanation import worded, worded_steps
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.downloads import sent

PDF = "application/pdf"


@door(*READERS)
@require_safe
def at_office(request: HttpRequest, number: str) -> HttpResponse:
    """The letter of the newest decision that stands."""
    return answer(frame.of(number))


@door(Role.WORKER, Role.HEIR)
@require_safe
def mine(request: HttpRequest, number: str) -> HttpResponse:
    """One's own, or that of somebody one stands for."""
    return for_family(frame.of(number))


def for_family(claim: Claim) -> HttpResponse:
    """The letter for whoever filed a claim in sight, is its person, or holds its code; raises `Refused` for all others."""
    if not desk.is_claimant(claim):
        raise not_yours(_("Klaim ini tidak ada, atau bukan wewenang Anda."))
    return answer(claim)


def answer(claim: Claim) -> HttpResponse:
    """The letter as a download; 404 where nothing was decided."""
    made = desk.standing_decision(claim)
    if made is None:
        raise Http404
    audit.looked([claim.participant_id], ("claim",), "klaim")
    return sent(draw(claim, made), f"{_('keputusan')}-{claim.number}.pdf", PDF)


def draw(claim: Claim, made: Row) -> bytes:
    """The letter as bytes."""
    on = made.third_on or made.second_on or made.proposed_on
    to = _to(claim)
    roles = desk.role_titles([made.proposed_by, made.second_by, made.third_by])
    paid = [one for one in desk.payouts_of(claim) if one.payout.decision_id == made.pk]
    parts = []
    for language in ("id", "en"):
        with speaking(language):
            parts.append(_part(language, claim, made, roles, paid))
    with speaking("id"):
        told = date(on)
    sample = bool(getattr(settings, "JAMSOSTEK_DEMO", False))
    return draw_decision_pdf(Decision(f"{words.number(claim)} / {made.pk}", on, told, to, parts, sample))


def _to(claim: Claim) -> list[str]:
    claimant = Party.objects.filter(claim=claim, claimant=True, left_on=None).first()
    return [claimant.name if claimant is not None else "", words.number(claim)]


def _part(language: str, claim: Claim, made: Row, roles: Mapping[int, str], paid: Sequence[PaidLine]) -> LetterPart:
    title = _("Klaim disetujui") if made.approve else _("Klaim ditolak")
    sections = [*(_approval(claim, made, paid) if made.approve else _refusal(made)), _objecting(claim, made.proposed_on)]
    return LetterPart(language, title, words.kind(claim), [_opening(made)], _facts(claim, made, roles), sections)


def _opening(made: Row) -> str:
    if made.approve:
        return _("Klaim ini disetujui. Setiap jumlah di bawah ini dapat ditelusuri sampai ke pasalnya.")
    return _(
        "Klaim ini ditolak. Di bawah ini setiap syarat yang tidak terpenuhi, faktanya, pasalnya, dan apa yang dapat mengubahnya."
    )


def _facts(claim: Claim, made: Row, roles: Mapping[int, str]) -> list[tuple[str, str]]:
    facts = Facts.from_plain(made.assessment.facts)
    found = [(_("Nomor klaim"), words.number(claim))]
    event = next((one for one in OF[Kind(claim.kind)].specs if one.name == OF[Kind(claim.kind)].event), None)
    if event is not None and facts.get(event.name) is not None:
        found.append((_(event.title), shown.fact_words(event, facts.get(event.name))))
    found += [
        *([(_("Besarnya"), format_rupiah(made.rupiah))] if made.approve else []),
        (_("Alasan"), made.reason),
        (_("Diusulkan oleh"), _who(roles, made.proposed_by, made.proposed_on)),
        (_("Diputuskan oleh"), _who(roles, made.second_by, made.second_on)),
    ]
    if made.third_by is not None:
        found.append((_("Orang ketiga"), _who(roles, made.third_by, made.third_on)))
    return [
        *found,
        (_("Hasil pemeriksaan"), _(OUTCOME_WORDS[Outcome(made.assessment.outcome)])),
        (_("Sidik hukum"), made.assessment.law_digest[:32]),
    ]


def _who(roles: Mapping[int, str], user: int | None, on: Any) -> str:
    return f"{_(roles.get(user or 0, ''))}, {date(on)}" if on is not None else ""


# --- an approval ------------------------------------------------------------------------------------------------------------


def _approval(claim: Claim, made: Row, paid: Sequence[PaidLine]) -> Iterator[Section]:
    parts = parts_of(made.assessment)
    if paid:
        rows = [
            [
                one.party.name if one.party is not None else "",
                desk.title_of(one.component),
                _("ditahan") if one.part is not None and one.part.held else date(one.payout.due_on),
                format_rupiah(one.payout.gross_rupiah),
                format_rupiah(one.payout.tax_rupiah),
                format_rupiah(one.net_rupiah),
            ]
            for one in paid
        ]
        total = [_("Jumlah"), "", "", *(format_rupiah(sum(found)) for found in _sums(paid))]
        heads = [_("Kepada"), _("Bagian hak"), _("Paling lambat dibayar"), _("Besarnya"), _("Pajak"), _("Sesudah pajak")]
        yield Section(_("Siapa menerima berapa"), table=Table(heads, rows, 3, total))
    for alike in _alike(parts):
        yield computed(alike)
    yield Section(_("Syarat yang diperiksa"), items=[_condition(one) for one in conditions_of(made.assessment)])
    points = shown.unsettled(conditions_of(made.assessment))
    others = shown.other_amounts(parts)
    if points or others:
        yield _open_points(points, [one.text for one in others])


def _sums(paid: Sequence[PaidLine]) -> tuple[list[int], list[int], list[int]]:
    return ([one.payout.gross_rupiah for one in paid], [one.payout.tax_rupiah for one in paid], [one.net_rupiah for one in paid])


def _alike(parts: Sequence[Part]) -> list[list[Part]]:
    """Parts that one run of one rule gives stand together, and its steps are told once."""
    groups: list[list[Part]] = []
    for part in parts:
        for group in groups:
            first = group[0]
            if part.rule and (part.rule, part.date, part.inputs) == (first.rule, first.date, first.inputs):
                group.append(part)
                break
        else:
            groups.append([part])
    return groups


def computed(parts: Sequence[Part]) -> Section:
    """Parts of one run of a rule with its steps."""
    lines = [line for part in parts for line in _lines(part)]
    first = parts[0]
    explained = [*first.basis_explained(), first.explained(), *(part.tax_explained() for part in parts)]
    title = "; ".join(f"{desk.title_of(part.component)}: {format_rupiah(part.rupiah)}" for part in parts)
    steps = [step for one in explained if one is not None for step in steps_of(one)]
    return Section(title, list(dict.fromkeys(lines)), steps)


def _lines(part: Part) -> Iterator[str]:
    yield _("Untuk {month}. {way}.").format(month=month_words(part.month), way=shown.way_words(part))
    if part.source:
        yield _(part.source)
    if part.before_rupiah:
        yield _("Sudah diputuskan sebelumnya: {rupiah}.").format(rupiah=format_rupiah(part.before_rupiah))


def steps_of(explanation: Explanation) -> Iterator[Step]:
    """Every step of a rule's run, the inner ones after the outer."""
    yield from _flat(worded_steps(explanation.as_dict()["steps"]), 0)


def _flat(steps: Sequence[Mapping[str, Any]], depth: int) -> Iterator[Step]:
    for one in steps:
        numbers = str(one.get("numbers") or one.get("formula") or "")
        yield Step(depth, str(one["title"]), worded(numbers), str(one.get("result_text") or ""), str(one.get("article") or ""))
        yield from _flat(one.get("steps") or (), depth + 1)


# --- a refusal --------------------------------------------------------------------------------------------------------------


def _refusal(made: Row) -> Iterator[Section]:
    conditions = conditions_of(made.assessment)
    grounds = [one for one in conditions if one.key in made.grounds]
    unmet = [one for one in grounds if one.met == Met.NOT_MET]
    if unmet:
        yield Section(_("Syarat yang tidak terpenuhi"), items=[_condition(one) for one in unmet])
    points = shown.unsettled(grounds)
    if points:
        yield _open_points(points, [])
    rest = [one for one in conditions if one.met == Met.MET]
    if rest:
        yield Section(_("Syarat yang terpenuhi"), items=[Item(one.title_words, "", [one.fact_words]) for one in rest])


def _condition(one: Condition) -> Item:
    lines = [one.fact_words, one.article_words]
    if one.remedy_words:
        lines.append(_("Yang dapat mengubahnya: {text}").format(text=one.remedy_words))
    return Item(one.title_words, _(MET_WORDS[one.met]), [line for line in lines if line])


def _open_points(points: Sequence[shown.Open], others: Sequence[str]) -> Section:
    items = [
        Item(
            one.title,
            "",
            [
                _("Bacaan kami: {text}").format(text=one.ours.text),
                _("Bacaan lain: {text}").format(text=one.other.text),
                one.effect,
                one.link.text,
            ],
        )
        for one in points
    ]
    return Section(
        _("Hukum yang belum jelas"),
        [_("Di sini undang-undang dapat dibaca dua cara; keduanya kami sebut."), *others],
        items=items,
    )


# --- how to object ------------------------------------------------------------------------------------------------------------


def _further(claim: Claim, on: dt.date) -> str:
    """Before whom else it can be brought: of accidents and deaths the order of the law, else the courts."""
    row = law_on(on).in_force("jkk.dispute.order").row
    if claim.kind not in (Kind.JKK, Kind.JKM) or row is None:
        return _("Bila tetap tidak setuju, pengadilan terbuka bagi Anda.")
    text = _(
        "Bila tetap tidak setuju: pengawas ketenagakerjaan bersama dokter penasihat, lalu Menteri Ketenagakerjaan ({article})."
    )
    return text.format(article=citation(f"{row.regulation} {row.article}"))


def _objecting(claim: Claim, on: dt.date) -> Section:
    return Section(
        _("Bila Anda tidak setuju"),
        [
            _("Ajukan keberatan kepada kantor cabang mana pun: di halaman klaim Anda, lewat surat, atau datang."),
            _("Keberatan tidak dikenai biaya, dan diputuskan orang yang tidak ikut memutuskan klaim ini."),
            _further(claim, on),
            _("Sebut nomor klaim {number}.").format(number=words.number(claim)),
        ],
    )
