"""Proposals of the JHT return: several rates beside each other, one of them proposed, and decided by another person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.accounts.actions.rates import takes_examples
from jamsostek.accounts.paper import INVENTED, rate_words
from jamsostek.accounts.queries.rates import Rate
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.fund.actions import returns as actions
from jamsostek.fund.actions.returns import MOST_LETTERS, NewProposal
from jamsostek.fund.jht_return import rule
from jamsostek.fund.queries import jht_return as queries
from jamsostek.fund.queries.jht_return import Proposal, Prospect
from jamsostek.portal.fund.frame import READERS
from jamsostek.portal.fund.jht_return.frame import (
    PROPOSERS,
    accounts,
    cover,
    example,
    holds,
    rupiah,
    screen,
    share,
    span,
    state,
)
from jamsostek.portal.fund.jht_return.home import beyond, moved_table, proposals_table
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import (
    Chart,
    Column,
    DateField,
    DecideForm,
    Empty,
    Fact,
    Form,
    Link,
    Measure,
    MonthField,
    RateField,
    Table,
    Tag,
    chart,
    done,
    paged,
    table,
    today,
)
from jamsostek.portal.screens.words import NOTHING
from jamsostek.portal.screens.words import month as month_words

TITLE = N_("Usulan tingkat JHT")
MILLION = 1_000_000


def _list() -> Link:
    return Link(_(TITLE), reverse("jht_return:proposals"))


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """All of them, the newest first."""
    found = paged(request, queries.proposals())
    way = [Link(_("Usulkan tingkat"), reverse("jht_return:propose"))] if holds(*PROPOSERS) else []
    context = {
        "tables": [proposals_table(found.rows)] if found.rows else [],
        "paged": found,
        "ways": way,
        "empty": None if found.rows else Empty(_("Belum ada usulan"), _("Aktuaris mengusulkan tingkat dari hasil dana.")),
    }
    return screen(request, context, title=_(TITLE), here="jht_return:proposals")


# --- proposing --------------------------------------------------------------------------------------------------------


class ProposalForm(Form):
    """The rate, from when, and why."""

    from_month = MonthField(label=N_("Berlaku mulai bulan"), help_text=N_("Sampai Desember tahun itu."))
    rate = RateField(label=N_("Tingkat setahun, dalam persen"), help_text=N_("Misalnya 5,63."))
    reference = forms.RegexField(
        r"^[A-Z0-9][A-Z0-9/._-]{0,39}$",
        label=N_("Nomor usulan"),
        help_text=N_("Huruf besar, angka, garis miring; misalnya HJ/2026/1."),
    )
    reason = forms.CharField(label=N_("Alasan"), max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 3}))
    invented = forms.BooleanField(label=INVENTED, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not takes_examples():
            del self.fields["invented"]

    def new(self) -> NewProposal:
        """As the action takes it."""
        given = self.cleaned_data
        return NewProposal(given["reference"], given["from_month"], given["rate"], given["reason"], given.get("invented", False))


@door(*PROPOSERS)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponseBase:
    """The candidates with their effect; the rate typed in stands among them before it is proposed."""
    month = month_of(today())
    form = ProposalForm(request.POST or None, initial={"from_month": month})
    looking = "lihat" in request.POST
    also: tuple[int, ...] = ()
    if request.method == "POST":
        valid = form.is_valid()
        month = form.cleaned_data.get("from_month", month)
        also = (form.cleaned_data["rate"],) if 0 <= form.cleaned_data.get("rate", -1) <= MILLION else ()
        if looking:
            for name in ("reference", "reason"):
                form.errors.pop(name, None)
        elif valid:
            try:
                made = actions.propose(form.new(), today=today())
            except Refused:
                raise
            except InputError as error:
                form.refuse(error)
            else:
                words = _("Usulan disimpan. Orang lain yang menetapkannya.")
                return done(request, reverse("jht_return:proposal", args=[made.id]), words)
    try:
        seen = queries.prospect(month, also=also)
    except InputError as error:  # a month before the law of the return
        form.refuse(error)
        seen = queries.prospect(month_of(today()))
    context = {
        "about": _("Dampak dihitung dari buku sampai {month}.").format(month=month_words(seen.so_far.until)),
        "notice": _notice(seen),
        "facts": _compared(seen), "tables": [_effects(seen, also)], "chart": _chart(seen) if seen.effects else None,
        "charts": True, "form": form, "looks": True, "ask": _("Usulkan satu tingkat"), "yes": _("Ajukan usulan"),
        "back": reverse("jht_return:home"),
    }  # fmt: skip
    return screen(request, context, title=_("Usulkan tingkat JHT"), above=[_list()])


def _notice(seen: Prospect) -> str:
    bears = seen.so_far.found.rate_ppm
    if seen.least_ppm is None:
        return _("Bunga deposito tahun itu belum disahkan; catat dahulu, baru usulkan.")
    if beyond(seen.so_far.found):
        return beyond(seen.so_far.found)
    if bears is not None and bears < seen.least_ppm:
        return _("Hasil dana tidak cukup untuk batas bawah: selisihnya diambil dari yang tersimpan di dana.")
    return ""


def _compared(seen: Prospect) -> list[Fact]:
    floor = seen.floor
    found = share(seen.least_ppm)
    return [
        Fact(_("Berlaku mulai"), month_words(seen.from_month)),
        Fact(_("Tingkat yang didukung hasil"), share(seen.so_far.found.rate_ppm)),
        Fact(
            _("Rata-rata bunga deposito"), f"{found}, {floor.source}{example(floor.invented)}" if floor else _("belum dicatat"),
            Link(_("Lihat"), reverse("jht_return:floors")),
        ),
        Fact(_("Tingkat yang berlaku sebelumnya"), rate_words(seen.last) if seen.last else NOTHING),
        Fact(_("Hasil yang boleh dibagi"), rupiah(seen.so_far.found.distributable_rupiah)),
        Fact(_("Rata-rata saldo yang berkembang"), rupiah(seen.so_far.found.average_rupiah)),
    ]  # fmt: skip


def _effects(seen: Prospect, also: tuple[int, ...]) -> Table:
    def name(ppm: int) -> Any:
        marks = {seen.least_ppm: _("batas bawah"), seen.so_far.found.rate_ppm: _("didukung hasil")}
        mark = _("yang Anda tulis") if ppm in also else marks.get(ppm, "")
        return Tag(f"{share(ppm)}, {mark}", "info") if mark else share(ppm)

    columns = [
        Column(_("Tingkat setahun"), lambda one: name(one.rate_ppm)),
        Column(_("Untuk peserta selama buku itu"), lambda one: rupiah(one.members_rupiah), number=True),
        Column(_("Tinggal di dana"), lambda one: rupiah(one.kept_rupiah), number=True),
        Column(_("Kecukupan sesudahnya"), lambda one: cover(one.coverage_after_ppm), number=True),
        Column(
            _("Peserta dengan {rupiah}, setahun").format(rupiah=rupiah(seen.so_far.by.member_rupiah)),
            lambda one: rupiah(seen.members[one.rate_ppm]), number=True,
        ),
        Column(_("Di atas bunga deposito"), lambda one: _points(one.rate_ppm, seen.least_ppm), number=True),
    ]  # fmt: skip
    return table(_("Beberapa tingkat dan dampaknya"), columns, seen.effects)


def _points(ppm: int, least: int | None) -> str:
    return NOTHING if least is None else share(ppm - least)


def _chart(seen: Prospect) -> Chart:
    rows = [
        {"rate": share(one.rate_ppm), "millions": value / MILLION, "rupiah": value, "kind": kind}
        for one in seen.effects
        for kind, value in ((_("Untuk peserta"), one.members_rupiah), (_("Tinggal di dana"), one.kept_rupiah))
    ]
    spec = {
        "mark": "bar",
        "encoding": {
            "y": {"field": "rate", "type": "nominal", "sort": None, "title": None},
            "yOffset": {"field": "kind", "type": "nominal", "sort": None},
            "x": {"field": "millions", "type": "quantitative", "title": _("juta rupiah")},
            "color": {"field": "kind", "type": "nominal", "sort": None},
        },
    }
    columns = [
        Measure(_("Tingkat setahun"), "rate"), Measure(_("Apa"), "kind"), Measure(_("Rupiah"), "rupiah", rupiah, number=True),
    ]  # fmt: skip
    text = _("Makin tinggi tingkatnya, makin banyak untuk peserta dan makin sedikit yang tinggal di dana.")
    return chart(
        "usulan-jht", _("Untuk peserta dan tinggal di dana"), spec, columns, rows, text=text, source=_("buku besar dana JHT"),
        status="estimate", as_of=month_words(seen.so_far.until),
    )  # fmt: skip


# --- one, and the decision --------------------------------------------------------------------------------------------


class AdoptForm(DecideForm):
    """Yes with the decision's number and day, or no and why."""

    decree = forms.CharField(label=N_("Nomor keputusan"), required=False, max_length=120, help_text=N_("Wajib bila setuju."))
    decreed_on = DateField(label=N_("Tanggal keputusan"), required=False)


