"""Rights that go on, at an office: the list, and one of them with all that became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.choices import PayoutState
from jamsostek.claims.models import Benefit
from jamsostek.claims.queries import rights
from jamsostek.claims.queries.desk import may
from jamsostek.claims.queries.explained import key_of
from jamsostek.claims.queries.rights import Right
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.payouts import words
from jamsostek.portal.payouts.frame import (
    ASSESSORS,
    RIGHT_READERS,
    FilterForm,
    above_right,
    choices,
    claim_link,
    first,
    name_of,
    right_tabs,
    screen,
)
from jamsostek.portal.screens import Column, Empty, Fact, Link, Tag, export, paged, table, today, with_query
from jamsostek.portal.screens.words import NOTHING, date, moment
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name

EXPORTED = 20_000
LISTED, TAKEN = "daftar hak yang dibayar", "unduh hak yang dibayar"


class RightsForm(FilterForm):
    """What is shown."""

    jenis = forms.ChoiceField(
        label=N_("Jenis"), choices=choices({name: told[0] for name, told in rights.KINDS.items()}), required=False
    )
    keadaan = forms.ChoiceField(label=N_("Keadaan"), choices=choices(rights.STATES), required=False)
    wilayah = forms.ChoiceField(label=N_("Wilayah"), required=False)
    bukti = forms.BooleanField(label=N_("Hanya yang buktinya menunggu diperiksa"), required=False)

    def __init__(self, data: Any, regions: Sequence[int]) -> None:
        super().__init__(data)
        if len(regions) > 1:
            named = sorted((regions_name(code), str(code)) for code in regions)
            self.fields["wilayah"].choices = [("", _("Semua")), *((code, name) for name, code in named)]  # type: ignore[attr-defined]
        else:
            del self.fields["wilayah"]

    def rows(self) -> Any:
        """What is asked for."""
        told = self.asked()
        region = told.get("wilayah")
        return rights.all_rights(
            kind=told["jenis"], state=told["keadaan"], region=int(region) if region else None, wanted=bool(told["bukti"])
        )


@door(*RIGHT_READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The newest first."""
    form = RightsForm(request.GET, rights.regions())
    found = paged(request, form.rows())
    rights.looked(found.rows, reason=LISTED)
    narrowed = any(form.asked().values())
    take = current().may(Can.EXPORT_PEOPLE)
    context = {
        "tabs": right_tabs("home"),
        "filter": form,
        "narrowed": narrowed,
        "everything": reverse("rights:home"),
        "table": table(_("Hak yang dibayar terus, yang terbaru di atas"), columns(), found.rows),
        "paged": found,
        "export_url": f"{reverse('rights:file')}{with_query(request, hal=None)}" if take else "",
        "empty": Empty(_("Tidak ada hak seperti itu"), _("Ubah saringannya."))
        if narrowed
        else Empty(
            _("Belum ada hak yang dibayar terus"), _("Pensiun, beasiswa, dan uang tunai JKP tampak di sini sesudah disetujui.")
        ),
    }
    return screen(request, "payouts/list.html", context, title=_("Hak yang dibayar terus"), crumbs=first())


def link(row: Benefit) -> Link:
    """A right's page."""
    return Link(rights.title(row), reverse("rights:right", args=[row.pk]))


def whole_link(row: Benefit) -> Link:
    """The same with the receiver's name."""
    return Link(words.right_title(row), reverse("rights:right", args=[row.pk]))


def columns() -> list[Column]:
    """What a list tells of a right."""
    return [
        Column(_("Hak"), link),
        Column(_("Penerima"), lambda one: one.party.name),
        Column(_("Klaim"), lambda one: claim_link(one.claim)),
        Column(_("Besarnya"), words.amount),
        Column(_("Bulan berlakunya"), words.months),
        Column(_("Keadaan"), words.right_tag),
        Column(_("Terbukti sampai"), lambda one: month_words(one.proof_until) if one.proof_until else NOTHING),
    ]


