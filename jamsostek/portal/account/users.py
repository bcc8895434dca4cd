"""Who may work for an employer or a sponsor: its approver gives and ends the roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.actions import accounts, codes, grants
from jamsostek.access.errors import not_yours
from jamsostek.access.queries import Holding, holdings_over, user_named
from jamsostek.access.roles import ROLES, Can, Kind, Role
from jamsostek.access.targets import find
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.portal.account.forms import NewAccountForm
from jamsostek.portal.account.shown import code_page, offer
from jamsostek.portal.screens import Column, Confirm, Empty, Fact, Form, Link, Tag, done, page, table, today, url_of
from jamsostek.portal.screens.words import month


@dataclass(frozen=True)
class Audience:
    """An employer's or a sponsor's pages: `name` begins the names of their addresses."""

    name: str
    kind: Kind
    roles: tuple[Role, ...]
    title: str

    def url(self, page_name: str, *args: int) -> str:
        """The address of one of its pages."""
        return reverse(f"account:{self.name}_{page_name}", args=args)


EMPLOYER = Audience(
    "employer", Kind.EMPLOYER, (Role.EMPLOYER_CLERK, Role.EMPLOYER_APPROVER), N_("Pengguna perusahaan")
)  # fmt: skip
SPONSOR = Audience("sponsor", Kind.SPONSOR, (Role.SPONSOR_CLERK, Role.SPONSOR_APPROVER), N_("Pengguna pembayar iuran"))


class RoleForm(Form):
    """A role over one of the payers that the reader is approver of."""

    role = forms.ChoiceField(label=N_("Peran"), widget=forms.RadioSelect)
    target = forms.ChoiceField(label=N_("Untuk"))

    def __init__(self, audience: Audience, payers: dict[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", [(str(role), _(ROLES[role].title)) for role in audience.roles])
        offer(self, "target", sorted(((str(number), name) for number, name in payers.items()), key=lambda one: one[1]))
        if len(payers) == 1:
            self.fields["target"].widget = forms.HiddenInput()
            self.fields["target"].initial = next(iter(payers))


class InviteForm(RoleForm, NewAccountForm):
    """Somebody who has no account yet."""

    field_order = ("name", "username", "email", "language", "role", "target")


class GiveForm(RoleForm):
    """Somebody who has an account already."""

    username = forms.CharField(
        label=N_("Nama pengguna"), help_text=N_("Tepat seperti yang ia pakai untuk masuk."), max_length=60
    )  # fmt: skip
    field_order = ("username", "role", "target")


@require_safe
def listing(request: HttpRequest, audience: Audience) -> HttpResponse:
    """Everybody who holds a role there."""
    found = holdings_over(audience.kind)
    several = len({one.target for one in found}) > 1
    columns = [
        Column(_("Nama"), lambda one: one.name),
        Column(_("Nama pengguna"), lambda one: one.username),
        Column(_("Peran"), lambda one: _(ROLES[Role(one.role)].title)),
        *([Column(_("Untuk"), lambda one: one.over)] if several else []),
        Column(_("Sejak"), lambda one: month(one.from_month)),
        Column(_("Keadaan"), _state),
        Column(_("Kode"), lambda one: _code_link(audience, one)),
        Column("", lambda one: Link(_("Akhiri"), audience.url("user_end", one.grant_id)) if one.endable else ""),
    ]
    context = {
        "users": table(_(audience.title), columns, found) if found else None,
        "empty": Empty(_("Belum ada pengguna lain"), _("Undang orang yang mengurus upah dan pekerja.")),
        "invite": audience.url("user_invite"),
        "give": audience.url("user_give"),
    }
    return page(request, "account/users.html", context, title=_(audience.title), crumbs=_crumbs(audience)[:-1])


def _state(one: Holding) -> Tag:
    return Tag(_("Aktif"), "good") if one.started else Tag(_("Belum memakai kodenya"), "warn")


def _code_link(audience: Audience, one: Holding) -> Link | str:
    return "" if one.started or not one.endable else Link(_("Kode baru"), audience.url("user_code", one.grant_id))


def _crumbs(audience: Audience) -> list[Link]:
    home = url_of(f"{audience.name}:home")
    above = [Link(_("Beranda"), home)] if home else []
    return [*above, Link(_(audience.title), audience.url("users"))]


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, audience: Audience) -> HttpResponse:
    """Opens an account; the answer is the page with its code."""
    form = InviteForm(audience, _payers(request, audience), request.POST or None)
    if form.is_valid():
        told = dict(form.cleaned_data)
        target = int(told.pop("target"))
        try:
            made = accounts.invite(
                **told, kind=audience.kind, target=target, from_month=month_of(today()), now=timezone.now()
            )  # fmt: skip
        except InputError as error:
            form.refuse(error)
        else:
            return code_page(request, told["name"], made.username, made.code, _crumbs(audience))
    context = {"form": form, "give": audience.url("user_give")}
    return page(request, "account/invite.html", context, title=_("Undang pengguna"), crumbs=_crumbs(audience))


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, audience: Audience) -> HttpResponse:
    """Gives a role to an account that is there."""
    form = GiveForm(audience, _payers(request, audience), request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        user = user_named(told["username"])
        try:
            grants.give_grant(
                user_id=user.pk if user else 0, role=told["role"], kind=audience.kind, target=int(told["target"]),
                from_month=month_of(today()),
            )  # fmt: skip
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, audience.url("users"), _("Peran diberikan."))
    context = {"form": form, "invite": audience.url("user_invite")}
    return page(request, "account/give.html", context, title=_("Beri peran"), crumbs=_crumbs(audience))


def _payers(request: HttpRequest, audience: Audience) -> dict[int, str]:
    """The payers the reader is approver of, by name."""
    scope = request.scope  # type: ignore[attr-defined]
    mine = [one.target for one in scope.held if one.kind == audience.kind and Can.GIVE_GRANT in ROLES[one.role].can]
    return {number: target.name for (_kind, number), target in find((audience.kind, one) for one in mine).items()}


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, audience: Audience, grant_id: int) -> HttpResponse:
    """Asks, then ends a role."""
    one = _holding(audience, grant_id)
    if request.method == "POST":
        grants.end_grant(grant_id=grant_id, now=timezone.now())
        return done(request, audience.url("users"), _("Peran {name} diakhiri.").format(name=one.name))
    return confirm_end(request, one, Link(_("Kembali"), audience.url("users")), _crumbs(audience))


def confirm_end(request: HttpRequest, one: Holding, back: Link, crumbs: list[Link]) -> HttpResponse:
    """The question before a role ends."""
    confirm = Confirm(
        question=_("Akhiri peran ini?"),
        text=_("Orang ini langsung tidak dapat membuka halaman peran itu lagi. Riwayatnya tetap tersimpan."),
        yes=_("Akhiri peran"),
        back=back,
        facts=[
            Fact(_("Nama"), one.name),
            Fact(_("Peran"), _(ROLES[Role(one.role)].title)),
            Fact(_("Atas"), one.over),
        ],
        danger=True,
    )
    return page(request, "parts/confirm.html", {"confirm": confirm}, title=_("Akhiri peran"), crumbs=crumbs)


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, audience: Audience, grant_id: int) -> HttpResponse:
    """A new code for somebody who has not used the first."""
    one = _holding(audience, grant_id)
    if request.method == "POST":
        made = codes.issue_first_code(user_id=one.user_id, now=timezone.now())
        return code_page(request, one.name, one.username, made, _crumbs(audience))
    confirm = Confirm(
        question=_("Buat kode baru?"),
        text=_("Kode yang lama tidak berlaku lagi."),
        yes=_("Buat kode"),
        back=Link(_("Kembali"), audience.url("users")),
        facts=[Fact(_("Nama"), one.name), Fact(_("Nama pengguna"), one.username)],
    )
    return page(request, "parts/confirm.html", {"confirm": confirm}, title=_("Kode baru"), crumbs=_crumbs(audience))


def _holding(audience: Audience, grant_id: int) -> Holding:
    found = next((one for one in holdings_over(audience.kind) if one.grant_id == grant_id and one.endable), None)
    if found is None:
        raise not_yours(_("Hak akses ini tidak ada, atau di luar kewenangan Anda."))
    return found
