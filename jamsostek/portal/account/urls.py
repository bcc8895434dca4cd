"""Addresses of signing in, of one's account, and of the pages that look after others'. Each gets its door here or in its module.

Addresses of the library keep its names, which its views look up; what it offers and we do not want (sign-up, mail
addresses, resets by link) has no address at all.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.urls import URLPattern, path

from jamsostek.access.doors import FIRST_FACTOR, PUBLIC, door
from jamsostek.access.roles import Role
from jamsostek.portal.account import codes, home, office, queue, second_factor, sign_in, tickets, tokens, users
from jamsostek.portal.account.shown import asks_again


def setting_up(view: Any) -> Any:
    """The door of pages about the second factor: open before there is one, to whoever has just shown that it is them."""
    return door(FIRST_FACTOR)(asks_again(view))


library: list[URLPattern] = [
    path("masuk/", door(PUBLIC)(sign_in.SignIn.as_view()), name="account_login"),
    path("masuk/pengaman/", door(PUBLIC)(sign_in.SecondFactor.as_view()), name="mfa_authenticate"),
    path("masuk/kunci/", door(PUBLIC)(sign_in.PasskeySignIn.as_view()), name="mfa_login_webauthn"),
    path("keluar/", door(PUBLIC)(sign_in.SignOut.as_view()), name="account_logout"),
    path("akun/ulangi/", door(FIRST_FACTOR)(sign_in.PasswordAgain.as_view()), name="account_reauthenticate"),
    path("akun/ulangi/pengaman/", door(FIRST_FACTOR)(sign_in.FactorAgain.as_view()), name="mfa_reauthenticate"),
    path("akun/ulangi/kunci/", door(FIRST_FACTOR)(sign_in.PasskeyAgain.as_view()), name="mfa_reauthenticate_webauthn"),
    path("akun/pengaman/", setting_up(second_factor.Overview.as_view()), name="mfa_index"),
    path("akun/pengaman/aplikasi/", setting_up(second_factor.App.as_view()), name="mfa_activate_totp"),
    path("akun/pengaman/aplikasi/lepas/", setting_up(second_factor.AppRemoved.as_view()), name="mfa_deactivate_totp"),
    path("akun/pengaman/kunci/", setting_up(second_factor.Passkey.as_view()), name="mfa_add_webauthn"),
    path(
        "akun/pengaman/kunci/<int:pk>/lepas/", setting_up(second_factor.PasskeyRemoved.as_view()),
        name="mfa_remove_webauthn",
    ),
    path("akun/pengaman/cadangan/", setting_up(second_factor.RecoveryCodes.as_view()), name="mfa_view_recovery_codes"),
    path(
        "akun/pengaman/cadangan/baru/", setting_up(second_factor.NewRecoveryCodes.as_view()),
        name="mfa_generate_recovery_codes",
    ),
]  # fmt: skip


def _users(prefix: str, audience: users.Audience, approver: Role) -> list[URLPattern]:
    """The pages of an employer's or sponsor's approver."""

    def mine(view: Any) -> Any:
        return door(approver)(partial(view, audience=audience))

    name = audience.name
    return [
        path(f"{prefix}/pengguna/", mine(users.listing), name=f"{name}_users"),
        path(f"{prefix}/pengguna/undang/", mine(users.invite), name=f"{name}_user_invite"),
        path(f"{prefix}/pengguna/beri/", mine(users.give), name=f"{name}_user_give"),
        path(f"{prefix}/pengguna/<int:grant_id>/akhiri/", mine(users.end), name=f"{name}_user_end"),
        path(f"{prefix}/pengguna/<int:grant_id>/kode/", mine(users.code), name=f"{name}_user_code"),
    ]


app_name = "account"
urlpatterns: list[URLPattern] = [
    path("akun/", home.home, name="home"),
    path("akun/riwayat/", home.history, name="history"),
    path("akun/perangkat/", home.devices, name="devices"),
    path("akun/perangkat/keluarkan/", home.end_devices, name="end_devices"),
    path("akun/sandi/", home.password, name="password"),
    path("akun/token/", tokens.listing, name="tokens"),
    path("akun/token/baru/", tokens.create, name="new_token"),
    path("akun/token/<int:token_id>/cabut/", tokens.revoke, name="revoke_token"),
    path("akun/lupa/", codes.forgot, name="forgot"),
    path("akun/kode/", codes.use, name="code"),
    path("akun/kode/pengaman/", codes.use_factor, name="factor_code"),
    path("akun/tiket/", tickets.ask, name="ask"),
    path("akun/tiket/<slug:number>/", tickets.state, name="ticket"),
    *_users("perusahaan", users.EMPLOYER, Role.EMPLOYER_APPROVER),
    *_users("sponsor", users.SPONSOR, Role.SPONSOR_APPROVER),
    path("kantor/pengguna/", office.listing, name="office_users"),
    path("kantor/pengguna/undang/", office.invite, name="office_invite"),
    path("kantor/pengguna/<int:user_id>/", office.one, name="office_user"),
    path("kantor/pengguna/<int:user_id>/beri/", office.give, name="office_give"),
    path("kantor/pengguna/<int:user_id>/kode/", office.code, name="office_code"),
    path("kantor/pengguna/peran/<int:grant_id>/akhiri/", office.end, name="office_end"),
    path("kantor/tiket/", queue.listing, name="queue"),
    path("kantor/tiket/<slug:number>/", queue.one, name="queue_ticket"),
    path("kantor/tiket/<slug:number>/ambil/", queue.take, name="queue_take"),
    path("kantor/tiket/<slug:number>/tutup/", queue.close, name="queue_close"),
]
