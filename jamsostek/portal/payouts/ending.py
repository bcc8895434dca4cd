"""A right that ends, with what that asks back; and overpayments, with what came back of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.actions import rights as actions
from jamsostek.claims.actions.common import place_of
from jamsostek.claims.choices import PayoutState
from jamsostek.claims.models import Benefit, Overpaid
from jamsostek.claims.queries import rights
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.asking import Answers, Ask, ask
from jamsostek.portal.officer.frame import DECIDERS
from jamsostek.portal.payouts import words
from jamsostek.portal.payouts.frame import (
    ASSESSORS,
    RIGHT_READERS,
    above_right,
    base,
    claim_link,
    may_pay,
    right_tabs,
    screen,
    who,
)
from jamsostek.portal.payouts.rights import LISTED, overpaid_table
from jamsostek.portal.payouts.rights import whole_link as right_link
from jamsostek.portal.screens import Empty, Fact, Form, Link, MoneyField, MonthField, done, paged, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words


class EndForm(Form):
    """The last month, and why."""

    last_month = MonthField(label=N_("Bulan terakhir yang masih menjadi haknya"))
    because = forms.CharField(
        label=N_("Alasan"), max_length=200,
        help_text=N_("Misalnya meninggal, menikah lagi, sudah bekerja. Penerima dan ahli warisnya membaca alasan ini."),
    )  # fmt: skip


@door(*ASSESSORS)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, benefit_id: int) -> HttpResponseBase:
    """Ends a right, after a look at what it would ask back."""
    row = rights.benefit(benefit_id)
    current().need(Can.ASSESS_CLAIM, place_of(row.claim))
    rights.looked([row], reason=LISTED)
    here = reverse("rights:right", args=[row.pk])
    before = {one.pk: one.state for one in rights.right(row.pk).payouts}
    seen: dict[str, Any] = {}

    def act(told: Answers) -> Benefit:
        if row.state == "ended":
            raise InputError(_("Hak ini sudah berakhir."), remedy=_("Lihat alasannya di riwayatnya."))
        made = actions.end(benefit_id=row.pk, last_month=told["last_month"], because=told["because"], today=today())
        after = rights.right(row.pk)
        dropped = [
            one for one in after.payouts
            if one.state == PayoutState.CANCELLED and before.get(one.pk) != PayoutState.CANCELLED
        ]  # fmt: skip
        seen.update(dropped=dropped, back=after.overpaid[-1] if after.overpaid else None)
        return made

    def facts(told: Answers) -> list[Fact]:
        dropped, back = seen["dropped"], seen["back"]
        found = [
            Fact(_("Hak"), words.right_title(row)),
            Fact(_("Bulan terakhir"), month_words(told["last_month"])),
            Fact(_("Alasan"), told["because"]),
            Fact(_("Yang belum dibayar dan dibatalkan"), _amount(len(dropped), sum(one.gross_rupiah for one in dropped))),
        ]
        asked = format_rupiah(back.rupiah) if back is not None else _("tidak ada")
        return [*found, Fact(_("Yang sudah dibayar dan diminta kembali"), asked)]

    asked = Ask(
        title=_("Akhiri hak: {title}").format(title=words.right_title(row)),
        crumbs=above_right(Link(words.right_title(row), here)),
        yes=_("Akhiri hak ini"),
        act=act,
        done=lambda _made, _told: done(request, here, _("Hak diakhiri.")),
        facts=facts,
        text=_("Yang sudah dibayar untuk bulan sesudahnya diminta kembali. Hak yang berakhir tidak dapat dibuka lagi."),
        danger=True,
        base=base(),
    )
    initial = {"last_month": month_of(today())}
    return ask(request, EndForm(request.POST if request.method == "POST" else None, initial=initial), asked)


def _amount(count: int, rupiah: int) -> str:
    if not count:
        return _("tidak ada")
    return _("{count} bulan, {rupiah}").format(count=format_number(count), rupiah=format_rupiah(rupiah))


# --- who goes on with it ----------------------------------------------------------------------------------------------------


class FollowForm(Form):
    """Which children."""

    children = forms.MultipleChoiceField(label=N_("Anak yang meneruskan"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, row: Benefit, data: Any) -> None:
        super().__init__(data)
        named = [
            (str(one.pk), f"{one.name}, {date(one.birth_date)}" if one.birth_date else one.name) for one in rights.may_follow(row)
        ]
        self.fields["children"].choices = named  # type: ignore[attr-defined]


@door(*DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, benefit_id: int) -> HttpResponseBase:
    """A widow's or widower's pension that ended goes on to the children."""
    row = rights.benefit(benefit_id)
    current().need(Can.DECIDE_CLAIM, place_of(row.claim))
    rights.looked([row], reason=LISTED)
    here = reverse("rights:right", args=[row.pk])
    seen: dict[str, Any] = {}

    def act(told: Answers) -> list[Benefit]:
        made = actions.succeed(benefit_id=row.pk, party_ids=[int(one) for one in told["children"]], today=today())
        seen["made"] = made
        return made

    def facts(_told: Answers) -> list[Fact]:
        return [
            Fact(one.party.name, _("{rupiah} sebulan mulai {month}").format(
                rupiah=format_rupiah(one.rupiah), month=month_words(one.from_month)
            ))
            for one in seen["made"]
        ]  # fmt: skip

    asked = Ask(
        title=_("Teruskan kepada anak: {title}").format(title=words.right_title(row)),
        crumbs=above_right(Link(words.right_title(row), here)),
        yes=_("Teruskan kepada anak"),
        act=act,
        done=lambda _made, _told: done(request, here, _("Pensiun diteruskan kepada anak.")),
        facts=facts,
        text=_("Bagian anak setengah dari pensiun terakhir, satu untuk semua anak bersama (PP 45/2015 Pasal 14 dan 22)."),
        base=base(),
    )
    return ask(request, FollowForm(row, request.POST if request.method == "POST" else None), asked)


# --- what came back -------------------------------------------------------------------------------------------------------


@door(*RIGHT_READERS)
@require_safe
def overpayments(request: HttpRequest) -> HttpResponseBase:
    """What has not all come back, the newest first; `?semua=1` with the rest."""
    everything = request.GET.get("semua") == "1"
    found = paged(request, rights.overpayments(unsettled=not everything))
    rights.looked([one.benefit for one in found.rows if one.benefit is not None], reason=LISTED)
    here = reverse("rights:overpaid")
    other = Link(_("Hanya yang belum kembali"), here) if everything else Link(_("Juga yang sudah kembali"), f"{here}?semua=1")
    context = {
        "tabs": right_tabs("overpaid"),
        "table": overpaid_table(found.rows),
        "paged": found,
        "ways": [other],
        "empty": Empty(_("Tidak ada kelebihan bayar"), _("Muncul bila hak berakhir sesudah bulannya dibayar."), other),
    }
    return screen(request, "payouts/list.html", context, title=_("Kelebihan bayar"), crumbs=above_right())


class BackForm(Form):
    """What came in."""

    rupiah = MoneyField(label=N_("Jumlah yang diterima"), least=1)
    reference = forms.CharField(
        label=N_("Nomor bukti setor"), max_length=60, help_text=N_("Bukti yang sama tidak terhitung dua kali.")
    )


@door(*RIGHT_READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def overpayment(request: HttpRequest, overpaid_id: int) -> HttpResponseBase:
    """One of them; who pays records what came back."""
    row = rights.overpayment(overpaid_id)
    if row.benefit is not None:
        rights.looked([row.benefit], reason=LISTED)
    crumbs = above_right(Link(_("Kelebihan bayar"), reverse("rights:overpaid")))
    left = row.rupiah - row.recovered_rupiah
    if request.method == "POST":
        current().need(Can.PAY_CLAIMS)

        def act(told: Answers) -> Overpaid:
            return actions.recovered(
                overpaid_id=row.pk, rupiah=told["rupiah"], reference=told["reference"], today=today()
            )  # fmt: skip

        def facts(told: Answers) -> list[Fact]:
            return [
                Fact(_("Dari"), row.party.name),
                Fact(_("Diterima"), format_rupiah(told["rupiah"])),
                Fact(_("Nomor bukti setor"), words.reference(told["reference"])),
            ]

        asked = Ask(
            title=_("Catat uang kembali"), crumbs=[*crumbs, Link(row.party.name, request.path)], yes=_("Catat"), act=act,
            done=lambda _made, _told: done(request, request.path, _("Uang kembali dicatat.")), facts=facts, base=base(),
        )  # fmt: skip
        return ask(request, BackForm(request.POST), asked)
    context = {
        "facts": [
            Fact(_("Dari"), row.party.name),
            Fact(_("Klaim"), claim_link(row.claim)),
            *([Fact(_("Hak"), right_link(row.benefit))] if row.benefit else []),
            Fact(_("Dana"), words.fund(row.fund)),
            Fact(_("Kelebihan"), format_rupiah(row.rupiah)),
            Fact(_("Sudah kembali"), format_rupiah(row.recovered_rupiah)),
            Fact(_("Masih harus kembali"), format_rupiah(left)),
            Fact(_("Sebabnya"), words.because(row.because)),
            Fact(_("Dicatat"), f"{who(row.made_by)}, {date(row.made_on)}"),
        ],
        "form": BackForm() if left and may_pay() else None,
        "yes": _("Lanjut"),
        "back": reverse("rights:overpaid"),
    }  # fmt: skip
    title = _("Kelebihan bayar {rupiah}").format(rupiah=format_rupiah(row.rupiah))
    return screen(request, "payouts/form.html", context, title=title, crumbs=crumbs)
