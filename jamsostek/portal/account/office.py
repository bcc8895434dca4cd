"""An office looks after the accounts of its region: who holds what, new accounts, codes for those locked out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.actions import accounts, codes, grants
from jamsostek.access.authority import gives
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.jobs import mail_code
from jamsostek.access.queries import Account, account, endable, holdings_in_care
from jamsostek.access.roles import ROLES, Kind, Role
from jamsostek.access.scope import current
from jamsostek.access.words import KINDS
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.portal.account.forms import NewAccountForm
from jamsostek.portal.account.shown import code_page, offer
from jamsostek.portal.account.users import confirm_end
from jamsostek.portal.officer.frame import home
from jamsostek.portal.screens import (
    Column,
    Empty,
    Fact,
    Form,
    Link,
    SearchBox,
    Tag,
    done,
    page,
    paged,
    table,
    today,
    url_of,
)  # fmt: skip
from jamsostek.portal.screens.words import moment, month
from jamsostek.registry.queries.targets import number_of

CARERS = (Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE)
GIVERS = (Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE)


class RoleForm(Form):
    """A role, and over what: typed as people know it."""

    role = forms.ChoiceField(label=N_("Peran"))
    over = forms.CharField(
        label=N_("Atas apa"),
        help_text=N_(
            "Nama atau kode wilayah, kode desa, NPP perusahaan, nomor pembayar iuran, nomor peserta, atau kode kantor. "
            "Kosongkan untuk peran nasional."
        ),
        required=False,
        max_length=80,
    )

    def __init__(self, roles: frozenset[Role], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted(((str(role), _(ROLES[role].title)) for role in roles), key=lambda one: one[1])
        offer(self, "role", [("", _("Pilih")), *known])

    def clean(self) -> dict[str, Any]:
        """Finds what was typed among the kinds the role is held over."""
        told = super().clean() or {}
        if not told.get("role"):
            return told
        kinds = ROLES[Role(told["role"])].kinds
        for kind in kinds:
            number = number_of(kind, told.get("over", "")) if told.get("over") or kind == Kind.NATION else None
            if number is not None:
                return {**told, "kind": kind, "target": number}
        wanted = " / ".join(_(KINDS[kind]) for kind in kinds)
        self.add_error("over", _("Tidak ditemukan: {wanted}. Periksa nomor atau kodenya.").format(wanted=wanted))
        return told


class InviteForm(RoleForm, NewAccountForm):
    """A new account."""

    field_order = ("name", "username", "email", "language", "role", "over")


class CodeForm(Form):
    """Which code, and why."""

    way = forms.ChoiceField(label=N_("Kode untuk apa"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=N_("Bagaimana Anda memastikan orangnya?"), help_text=N_("Misalnya: KTP dilihat di loket. Dicatat dalam jejak."),
        max_length=200, min_length=5,
    )  # fmt: skip

    def __init__(self, found: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(codes.PRINTED, _("Kata sandi baru, kode dicetak sekarang"))]
        if found.has_email:
            ways.append((codes.MAILED, _("Kata sandi baru, kode dikirim lewat surel")))
        if found.second_factor:
            ways.append((codes.FACTOR, _("Melepas pengaman kedua: telepon hilang atau rusak")))
        offer(self, "way", ways)


@door(*CARERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Roles within one's care; searching finds all kinds, without a search those over regions and villages are shown."""
    asked = request.GET.get("cari", "").strip()[:60]
    rows = paged(request, holdings_in_care(asked))
    columns = [
        Column(_("Nama"), lambda one: Link(one.name, reverse("account:office_user", args=[one.user_id]))),
        Column(_("Nama pengguna"), lambda one: one.username),
        Column(_("Peran"), lambda one: _(ROLES[Role(one.role)].title)),
        Column(_("Atas"), lambda one: one.over),
        Column(_("Sejak"), lambda one: month(one.from_month)),
    ]
    context = {
        "search": SearchBox(_("Nama atau nama pengguna"), asked, url=request.path),
        "users": table(_("Pengguna"), columns, rows.rows) if rows.rows else None,
        "paged": rows,
        "empty": Empty(_("Tidak ditemukan"), _("Periksa ejaannya; yang di luar wilayah Anda tidak tampak di sini.")),
        "invite": reverse("account:office_invite") if gives(request.scope) else "",  # type: ignore[attr-defined]
        "left_out": "" if asked else _left_out(),
    }
    return page(request, "account/office_users.html", context, title=_("Pengguna"), crumbs=_crumbs()[:-1])


def _left_out() -> str:
    """Which accounts are found by searching only."""
    if current().everyone:
        return _(
            "Tanpa pencarian, daftar ini hanya memuat akun nasional, wilayah, dan kantor. Akun pekerja, perusahaan, pembayar "
            "iuran, dan desa tampak bila nama atau nama penggunanya dicari."
        )
    return _(
        "Tanpa pencarian, daftar ini hanya memuat akun wilayah dan desa. Akun pekerja, perusahaan, pembayar iuran, agen, dan "
        "loket rumah sakit tampak bila nama atau nama penggunanya dicari."
    )


