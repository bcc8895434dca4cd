"""One payer's arrears: unpaid bills by programme, the fine so far, fines assessed, agreements and cases; and assessing a fine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.collection import codes
from jamsostek.collection.actions import arrears as actions
from jamsostek.collection.queries import arrears, compliance
from jamsostek.collection.queries.arrears import Unsettled
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.portal.arrears import frame
from jamsostek.portal.arrears.frame import OFFICERS, PROGRAMMES
from jamsostek.portal.officer.asking import Ask, ReasonForm, ask
from jamsostek.portal.officer.employers import employer_of
from jamsostek.portal.screens import Column, Empty, Fact, Link, Tile, done, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words

if TYPE_CHECKING:
    from jamsostek.collection.models import Fine
    from jamsostek.registry.models import Employer, Sponsor


@door(*OFFICERS)
@require_safe
def employer(request: HttpRequest, npp: str) -> HttpResponseBase:
    """An employer's."""
    one = employer_of(npp)
    found = arrears.of_payer(today(), employer_id=one.pk)
    chases = current().may(Can.CHASE_ARREARS, Place(employer=one.pk, regency=one.regency_code))
    late = any(each.overdue_rupiah for each in found)
    cases = list(arrears.cases(employer_id=one.pk))
    ways = [
        Link(_("Usulkan angsuran"), reverse("arrears:propose", args=[npp])),
        Link(_("Buka kasus sanksi"), reverse("arrears:open", args=[npp])),
    ] if late and chases else []  # fmt: skip
    ways += [Link(_("Tagih denda yang terlambat dibayar"), reverse("arrears:assess", args=[npp]))] if chases else []
    ways += [Link(_("Bandingkan daftar lain"), reverse("arrears:compare", args=[npp]))] if chases else []
    context = {
        "estimate": sum(each.estimate_rupiah for each in found),
        "fines": _fines(list(arrears.fines_of(one.pk)[:50])),
        "cases": _cases(cases),
        "findings": _findings(one),
        "ways": ways,
        "account": reverse("statements:employer", args=[npp]),
        "bills": reverse("officer:employer_bills", args=[npp]),
    }
    return _page(request, one, found, context)


@door(*OFFICERS)
@require_safe
def sponsor(request: HttpRequest, number: str) -> HttpResponseBase:
    """A sponsor's: no fines and no sanctions, for the law knows none (interpretation 83)."""
    one = frame.sponsor_of(number)
    found = arrears.of_payer(today(), sponsor_id=one.pk)
    late = any(each.overdue_rupiah for each in found)
    context = {
        "ways": [Link(_("Usulkan angsuran"), reverse("arrears:propose_sponsor", args=[number]))] if late else [],
        "account": reverse("statements:sponsor", args=[number]),
        "bills": reverse("officer:sponsor_bills", args=[number]),
    }
    return _page(request, one, found, context)


def _page(request: HttpRequest, one: Employer | Sponsor, found: list[Unsettled], more: dict[str, Any]) -> HttpResponseBase:
    late, owed = sum(each.overdue_rupiah for each in found), sum(each.rupiah for each in found)
    months = max((part.months for each in found for part in each.parts), default=0)
    estimate = more.get("estimate", 0)
    tiles = [
        Tile(
            _("Lewat jatuh tempo"),
            format_rupiah(late),
            frame.months_words(months) if late else "",
            tone="bad" if late else "good",
        ),
        Tile(_("Belum dibayar"), format_rupiah(owed), _("{count} tagihan").format(count=format_number(len(found)))),
    ]
    if "estimate" in more:
        tiles.append(Tile(_("Denda sampai hari ini"), format_rupiah(estimate), _("perkiraan, bila dibayar hari ini")))
    kind = "employer_id" if hasattr(one, "npp") else "sponsor_id"
    context = {
        "payer": one,
        "number": frame.number_words(one),
        "tiles": tiles,
        "unpaid": _unpaid(found) if found else None,
        "agreements": _agreements(list(arrears.agreements(**{kind: one.pk}))),
        "empty": Empty(_("Tidak menunggak"), _("Tidak ada tagihan yang belum dibayar.")),
        **more,
    }
    title = _("Tunggakan {name}").format(name=one.name)
    return frame.office_page(request, "arrears/payer.html", context, title=title, crumbs=frame.above())


