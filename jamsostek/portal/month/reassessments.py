"""Months billed before, looked at again after law or facts changed backwards: asked, previewed, decided by another, made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.collection.actions import reassessment as actions
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.queries import reassessments
from jamsostek.collection.queries.reassessments import FundSum, Item, Sums
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of, span
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.month.runs import home
from jamsostek.portal.officer import frame
from jamsostek.portal.officer.frame import HEAD_OFFICE
from jamsostek.portal.payments.frame import name_of
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Tag, Tile, done, page, paged, table, today
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING, moment
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name

if TYPE_CHECKING:
    from jamsostek.collection.models import Reassessment

MONTHS_BACK = 24
STATES: dict[str, tuple[str, Tone]] = {
    "looking": (N_("Sedang dihitung"), "info"), "ready": (N_("Menunggu keputusan"), "warn"),
    "approved": (N_("Sedang ditagih"), "info"), "refused": (N_("Ditolak"), "plain"), "done": (N_("Selesai"), "good"),
}  # fmt: skip


class AskForm(Form):
    """Which months of which region, and what changed."""

    region = forms.TypedChoiceField(label=N_("Wilayah"), coerce=int)
    first = forms.TypedChoiceField(label=N_("Bulan pertama"), coerce=int)
    last = forms.TypedChoiceField(label=N_("Bulan terakhir"), coerce=int)
    reason = forms.CharField(
        label=N_("Apa yang berubah"), max_length=200, help_text=N_("Peraturan atau kenyataannya. Jangan menulis NIK.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = month_of(today())
        months = [(month, month_words(month)) for month in (add_months(now, -back) for back in range(1, MONTHS_BACK + 1))]
        for name in ("first", "last"):
            self.fields[name].choices = months  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", _("Pilih")), *_regions()]  # type: ignore[attr-defined]


def _regions() -> list[tuple[str, list[tuple[int, str]]]]:
    """Provinces, each with its regencies and cities."""
    below: dict[int, list[tuple[int, str]]] = {code: [(code, one.name)] for code, one in sorted(PROVINCES.items())}
    for code, one in sorted(REGENCIES.items()):
        below[one.province_code].append((code, one.name))
    return [(PROVINCES[code].name, found) for code, found in below.items()]


def _above() -> list[Link]:
    return [frame.home(), home(), Link(_("Penetapan ulang"), reverse("month:reassessments"))]


def _months(one: Reassessment) -> str:
    first, last = one.months[0], one.months[-1]
    if first == last:
        return month_words(first)
    return _("{first} sampai {last}").format(first=month_words(first), last=month_words(last))


def _tag(one: Reassessment) -> Tag:
    if one.problem:
        return Tag(_("Berhenti"), "bad")
    text, tone = STATES[one.state]
    return Tag(_(text), tone)


@door(*HEAD_OFFICE)
def listing(request: HttpRequest) -> HttpResponseBase:
    """Those there were, and asking for one more."""
    last_month = add_months(month_of(today()), -1)
    form = AskForm(request.POST or None, initial={"first": last_month, "last": last_month})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.ask(months=span(given["first"], given["last"]), region_code=given["region"], reason=given["reason"])
        except Refused:
            raise
        except InputError as error:
            field = "first" if error.field == "months" else error.field
            form.refuse(InputError(error.message, field=field, remedy=error.remedy))
        else:
            return done(request, _url(made), _("Sedang dihitung. Halaman ini boleh ditutup."))
    found = paged(request, reassessments.reassessments())
    columns = [
        Column(_("Bulan"), lambda one: Link(_months(one), _url(one))),
        Column(_("Wilayah"), lambda one: regions_name(one.region_code)),
        Column(_("Apa yang berubah"), lambda one: one.reason),
        Column(_("Diminta"), lambda one: moment(one.asked_at)),
        Column(_("Keadaan"), _tag),
    ]
    context = {
        "form": form,
        "table": table(_("Penetapan ulang, yang terbaru di atas"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Belum pernah ada penetapan ulang"), _("Minta di atas bila hukum atau kenyataan berubah mundur.")),
        "back": reverse("month:home"),
    }
    return page(request, "month/reassessments.html", context, title=_("Penetapan ulang"), crumbs=[frame.home(), home()])


def _url(one: Reassessment) -> str:
    return reverse("month:reassessment", args=[one.pk])


# --- one --------------------------------------------------------------------------------------------------------------


@door(*HEAD_OFFICE)
@require_safe
def show(request: HttpRequest, reassessment_id: int) -> HttpResponseBase:
    """What would change, by fund and payer; after the decision, the bills it became."""
    return _page(request, reassessments.reassessment(reassessment_id))


def _page(request: HttpRequest, one: Reassessment, *, problem: str = "", status: int = 200) -> HttpResponseBase:
    found, whole = paged(request, reassessments.items(one)), reassessments.sums(one)
    shown = one.state != "looking"
    own = one.asked_by is not None and one.asked_by == request.user.pk
    context: dict[str, Any] = {
        "one": one,
        "tag": _tag(one),
        "problem": problem,
        "stopped": reassessments.problem_of(one),
        "facts": _facts(one),
        "tiles": _tiles(one, whole) if shown else [],
        "funds": _funds(whole) if shown and whole.payers else None,
        "table": table(_("Menurut pembayar"), _columns(one), reassessments.named(found.rows)) if shown else None,
        "paged": found,
        "empty": Empty(_("Tidak ada yang berubah"), _("Semua tagihan bulan-bulan itu sudah sesuai.")) if shown else None,
        "own": own,
    }
    title = _("Penetapan ulang {months}, {region}").format(months=_months(one), region=regions_name(one.region_code))
    return page(request, "month/reassessment.html", context, title=title, crumbs=_above(), status=status)


def _facts(one: Reassessment) -> list[Fact]:
    found = [Fact(_("Diminta"), f"{name_of(one.asked_by)}, {moment(one.asked_at)}")]
    if one.looked_at is not None:
        found.append(Fact(_("Dihitung pada"), moment(one.looked_at)))
    if one.decided_at is not None:
        found.append(Fact(_("Diputuskan"), f"{name_of(one.decided_by)}, {moment(one.decided_at)}"))
    if one.done_at is not None:
        found.append(Fact(_("Selesai"), moment(one.done_at)))
    return found


def _tiles(one: Reassessment, whole: Sums) -> list[Tile]:
    more, back = sum(fund.more_rupiah for fund in whole.funds), sum(fund.back_rupiah for fund in whole.funds)
    tiles = [
        Tile(_("Tagihan yang berbeda"), format_number(whole.payers), _("pembayar dikali bulan")),
        Tile(_("Ditagih lagi"), format_rupiah(more), tone="warn" if more else "good"),
        Tile(_("Diberikan kembali"), format_rupiah(back), _("mengurangi tagihan lain")),
    ]
    if one.state in ("approved", "done"):
        tiles.append(Tile(_("Tagihan selisih yang dibuat"), format_number(whole.billed), tone="good"))
    if whole.skipped:
        tiles.append(Tile(_("Berubah sejak dilihat"), format_number(whole.skipped), _("minta lagi untuk ini"), tone="warn"))
    return tiles


def _funds(whole: Sums) -> Table:
    columns = [
        Column(_("Dana"), lambda fund: fund.fund.upper()),
        Column(_("Ditagih lagi"), lambda fund: format_rupiah(fund.more_rupiah), number=True),
        Column(_("Diberikan kembali"), lambda fund: format_rupiah(fund.back_rupiah), number=True),
        Column(_("Jumlah bersih"), lambda fund: format_rupiah(fund.more_rupiah - fund.back_rupiah), number=True),
    ]

    def total(fund: FundSum) -> tuple[int, int]:
        return fund.more_rupiah, fund.back_rupiah

    more, back = (sum(part) for part in zip(*map(total, whole.funds), strict=True))
    last = [_("Jumlah"), format_rupiah(more), format_rupiah(back), format_rupiah(more - back)]
    return table(_("Menurut dana"), columns, whole.funds, total=last)


def _columns(one: Reassessment) -> list[Column]:
    def payer(item: Item) -> Link | str:
        if item.payer is None:
            return NOTHING
        if item.row.payer_kind == PayerKind.EMPLOYER:
            return Link(item.payer.name, reverse("officer:employer", args=[item.payer.npp]))  # type: ignore[union-attr]
        return Link(item.payer.name, reverse("officer:sponsor", args=[item.payer.number]))  # type: ignore[union-attr]

    def became(item: Item) -> Link | Tag | str:
        if item.code:
            return Link(_("Lihat tagihan"), reverse("bills:bill", args=[item.code]))
        return Tag(_("Berubah sejak dilihat"), "warn") if item.row.skipped else NOTHING

    def amount(fund: str) -> Any:
        return lambda item: format_rupiah(getattr(item.row, f"{fund}_rupiah"))

    decided = [Column(_("Tagihan selisih"), became)] if one.state in ("approved", "done") else []
    return [
        Column(_("Pembayar"), payer),
        Column(_("Bulan"), lambda item: month_words(item.row.month)),
        Column(_("Orang"), lambda item: format_number(item.row.people), number=True),
        *(Column(fund.upper(), amount(fund), number=True) for fund in reassessments.FUNDS),
        Column(_("Jumlah"), lambda item: format_rupiah(item.total_rupiah), number=True),
        *decided,
    ]


@door(*HEAD_OFFICE)
@require_POST
def decide(request: HttpRequest, reassessment_id: int) -> HttpResponseBase:
    """Yes or no, by another person than the one who asked."""
    approve = request.POST.get("jawaban") == "ya"
    try:
        actions.decide(reassessment_id=reassessment_id, approve=approve, now=timezone.now())
    except Refused:
        raise
    except InputError as error:
        return _page(request, reassessments.reassessment(reassessment_id), problem=str(error), status=409)
    one = reassessments.reassessment(reassessment_id)
    if not approve:
        return done(request, _url(one), _("Ditolak. Tidak ada tagihan yang dibuat."))
    return done(request, _url(one), _("Disetujui. Tagihan selisih sedang dibuat; halaman ini boleh ditutup."))


@door(*HEAD_OFFICE)
@require_POST
def go_on(request: HttpRequest, reassessment_id: int) -> HttpResponseBase:
    """Takes up again what stopped, where it stopped."""
    try:
        actions.go_on(reassessment_id=reassessment_id)
    except Refused:
        raise
    except InputError as error:
        return _page(request, reassessments.reassessment(reassessment_id), problem=str(error), status=409)
    return done(request, _url(reassessments.reassessment(reassessment_id)), _("Dilanjutkan."))