@door(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, proposal_id: int) -> HttpResponseBase:
    """A proposal with all it was judged by; the chief decides here."""
    found = next(iter(queries.proposals(ids=[proposal_id])), None)
    if found is None:
        raise Http404
    form = AdoptForm(request.POST or None)
    if form.did(lambda: _decide(found.id, form, today())):
        return done(request, request.path, _("Tingkat ditetapkan.") if form.approved else _("Usulan ditolak."))
    why_not = _why_not(found)
    open_still = found.state == "waiting" and not why_not
    context = {
        "tag": state(found), "facts": _facts(found), "tables": _tables(found), "why_not": why_not,
        "form": form if open_still else None, "ask": _("Keputusan Anda"), "yes": _("Simpan keputusan"),
        "back": reverse("jht_return:proposals"),
        "notes": [_("Angka di halaman ini disimpan seperti saat diusulkan; buku dapat bergerak sesudahnya.")],
        "ways": [Link(_("Catatan tingkat"), reverse("crediting:rate", args=[found.rate.id]))] if _sees_rates() else [],
    }  # fmt: skip
    title = _("Usulan {reference}: {rate}").format(
        reference=found.reference, rate=rate_words(Rate(found.rate.rate_ppm, found.rate))
    )
    return screen(request, context, title=title, above=[_list()])