def _unpaid(found: list[Unsettled]) -> Table:
    def parts(one: Unsettled) -> str:
        told = [f"{_(PROGRAMMES[part.programme])} {format_number(part.rupiah)}" for part in one.parts]
        return ", ".join([*told, *([f"{_('Denda')} {format_number(one.fine_rupiah)}"] if one.fine_rupiah else [])])

    def bill(one: Unsettled) -> Link:
        return Link(month_words(one.bill.from_month), reverse("bills:bill", args=[codes.code_of(one.bill.number)]))

    columns = [
        Column(_("Bulan"), bill),
        Column(_("Jatuh tempo"), lambda one: date(one.bill.due_on)),
        Column(_("Terlambat"), lambda one: frame.months_words(max((part.months for part in one.parts), default=0))),
        Column(_("Program"), parts),
        Column(_("Belum dibayar"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Denda sampai hari ini"), lambda one: format_rupiah(one.estimate_rupiah), number=True),
    ]
    return table(_("Tagihan yang belum dibayar"), columns, found)


def _fines(found: list[Fine]) -> Table | None:
    columns = [
        Column(_("Bulan"), lambda one: month_words(one.month)),
        Column(_("Program"), lambda one: one.programme.upper()),
        Column(_("Dibayar"), lambda one: date(one.paid_on)),
        Column(_("Dasar"), lambda one: format_rupiah(one.base_rupiah), number=True),
        Column(_("Terlambat"), lambda one: frame.months_words(one.months)),
        Column(_("Denda"), lambda one: format_rupiah(one.rupiah), number=True),
    ]
    return table(_("Denda yang sudah ditetapkan"), columns, found) if found else None


def _agreements(found: list[Any]) -> Table | None:
    def link(one: Any) -> Link:
        return Link(date(one.proposed_on), reverse("arrears:agreement", args=[one.pk]))

    columns = [
        Column(_("Diusulkan"), link),
        Column(_("Jumlah"), lambda one: format_rupiah(one.total_rupiah), number=True),
        Column(_("Keadaan"), lambda one: frame.state_tag(arrears.kept(one, today()).state)),
    ]
    return table(_("Kesepakatan angsuran"), columns, found) if found else None


def _cases(found: list[Any]) -> Table | None:
    columns = [
        Column(_("Kasus"), lambda one: Link(case_title(one), reverse("arrears:case", args=[one.pk]))),
        Column(_("Dibuka"), lambda one: date(one.opened_on)),
        Column(_("Keadaan"), lambda one: frame.act_tag(arrears.standing(one, today()).act)),
    ]
    return table(_("Kasus sanksi"), columns, found) if found else None


def case_title(case: Any) -> str:
    """A case in a word."""
    return _("Kasus {number}: {cause}").format(
        number=case.pk, cause=_("tunggakan") if case.cause == "arrears" else _("temuan kepatuhan")
    )


def _findings(one: Employer) -> Table | None:
    from jamsostek.collection.actions.arrears.findings import KINDS, OUTCOMES

    found = list(compliance.findings(open_only=False, employer_id=one.pk)[:20])
    columns = [
        Column(_("Temuan"), lambda each: Link(_(KINDS[each.kind]), reverse("arrears:finding", args=[each.pk]))),
        Column(_("Bulan"), lambda each: month_words(each.month)),
        Column(_("Hasil"), lambda each: _(OUTCOMES[each.outcome]) if each.outcome else _("Menunggu")),
    ]
    return table(_("Temuan kepatuhan"), columns, found) if found else None


@door(*OFFICERS)
def assess(request: HttpRequest, npp: str) -> HttpResponseBase:
    """Bills the fines on what was paid late and not fined yet; looked at before."""
    one = employer_of(npp)
    back = reverse("arrears:employer", args=[npp])
    seen: dict[str, Any] = {}

    def act(_told: Any) -> Any:
        seen["bill"] = actions.assess(employer_id=one.pk, today=today())
        return seen["bill"]

    def facts(_told: Any) -> list[Fact]:
        bill = seen.get("bill")
        if bill is None:
            return [Fact(_("Denda baru"), _("Tidak ada: semua sudah ditetapkan, atau dibayar tepat waktu."))]
        told = [
            Fact(_(PROGRAMMES[name]), format_rupiah(rupiah))
            for name in ("jkk", "jkm", "jht", "jp")
            if (rupiah := getattr(bill, f"fine_{name}_rupiah"))
        ]
        return [*told, Fact(_("Jumlah denda"), format_rupiah(bill.total_rupiah)), Fact(_("Jatuh tempo"), date(bill.due_on))]

    def after(bill: Any, _told: Any) -> HttpResponseBase:
        if bill is None:
            return done(request, back, _("Tidak ada denda baru."))
        return done(request, back, _("Denda {rupiah} ditagih.").format(rupiah=format_rupiah(bill.total_rupiah)))

    it = Ask(
        title=_("Tagih denda"), crumbs=[*frame.above(frame.employer_link(one))], yes=_("Tagih"), about=one.name, act=act,
        facts=facts, done=after,
        text=_("Dua persen sebulan dari yang terlambat dibayar, setiap bulan yang mulai; bulan pandemi setengah persen."),
    )  # fmt: skip
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = _("Perusahaan dapat membaca alasan ini.")
    return ask(request, form, it)