@door(*ASSESSORS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The same as a file."""
    current().need(Can.EXPORT_PEOPLE)
    found = list(RightsForm(request.GET, rights.regions()).rows()[:EXPORTED])
    rights.looked(found, reason=TAKEN)
    headings = [
        _("Hak"), _("Penerima"), _("Nomor klaim"), _("Kode wilayah"), _("Wilayah"), _("Rupiah"), _("Dari bulan"),
        _("Sampai bulan"), _("Keadaan"), _("Sebabnya"), _("Terbukti sampai"),
    ]  # fmt: skip

    def line(one: Benefit) -> Sequence[Any]:
        return [
            rights.title(one), one.party.name, format_public("claim", one.claim.number), one.regency_code,
            regions_name(one.regency_code), one.rupiah, one.from_month, one.last_month, words.right_tag(one).text,
            words.because(one.because), one.proof_until,
        ]  # fmt: skip

    return export(request, _("hak-yang-dibayar"), headings, map(line, found))


# --- one ----------------------------------------------------------------------------------------------------------------


@door(*RIGHT_READERS)
@require_safe
def show(request: HttpRequest, benefit_id: int) -> HttpResponseBase:
    """All about one."""
    found = rights.right(benefit_id)
    row = found.benefit
    works = may(found.claim, Can.ASSESS_CLAIM)
    context = {
        "tag": words.right_tag(row),
        "facts": _facts(found),
        "notice": _waits(found),
        "tables": [one for one in (_proofs(found), _paid(found), _overpaid(found), _changes(found)) if one],
        "ways": _ways(found) if works and row.state != "ended" else _after(found),
    }
    return screen(request, "payouts/right.html", context, title=words.right_title(row), crumbs=above_right())


def _facts(found: Right) -> list[Fact]:
    row, told = found.benefit, rights.wanted(found.benefit, today())
    facts = [
        Fact(_("Klaim"), claim_link(found.claim)),
        Fact(_("Penerima"), found.party.name),
        Fact(_("Besarnya"), words.amount(row)),
        Fact(_("Bulan berlakunya"), words.months(row)),
        Fact(_("Dana"), words.fund(row.fund)),
        Fact(_("Wilayah"), regions_name(row.regency_code)),
    ]
    if row.because:
        facts.append(Fact(_("Sebabnya"), words.because(row.because)))
    if row.follows_id is not None:
        facts.append(Fact(_("Meneruskan"), link(rights.benefit(row.follows_id))))
    facts += [Fact(_("Diteruskan oleh"), link(one)) for one in rights.followers(row)]
    if row.proof_until:
        facts.append(Fact(_("Terbukti sampai"), month_words(row.proof_until)))
    if told is not None:
        facts.append(Fact(_("Bukti berikutnya"), wanted_words(told)))
    return facts


def wanted_words(told: rights.Wanted) -> str:
    """Which proof is wanted next, and by when."""
    kind = _(words.PROOFS[told.kind])
    if told.given is not None:
        return _("{proof}, {month}: sudah diberikan, menunggu diperiksa").format(proof=kind, month=month_words(told.given.month))
    if told.by is None:
        return kind
    return _("{proof}, paling lambat {day}").format(proof=kind, day=date(told.by))


def _waits(found: Right) -> str:
    """What stands still, and what would move it."""
    row = found.benefit
    if row.state == "suspended":
        return _("Pembayaran ditunda: {why}. Begitu buktinya diterima, bulan yang tertunda dibayar sekaligus.").format(
            why=words.because(row.because)
        )
    told = rights.wanted(row, today())
    if told is not None and told.late(today()):
        return _("Bukti yang diminta sudah lewat harinya.")
    return ""


def _ways(found: Right) -> list[Link]:
    row = found.benefit
    made = []
    if found.waiting is not None:
        made.append(Link(_("Periksa buktinya"), reverse("rights:proof", args=[found.waiting.pk])))
    else:
        made.append(Link(_("Catat bukti di loket"), reverse("rights:give", args=[row.pk])))
    return [*made, Link(_("Akhiri hak ini"), reverse("rights:end", args=[row.pk]))]


def _after(found: Right) -> list[Link]:
    """What may be done with one that ended."""
    if not may(found.claim, Can.DECIDE_CLAIM) or not rights.may_follow(found.benefit):
        return []
    return [Link(_("Teruskan kepada anak"), reverse("rights:follow", args=[found.benefit.pk]))]


def _proofs(found: Right) -> Any:
    columns = [
        Column(_("Bulan"), words.proof_month),
        Column(_("Bukti"), lambda one: Link(_(words.PROOFS[one.kind]), reverse("rights:proof", args=[one.pk]))),
        Column(_("Yang dikatakan"), words.proof_told),
        Column(_("Diberikan"), lambda one: f"{name_of(found.users, one.given_by)}, {date(one.given_on)}"),
        Column(_("Hasil"), words.proof_tag),
        Column(_("Membawa"), lambda one: format_rupiah(one.rupiah) if one.rupiah else "", number=True),
        Column(_("Alasan"), lambda one: one.reason),
    ]
    return table(_("Bukti"), columns, found.proofs) if found.proofs else None


def _paid(found: Right) -> Any:
    number = found.claim.number
    columns = [
        Column(_("Bulan"), lambda one: Link(month_words(one.month), reverse("claims:amount", args=[number, key_of(one)]))),
        Column(_("Jumlah"), lambda one: format_rupiah(one.gross_rupiah - one.tax_rupiah), number=True),
        Column(_("Hari bayar"), lambda one: date(one.due_on)),
        Column(_("Keadaan"), lambda one: words.money_tag(PayoutState(one.state))),
        Column(_("Masuk pada"), lambda one: date(one.paid_on) if one.paid_on else ""),
    ]
    rows = found.payouts
    total = sum(one.gross_rupiah - one.tax_rupiah for one in rows if one.state == PayoutState.PAID)
    cells = [_("Sudah masuk"), format_rupiah(total), "", "", ""]
    return table(_("Bulan yang dibayar"), columns, rows, total=cells) if rows else None


def _overpaid(found: Right) -> Any:
    return overpaid_table(found.overpaid) if found.overpaid else None


def overpaid_table(rows: Iterable[Any]) -> Any:
    """What was paid and was not owed, and what came back of it."""

    def left(one: Any) -> Tag | str:
        still = one.rupiah - one.recovered_rupiah
        return format_rupiah(still) if still else Tag(_("Sudah kembali semua"), "good")

    columns = [
        Column(_("Dicatat"), lambda one: Link(date(one.made_on), reverse("rights:overpayment", args=[one.pk]))),
        Column(_("Dari"), lambda one: one.party.name),
        Column(_("Klaim"), lambda one: claim_link(one.claim)),
        Column(_("Kelebihan"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Sudah kembali"), lambda one: format_rupiah(one.recovered_rupiah), number=True),
        Column(_("Masih harus kembali"), left, number=True),
        Column(_("Sebabnya"), lambda one: words.because(one.because)),
    ]
    return table(_("Kelebihan bayar"), columns, rows)


def _changes(found: Right) -> Any:
    columns = [
        Column(_("Yang terjadi"), words.change_title),
        Column(_("Mulai bulan"), lambda one: month_words(one.from_month)),
        Column(_("Sebelumnya"), lambda one: format_rupiah(one.was_rupiah), number=True),
        Column(_("Sesudahnya"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Sebabnya"), lambda one: words.because(one.because)),
        Column(_("Oleh"), lambda one: f"{name_of(found.users, one.by)}, {moment(one.at)}"),
    ]
    return table(_("Perubahan"), columns, found.changes) if found.changes else None
