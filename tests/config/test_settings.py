"""What the settings promise: nothing personal in the log, strict headers, a locked door, and no database for a mere question."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher, identify_hasher, make_password
from django.core.checks import run_checks
from django.test import Client, RequestFactory, override_settings

from jamsostek.config import client, logs
from jamsostek.config.serving import static_files, supervisor
from jamsostek.core.errors import InputError

NIK = "3273015708900000"
MAIN = [sys.executable, "-c", "from jamsostek.cli.main import main; main()"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Not Found: /peserta/{NIK}", "Not Found: /peserta/****************"),
        ("phone 081234567890, month 202503", "phone ************, month 202503"),
        ("12345678 1234567", "******** 1234567"),
        (
            'duplicate key value violates unique constraint "nik"\nDETAIL:  Key (name)=(Siti) already exists.',
            'duplicate key value violates unique constraint "nik"\nDETAIL: ***',
        ),
    ],
)
def test_a_log_line_has_stars_for_long_numbers_and_no_detail(text: str, shown: str) -> None:
    assert logs.starred(text) == shown


def test_arguments_and_tracebacks_are_starred_too(capsys: pytest.CaptureFixture[str]) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logs.Starred("{levelname} {message}", style="{"))
    log = logging.getLogger("jamsostek.trial")
    log.addHandler(handler)
    log.propagate = False
    try:
        raise ValueError(f"nik {NIK}")
    except ValueError:
        log.exception("seen %s", {"nik": NIK})
    finally:
        log.removeHandler(handler)
    told = capsys.readouterr().err
    assert NIK not in told
    assert told.count("*" * 16) == 2  # in the message and in the exception


def test_every_handler_stars() -> None:
    used = {handler["formatter"] for handler in settings.LOGGING["handlers"].values()}
    assert {settings.LOGGING["formatters"][name]["()"] for name in used} == {"jamsostek.config.logs.Starred"}


@pytest.mark.usefixtures("db")
def test_the_readiness_page_is_for_anyone_and_has_the_headers_of_every_page() -> None:
    answer = Client().get("/siap/")
    assert (answer.status_code, answer.content) == (200, b"siap\n")
    policy = answer["Content-Security-Policy"]
    for part in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert part in policy.split("; ")
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "camera=(self)" in answer["Permissions-Policy"]
    assert "geolocation=()" in answer["Permissions-Policy"]
    names = "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"
    assert [answer[name] for name in names] == ["DENY", "nosniff", "same-origin", "same-origin"]
    assert Client().post("/siap/").status_code == 405


def test_the_readiness_page_says_503_when_the_database_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection
    from django.db.utils import OperationalError

    from jamsostek.config.health import ready

    def broken() -> None:
        raise OperationalError("no")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", broken)
        assert ready(RequestFactory().get("/siap/")).status_code == 503


def test_over_https_nothing_travels_in_the_open(tmp_path: Path) -> None:
    asked = "import django; django.setup(); from django.conf import settings as s; from django.core.checks import run_checks; "
    asked += "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 3e7, s.SESSION_COOKIE_NAME[:7], "
    asked += "s.CSRF_TRUSTED_ORIGINS, s.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN); "
    asked += "print(sorted(m.id for m in run_checks(include_deployment_checks=True)))"
    environment = {**os.environ, "JAMSOSTEK_HTTPS": "1", "JAMSOSTEK_HOSTS": "portal.example.id", "JAMSOSTEK_DATA": str(tmp_path)}
    told = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    first, second = told.stdout.splitlines()
    assert first == "True True True __Host- ['https://portal.example.id'] False"
    assert second == "['security.W021']"  # preloading HSTS is for the owner of the whole domain to decide


def test_the_checks_find_nothing() -> None:
    assert run_checks() == []


def test_passwords_are_kept_with_scrypt() -> None:
    kept = make_password("kata sandi yang panjang")
    assert isinstance(identify_hasher(kept), ScryptPasswordHasher)
    assert ScryptPasswordHasher.__dict__["work_factor"] == 2, "cheap here only, by tests/conftest.py"


@pytest.mark.parametrize(
    ("proxies", "told", "believed"),
    [
        (0, "192.0.2.7", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "6.6.6.6, 192.0.2.7", "192.0.2.7"),
        (2, "6.6.6.6, 192.0.2.7, 10.0.0.9", "192.0.2.7"),
        (3, "192.0.2.7", "192.0.2.7"),
    ],
)
def test_only_our_own_proxies_are_believed(proxies: int, told: str, believed: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **({"HTTP_X_FORWARDED_FOR": told} if told else {}))
    with override_settings(JAMSOSTEK_PROXIES=proxies):
        assert client.address(request) == believed


@pytest.mark.parametrize("arguments", [["--version"], ["db", "status"]])
def test_a_mere_question_starts_no_database(arguments: list[str], tmp_path: Path) -> None:
    environment = {**os.environ, "JAMSOSTEK_DATA": str(tmp_path / "data")}
    told = subprocess.run([*MAIN, *arguments], env=environment, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert not (tmp_path / "data" / "postgres").exists()


def test_the_law_needs_no_django() -> None:
    asked = "import sys; from jamsostek.cli.main import main; sys.argv = ['jamsostek', 'law', 'list']\n"
    asked += "try: main()\nexcept SystemExit: pass\nprint('django' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "False"


def test_a_portal_at_rest_carries_no_data_engine(tmp_path: Path) -> None:
    asked = (
        "import importlib, importlib.util, sys, django; django.setup()\n"
        "from django.apps import apps; from django.urls import get_resolver; get_resolver().url_patterns\n"
        "for one in apps.get_app_configs():\n"
        "    if importlib.util.find_spec(one.name + '.jobs'): importlib.import_module(one.name + '.jobs')\n"
        "print('jamsostek.coverage.jobs' in sys.modules, 'duckdb' in sys.modules, 'splink' in sys.modules)"
    )
    environment = {**os.environ, "JAMSOSTEK_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    told = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "True False False"


def test_static_files_are_gathered_once_for_each_state(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path / "static"):
        assert static_files.collect_if_stale()
        assert not static_files.collect_if_stale()
        (tmp_path / "static" / ".sources").write_text("older")
        assert static_files.collect_if_stale()


@pytest.mark.parametrize(
    ("host", "more"),
    [("127.0.0.1", []), ("::1", []), ("192.0.2.9", ["192.0.2.9"]), ("2001:db8::9", ["[2001:db8::9]"])],
)
def test_the_portal_answers_to_this_machine_and_the_address_given(
    host: str, more: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JAMSOSTEK_HOSTS", raising=False)
    local = ["localhost", "127.0.0.1", "[::1]"]
    with override_settings(ALLOWED_HOSTS=local):
        assert supervisor.hosts_for(host) == [*local, *more]


def test_names_that_are_given_are_all_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAMSOSTEK_HOSTS", "a.example.id,b.example.id")
    assert supervisor.hosts_for("0.0.0.0") == ["a.example.id", "b.example.id"]


def test_an_open_address_without_a_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAMSOSTEK_HOSTS", raising=False)
    with pytest.raises(InputError, match="JAMSOSTEK_HOSTS"):
        supervisor.hosts_for("0.0.0.0")