def invite_url(role: Role, over: str) -> str:
    """The way to invite somebody, with the role and what it is over filled in."""
    return f"{reverse('account:office_invite')}?{urlencode({'peran': str(role), 'atas': over})}"


def _crumbs() -> list[Link]:
    return [home(), Link(_("Pengguna"), url_of("account:office_users"))]


@door(*CARERS)
@require_safe
def one(request: HttpRequest, user_id: int) -> HttpResponse:
    """An account: what it holds, and what can be done for it."""
    found = account(user_id, month_of(today()))
    columns = [
        Column(_("Peran"), lambda held: _(ROLES[Role(held.role)].title)),
        Column(_("Atas"), lambda held: held.over),
        Column(_("Sejak"), lambda held: month(held.from_month)),
        Column(_("Diberikan oleh"), lambda held: held.given_by),
        Column("", lambda held: Link(_("Akhiri"), reverse("account:office_end", args=[held.grant_id])) if held.endable else ""),
    ]
    context = {
        "facts": [
            Fact(_("Nama"), found.name),
            Fact(_("Nama pengguna"), found.username),
            Fact(_("Kata sandi"), Tag(_("Dipilih"), "good") if found.started else Tag(_("Belum memakai kodenya"), "warn")),
            Fact(_("Pengaman kedua"), Tag(_("Terpasang"), "good") if found.second_factor else Tag(_("Belum dipasang"), "plain")),
            Fact(_("Terakhir masuk"), moment(found.last_login) if found.last_login else _("Belum pernah")),
        ],
        "grants": table(_("Peran"), columns, found.grants) if found.grants else None,
        "give": reverse("account:office_give", args=[user_id]) if found.gives else "",
        "code": reverse("account:office_code", args=[user_id]) if found.may_code else "",
    }
    return page(request, "account/office_user.html", context, title=found.name, crumbs=_crumbs())


@door(*GIVERS)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Opens an account; the answer is the page with its code."""
    begun = {"role": request.GET.get("peran", ""), "over": request.GET.get("atas", "")[:80]}
    form = InviteForm(gives(request.scope), request.POST or None, initial=begun)  # type: ignore[attr-defined]
    if form.is_valid():
        told = dict(form.cleaned_data)
        told.pop("over")
        try:
            made = accounts.invite(**told, from_month=month_of(today()), now=timezone.now())
        except InputError as error:
            form.refuse(error)
        else:
            return code_page(request, told["name"], made.username, made.code, _crumbs())
    return page(request, "account/invite.html", {"form": form}, title=_("Undang pengguna"), crumbs=_crumbs())


@door(*GIVERS)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, user_id: int) -> HttpResponse:
    """Gives an account one more role."""
    found = account(user_id, month_of(today()))
    form = RoleForm(found.gives, request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            grants.give_grant(
                user_id=user_id, role=told["role"], kind=told["kind"], target=told["target"], from_month=month_of(today())
            )  # fmt: skip
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, _url(user_id), _("Peran diberikan."))
    return page(request, "account/give.html", {"form": form, "name": found.name}, title=_("Beri peran"), crumbs=_below(found))


@door(*GIVERS)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Asks, then ends a role."""
    held = endable(grant_id)
    if request.method == "POST":
        grants.end_grant(grant_id=grant_id, now=timezone.now())
        return done(request, _url(held.user_id), _("Peran {name} diakhiri.").format(name=held.name))
    return confirm_end(request, held, Link(_("Kembali"), _url(held.user_id)), _crumbs())


@door(*GIVERS)
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, user_id: int) -> HttpResponse:
    """A code for somebody who stands before the officer, or a mail."""
    found = account(user_id, month_of(today()))
    if not found.may_code:
        raise not_yours(_("Akun ini tidak ada, atau di luar kewenangan Anda."))
    form = CodeForm(found, request.POST or None, initial={"way": codes.PRINTED})
    if form.is_valid():
        try:
            return _issued(request, found, **form.cleaned_data)
        except InputError as error:
            form.refuse(error)
    return page(
        request, "account/office_code.html", {"form": form, "name": found.name}, title=_("Buat kode"), crumbs=_below(found)
    )


def _issued(request: HttpRequest, found: Account, way: str, reason: str) -> HttpResponse:
    now = timezone.now()
    if way == codes.MAILED:
        codes.check_mailable(user_id=found.id, now=now)
        mail_code.defer(user_id=found.id, made_by=request.user.pk)
        return done(request, _url(found.id), _("Kode dikirim ke surelnya dalam beberapa menit."))
    factor = way == codes.FACTOR
    make = codes.issue_factor_code if factor else codes.issue_code
    made = make(user_id=found.id, now=now, reason=reason)
    return code_page(request, found.name, found.username, made, _below(found), factor=factor)


def _url(user_id: int) -> str:
    return reverse("account:office_user", args=[user_id])


def _below(found: Account) -> list[Link]:
    return [*_crumbs(), Link(found.name, _url(found.id))]