def _sees_rates() -> bool:
    from jamsostek.portal.books_crediting.rates import DECLARE

    return holds(*DECLARE)


def _decide(proposal_id: int, form: AdoptForm, day: dt.date) -> None:
    told = form.cleaned_data
    if form.approved:
        actions.adopt(proposal_id=proposal_id, decree=told["decree"], decreed_on=told["decreed_on"], today=day)
    else:
        actions.refuse(proposal_id=proposal_id, reason=told["decision"])


def _why_not(found: Proposal) -> str:
    """Why whoever looks cannot decide; empty where they can, or nothing is to be decided."""
    if found.state != "waiting":
        return ""
    if not current().may(Can.APPROVE_FUND):
        return _("Direktur investasi yang menetapkannya.")
    if found.rate.declared_by == current().user_id:
        return _("Anda sendiri yang mengusulkannya. Orang lain yang menetapkannya.")
    return ""


def _facts(found: Proposal) -> list[Fact]:
    rate, told = found.rate, found.figures
    floor = f"{share(told['least_ppm'])}, {told['floor_source']}"
    facts = [
        Fact(_("Untuk"), span(rate.from_month, rate.to_month)),
        Fact(_("Tingkat setahun"), rate_words(Rate(rate.rate_ppm, rate))),
        Fact(_("Alasan"), found.reason + example(rate.invented)),
        Fact(_("Diusulkan"), by(rate.declared_by, found.proposed_at)),
        Fact(_("Buku sampai akhir bulan"), month_words(found.basis_month)),
        Fact(_("Tingkat yang didukung hasil"), share(told["supported_ppm"])),
        Fact(_("Rata-rata bunga deposito"), floor, Link(_("Lihat"), reverse("jht_return:floors"))),
        Fact(_("Tingkat yang berlaku sebelumnya"), share(told["last_ppm"])),
    ]
    if rate.answered_at is not None:
        label = _("Ditetapkan") if rate.confirmed else _("Ditolak")
        facts.append(Fact(label, f"{by(rate.answered_by, rate.answered_at)} {rate.reason}".strip()))
    if rate.decree:
        facts.append(Fact(_("Nomor keputusan"), rate.decree))
    return facts


def _tables(found: Proposal) -> list[Table]:
    told, basis = found.figures, found.basis_month
    kept = rule().reading(with_unrealised=told["with_unrealised"])
    moved = moved_table(
        list(told["moved"].items()), dict(kept.counted), accounts(), told["distributable_rupiah"],
        span(basis // 100 * 100 + 1, basis),
    )  # fmt: skip
    rows = [
        (_("Disisihkan sebagai cadangan ({share})").format(share=share(told["reserve_ppm"])), rupiah(told["reserve_rupiah"])),
        (_("Untuk peserta menurut aturan"), rupiah(told["for_members_rupiah"])),
        (_("Rata-rata saldo yang berkembang"), rupiah(told["average_rupiah"])),
        (_("Untuk peserta dengan tingkat ini"), rupiah(told["gives_rupiah"])),
        (_("Sudah dikreditkan tahun ini"), rupiah(told["credited_rupiah"])),
        (_("Tinggal di dana"), rupiah(told["kept_rupiah"])),
        (_("Aset bersih sebelum kewajiban kepada peserta"), rupiah(told["net_assets_rupiah"])),
        (_("Saldo peserta"), rupiah(told["members_rupiah"])),
        (_("Kecukupan sebelumnya"), cover(told["coverage_before_ppm"])),
        (_("Kecukupan sesudahnya"), cover(told["coverage_after_ppm"])),
        (
            _("Peserta dengan {rupiah}, setahun").format(rupiah=rupiah(told["member_rupiah"])),
            rupiah(told["member_return_rupiah"]),
        ),
    ]
    columns = [Column(_("Dampak"), lambda row: row[0]), Column(_("Angka"), lambda row: row[1], number=True)]
    return [moved, table(_("Dampak tingkat ini"), columns, rows)]


__all__ = ["listing", "one", "propose"]
