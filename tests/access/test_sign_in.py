"""Signing in: password, second factor, the page that was wanted; and never a dead end."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from tests import cast
from tests.access.doorway import PASSWORD, actions_about, code_for, set_up_app, sign_in, text_of

pytestmark = pytest.mark.usefixtures("limits")


@pytest.fixture
def supervisor() -> Any:
    """Staff, without a second factor yet."""
    return cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO)


@pytest.fixture
def clerk() -> Any:
    """Somebody who is not staff."""
    with cast.everyone():
        firm = cast.employer()
    return cast.user("staf.upah", "employer_clerk", "employer", firm.pk)


def test_staff_are_led_through_the_second_factor_to_the_page_they_wanted(client: Any, supervisor: Any) -> None:
    answer = client.get("/kantor/pengguna/?cari=siti")
    assert answer["Location"] == "/masuk/?next=%2Fkantor%2Fpengguna%2F%3Fcari%3Dsiti"
    answer = sign_in(client, "penyelia", next="/kantor/pengguna/?cari=siti")
    assert answer["Location"] == "/kantor/pengguna/?cari=siti"
    answer = client.get(answer["Location"])
    assert answer["Location"].startswith("/akun/pengaman/?next=")
    assert "Satu langkah lagi" in text_of(client.get(answer["Location"]))
    secret = set_up_app(client)
    codes = text_of(client.get("/akun/pengaman/cadangan/"))
    assert codes.count("<li><code>") == 10
    assert 'href="/kantor/pengguna/?cari=siti"' in codes
    assert client.get("/kantor/pengguna/?cari=siti").status_code == 200

    client.post("/keluar/")
    assert sign_in(client, "penyelia")["Location"] == "/masuk/pengaman/"
    assert client.get("/kantor/pengguna/")["Location"].startswith("/masuk/"), "a password alone is not a sign-in"
    assert client.post("/masuk/pengaman/", {"code": "000000"}).status_code == 200
    assert client.post("/masuk/pengaman/", {"code": code_for(secret, 1)}).status_code == 302
    assert client.get("/kantor/pengguna/").status_code == 200


def test_recovery_codes_are_shown_once_and_work_once(client: Any, supervisor: Any) -> None:
    sign_in(client, "penyelia")
    set_up_app(client)
    shown = text_of(client.get("/akun/pengaman/cadangan/"))
    code = shown.split("<li><code>")[1].split("<")[0]
    assert code not in text_of(client.get("/akun/pengaman/cadangan/"))
    for expected in (302, 200):
        client.post("/keluar/")
        sign_in(client, "penyelia")
        assert client.post("/masuk/pengaman/", {"code": code}).status_code == expected


def test_without_its_second_factor_a_session_of_staff_opens_nothing_more(client: Any, supervisor: Any) -> None:
    sign_in(client, "penyelia")
    set_up_app(client)
    assert client.get("/kantor/pengguna/").status_code == 200
    assert client.post("/akun/pengaman/aplikasi/lepas/").status_code == 302
    assert client.get("/kantor/pengguna/")["Location"].startswith("/akun/pengaman/")


def test_the_secret_of_a_second_factor_is_sealed(client: Any, supervisor: Any) -> None:
    from allauth.mfa.models import Authenticator

    sign_in(client, "penyelia")
    secret = set_up_app(client)
    kept = [str(one.data) for one in Authenticator.objects.all()]
    assert len(kept) == 2
    assert not any(secret in data for data in kept)


def test_those_who_are_not_staff_sign_in_with_a_password_alone(client: Any, clerk: Any) -> None:
    assert sign_in(client, "Staf.Upah").status_code == 302
    assert client.get("/akun/").status_code == 200


def test_a_delicate_page_asks_again_only_after_a_while(client: Any, clerk: Any) -> None:
    sign_in(client, "staf.upah")
    assert client.get("/akun/pengaman/aplikasi/").status_code == 200
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 301
    session.save()
    answer = client.get("/akun/pengaman/aplikasi/")
    assert answer["Location"].startswith("/akun/ulangi/?next=")
    answer = client.post(answer["Location"], {"password": PASSWORD})
    assert answer["Location"] == "/akun/pengaman/aplikasi/"
    assert client.get("/akun/pengaman/aplikasi/").status_code == 200


@pytest.mark.parametrize("path", ["akun/signup/", "akun/email/", "akun/password/reset/", "akun/confirm-email/", "akun/login/"])
def test_what_the_library_offers_and_we_do_not_want_has_no_address(client: Any, path: str) -> None:
    assert client.get(f"/{path}").status_code == 404


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(client: Any, clerk: Any) -> None:
    def masked(username: str) -> str:
        page = text_of(sign_in(client, username, "bukan-kata-sandinya"))
        return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line).replace(username, "")

    assert masked("staf.upah") == masked("tidak.ada")


def test_help_is_offered_after_three_failures(client: Any, clerk: Any) -> None:
    offers = ["Belum berhasil?" in text_of(sign_in(client, "staf.upah", "salah-salah-salah")) for _try in range(3)]
    assert offers == [False, False, True]
    assert "/akun/tiket/" in text_of(client.get("/masuk/"))


def test_ten_failures_lock_the_name_and_show_the_ways_on(client: Any, clerk: Any, supervisor: Any) -> None:
    for _try in range(10):
        answer = sign_in(client, "staf.upah", "salah-salah-salah")
    assert answer.status_code == 429
    page = text_of(answer)
    assert all(way in page for way in ('href="/akun/tiket/"', 'href="/akun/kode/"', 'href="/akun/lupa/"'))
    assert sign_in(client, "staf.upah").status_code == 429, "even with the right password"
    assert sign_in(client, "penyelia").status_code == 302, "others are not locked"
    assert "account.locked" in actions_about(clerk)


def test_what_was_typed_as_a_name_is_kept_nowhere(client: Any) -> None:
    from axes.models import AccessAttempt

    typed = "rahasia-salah-kotak"
    sign_in(client, typed, "salah-salah-salah")
    rows = list(AccessAttempt.objects.values())
    assert rows
    assert typed not in str(rows)
    with cast.everyone():
        from jamsostek.access.models import AuditEntry

        assert typed not in str(list(AuditEntry.objects.values()))


def test_signing_in_leaves_a_trail_its_owner_reads(client: Any, clerk: Any, django_capture_on_commit_callbacks: Any) -> None:
    sign_in(client, "staf.upah", "salah-salah-salah")
    sign_in(client, "staf.upah")
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    client.post("/keluar/")
    told = actions_about(clerk)
    for action in ("account.password_refused", "account.signed_in", "account.factor_added", "account.signed_out"):
        assert action in told, told
    other = cast.user("orang.lain", "employer_clerk", "employer", 1)
    cast.signed_in(client, other)
    page = text_of(client.get("/akun/riwayat/"))
    assert "Masuk" in page
    assert "Pengaman kedua dipasang" not in page, "of another account"


def test_a_session_of_staff_ends_after_half_an_hour_and_others_later(client: Any, supervisor: Any, clerk: Any) -> None:
    for who, minutes, ends in ((supervisor, 29, False), (supervisor, 31, True), (clerk, 31, False), (clerk, 12 * 60 + 1, True)):
        cast.signed_in(client, who)
        session = client.session
        session["seen"] = session["begun"] = int(time.time()) - minutes * 60
        session.save()
        answer = client.get("/akun/")
        assert (answer.status_code == 302) == ends, (who, minutes)
        if ends:
            assert "lama tidak membuka halaman" in text_of(client.get(answer["Location"]))


def test_staff_sign_in_anew_after_twelve_hours(client: Any, supervisor: Any) -> None:
    cast.signed_in(client, supervisor)
    session = client.session
    session["seen"], session["begun"] = int(time.time()), int(time.time()) - 12 * 3600 - 60
    session.save()
    assert client.get("/akun/").status_code == 302


def test_a_part_of_a_page_is_told_where_to_sign_in(client: Any) -> None:
    answer = client.get("/akun/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/masuk/")


def test_devices_are_listed_and_ended(client: Any, clerk: Any) -> None:
    from django.test import Client

    phone, pc = Client(headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/140"}), client
    sign_in(phone, "staf.upah")
    sign_in(pc, "staf.upah")
    page = text_of(pc.get("/akun/perangkat/"))
    assert "Chrome, Android" in page
    assert page.count("Perangkat ini") == 1
    device = page.split('name="device" value="')[1].split('"')[0]
    assert pc.post("/akun/perangkat/keluarkan/", {"device": device}).status_code == 302
    assert phone.get("/akun/").status_code == 302
    assert pc.get("/akun/").status_code == 200
    assert "account.device_ended" in actions_about(clerk)


def test_nobody_ends_the_device_of_another(client: Any, clerk: Any, supervisor: Any) -> None:
    from allauth.usersessions.models import UserSession
    from django.test import Client

    other = Client()
    sign_in(other, "penyelia")
    device = UserSession.objects.get(user=supervisor).pk
    sign_in(client, "staf.upah")
    client.post("/akun/perangkat/keluarkan/", {"device": device})
    assert UserSession.objects.filter(pk=device).exists()


def test_a_new_password_signs_every_other_device_out(client: Any, clerk: Any) -> None:
    from django.test import Client

    phone = Client()
    sign_in(phone, "staf.upah")
    sign_in(client, "staf.upah")
    refused = client.post("/akun/sandi/", {"old": "bukan-ini-bukan", "new": "sebuah kalimat panjang"})
    assert "Kata sandi sekarang salah" in text_of(refused)
    short = client.post("/akun/sandi/", {"old": PASSWORD, "new": "pendek"})
    assert short.status_code == 200
    assert client.post("/akun/sandi/", {"old": PASSWORD, "new": "sebuah kalimat panjang"}).status_code == 302
    assert client.get("/akun/").status_code == 200
    assert phone.get("/akun/").status_code == 302
    assert "account.password_changed" in actions_about(clerk)


def test_an_account_speaks_the_language_it_was_given(client: Any, clerk: Any) -> None:
    clerk.language = "en"
    clerk.save()
    cast.signed_in(client, clerk)
    assert client.get("/akun/")["Content-Language"] == "en"


def test_a_switch_of_language_is_remembered_with_the_account(client: Any, clerk: Any) -> None:
    cast.signed_in(client, clerk)
    client.post("/bahasa/", {"language": "en"})
    clerk.refresh_from_db()
    assert clerk.language == "en"


def test_a_participant_signs_in_with_the_number_as_it_is_printed(client: Any) -> None:
    from jamsostek.access.actions.accounts import open_own_account
    from jamsostek.core.numbers import format_number

    with cast.everyone():
        person = cast.participant()
        open_own_account(
            username=person.kpj, password=PASSWORD, name=person.name, participant_id=person.pk, month=cast.MONTH
        )  # fmt: skip
    assert sign_in(client, format_number("kpj", person.kpj)).status_code == 302
    assert client.get("/akun/").status_code == 200


def test_nobody_opens_an_account_of_their_own_but_through_registering(clerk: Any) -> None:
    from jamsostek.access.actions.accounts import open_own_account
    from jamsostek.access.errors import Refused

    with cast.as_user(clerk), pytest.raises(Refused):
        open_own_account(username="baru", password=PASSWORD, name="Baru", participant_id=1, month=cast.MONTH)


def test_the_trail_of_an_account_tells_apart_oneself_visitors_the_installation_and_others(client: Any, clerk: Any) -> None:
    from jamsostek.access import audit
    from jamsostek.access.scope import acting, nobody, scope_of, system_scope

    other = cast.user("penyelia.dua", "branch_supervisor", "region", cast.SIDOARJO, name="Ibu Penyelia")
    scopes = (system_scope("access.mail_code"), nobody(), scope_of(clerk, cast.MONTH), scope_of(other, cast.MONTH))
    for scope in scopes:
        with acting(scope):
            audit.record("account.opened", "user", clerk.pk)
    page = text_of(cast.signed_in(client, clerk).get("/akun/riwayat/"))
    told = re.findall(r'data-label="Apa">Akun dibuat</td><td role="cell" data-label="Oleh">([^<]*)<', page)
    assert told == ["Ibu Penyelia", "Anda sendiri", "Anda atau seseorang dengan nama pengguna Anda", "Sistem"]


def test_a_code_is_for_the_first_sign_in_too(client: Any) -> None:
    page = text_of(client.get("/akun/kode/"))
    assert "masuk pertama kali sesudah Anda diundang" in page
    assert "kata sandi yang lupa" in page
