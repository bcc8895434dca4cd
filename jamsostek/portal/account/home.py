"""One's own account: who one is here, what happened to it, where one is signed in, the password."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jamsostek.access import audit, sessions
from jamsostek.access.actions.passwords import change_password
from jamsostek.access.actions.tickets import KINDS as TICKETS
from jamsostek.access.doors import FIRST_FACTOR, SIGNED_IN, door, has_second_factor
from jamsostek.access.queries import Happened, OwnTicket, held_by, own_tickets, own_trail
from jamsostek.access.roles import ROLES
from jamsostek.access.targets import find
from jamsostek.access.words import HAPPENED
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.numbers import format_number
from jamsostek.core.text import _
from jamsostek.portal.account.agents import device_name
from jamsostek.portal.account.forms import PasswordForm
from jamsostek.portal.account.shown import me
from jamsostek.portal.screens import Column, Empty, Fact, Link, Table, Tag, done, page, paged, table, today, url_of
from jamsostek.portal.screens.trail import WAYS
from jamsostek.portal.screens.words import moment

SHOWN = 5


@door(SIGNED_IN)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The account at a glance."""
    user = me(request)
    context = {
        "facts": [
            Fact(_("Nama"), user.name),
            Fact(_("Nama pengguna"), user.username),
            Fact(_("Surel"), user.email or _("Belum ada; kode hanya dapat dicetak di kantor.")),
            Fact(_("Kata sandi"), "••••••••••", Link(_("Ganti"), url_of("account:password"))),
            Fact(_("Pengaman kedua"), _factor(request), Link(_("Atur"), url_of("mfa_index"))),
        ],
        "roles": _roles(request),
        "tickets": _tickets(own_tickets()),
        "trail": _trail(_("Yang terakhir terjadi"), own_trail(limit=SHOWN)),
    }
    return page(request, "account/home.html", context, title=_("Akun saya"))


def _factor(request: HttpRequest) -> Tag:
    return Tag(_("Terpasang"), "good") if has_second_factor(request) else Tag(_("Belum dipasang"), "warn")


def _roles(request: HttpRequest) -> Table:
    held = held_by(me(request).pk, month_of(today()))
    targets = find((one.kind, one.target) for one in held)
    columns = [
        Column(_("Peran"), lambda one: _(ROLES[one.role].title)),
        Column(_("Atas"), lambda one: targets[one.kind, one.target].name if (one.kind, one.target) in targets else "–"),
    ]
    return table(_("Peran saya"), columns, held)


def _trail(caption: str, rows: list[Happened]) -> Table:
    columns = [
        Column(_("Kapan"), lambda one: moment(one.at)),
        Column(_("Apa"), _what),
        Column(_("Oleh"), _by),
    ]
    return table(caption, columns, rows)


def _by(one: Happened) -> str:
    """Who did it: oneself, whoever typed the username before signing in, the installation, or somebody at an office."""
    if one.by_me:
        return _("Anda sendiri")
    if one.by_visitor:
        return _("Anda atau seseorang dengan nama pengguna Anda")
    return _("Sistem") if one.by_system else one.actor


def _tickets(rows: list[OwnTicket]) -> Table:
    columns = [
        Column(
            _("Nomor tiket"), lambda one: Link(format_number("ticket", one.number), reverse("account:ticket", args=[one.number]))
        ),
        Column(_("Perihal"), lambda one: _(TICKETS[one.kind])),
        Column(_("Keadaan"), _state),
        Column(_("Dikirim"), lambda one: moment(one.made_at)),
    ]
    return table(_("Tiket saya"), columns, rows)


def _state(one: OwnTicket) -> Tag:
    if one.closed_at:
        return Tag(_("Selesai"), "plain")
    return Tag(_("Sedang dilayani"), "good") if one.taken_at else Tag(_("Menunggu"), "info")


def _what(one: Happened) -> str:
    told = ", ".join(_(WAYS[field]) for field in one.fields if field in WAYS)
    text = _(HAPPENED.get(one.action, one.action))
    return f"{text} ({told})" if told else text


@door(SIGNED_IN)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Everything that happened to the account."""
    rows = paged(request, _Trail())
    context = {"trail": _trail(_("Riwayat akun"), list(rows.rows)), "paged": rows}
    return page(request, "account/history.html", context, title=_("Riwayat akun"), crumbs=crumbs())


class _Trail:
    """The trail as something that can be cut into pages."""

    def __getitem__(self, cut: slice) -> list[Happened]:
        return own_trail(limit=cut.stop - cut.start, offset=cut.start)


def crumbs() -> list[Link]:
    """The way back to the account."""
    return [Link(_("Akun saya"), url_of("account:home"))]


@door(SIGNED_IN)
@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    found = sessions.devices(me(request), request.session.session_key)
    context = {
        "devices": [(one, device_name(one.agent)) for one in found],
        "others": sum(not one.here for one in found),
        "empty": Empty(_("Hanya di sini"), _("Anda tidak masuk di perangkat lain.")),
    }
    return page(request, "account/devices.html", context, title=_("Perangkat"), crumbs=crumbs())


@door(SIGNED_IN)
@require_POST
def end_devices(request: HttpRequest) -> HttpResponse:
    """Signs out one other device, or all others."""
    chosen = request.POST.get("device", "")
    number = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 19 else None
    if number is None and chosen != "others":
        return done(request, "account:devices")
    mine = request.session.session_key
    here = any(one.here and one.id == number for one in sessions.devices(me(request), mine))
    count = 0 if here else sessions.end(me(request), device_id=number, but=mine)
    if count:
        audit.record("account.device_ended", "user", me(request).pk)
    return done(request, "account:devices", _("{count} perangkat dikeluarkan.").format(count=count))


@door(FIRST_FACTOR)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """A new password; every other device is signed out."""
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        old, new, user = form.cleaned_data["old"], form.cleaned_data["new"], me(request)
        try:
            change_password(user=user, old=old, new=new, session_key=request.session.session_key)
        except InputError as error:
            form.refuse(error)
        else:
            update_session_auth_hash(request, user)
            sessions.moved(request)
            return done(request, "account:home", _("Kata sandi diganti; perangkat lain dikeluarkan."))
    return page(request, "account/password.html", {"form": form}, title=_("Ganti kata sandi"), crumbs=crumbs())
