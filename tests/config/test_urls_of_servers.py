"""`DATABASE_URL`: what is understood, what is refused, and that a password is never repeated."""

from __future__ import annotations

import pytest

from jamsostek.config import postgres
from jamsostek.core.errors import InputError

SECRET = "s3cr3t%40%2Fword"


def test_a_url_is_read_with_its_escapes_and_options() -> None:
    found = postgres.parsed(
        "DATABASE_URL", f"postgresql://jamsostek_app:{SECRET}@db.example.id:6432/nama%20basis?sslmode=verify-full"
    )
    told = {name: found[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
    assert told == {
        "USER": "jamsostek_app", "PASSWORD": "s3cr3t@/word", "HOST": "db.example.id", "PORT": "6432", "NAME": "nama basis"
    }  # fmt: skip
    assert found["OPTIONS"]["sslmode"] == "verify-full"
    assert found["TIME_ZONE"] == "Asia/Jakarta"


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("postgres://a:b@[2001:db8::1]:5433/c", "2001:db8::1", "5433"),
        ("postgresql://a@%2Fvar%2Frun%2Fpostgresql/c", "/var/run/postgresql", ""),
        ("postgresql://a@/c?host=/run/pg&sslmode=disable", "/run/pg", ""),
        ("  postgresql://a:b@DB.example.id/c\n", "db.example.id", ""),
    ],
)
def test_servers_are_named_by_address_and_by_socket(url: str, host: str, port: str) -> None:
    found = postgres.parsed("DATABASE_URL", url)
    assert (found["HOST"], found["PORT"], found["USER"], found["NAME"]) == (host, port, "a", "c")


@pytest.mark.parametrize(
    ("url", "word"),
    [
        (f"mysql://a:{SECRET}@h/c", "postgresql"),
        (f"postgresql://a:{SECRET}@h/", "basis data"),
        (f"postgresql://a:{SECRET}@h/c/d", "basis data"),
        (f"postgresql://:{SECRET}@h/c", "peran"),
        (f"postgresql://a:{SECRET}@/c", "server"),
        (f"postgresql://a:{SECRET}@h:port/c", "tidak terbaca"),
        (f"postgresql://a:{SECRET}@h:99999/c", "tidak terbaca"),
        (f"postgresql://a:{SECRET}@[h/c", "tidak terbaca"),
        (f"postgresql://a:{SECRET}@h/c?sslmode=maybe", "sslmode"),
        (f"postgresql://a:{SECRET}@h/c?options=-csearch_path%3Dx", "options"),
        (f"a:{SECRET}@h/c", "postgresql"),
        ("postgresql://", "basis data"),
    ],
)
def test_what_cannot_be_meant_is_refused_without_repeating_the_password(url: str, word: str) -> None:
    with pytest.raises(InputError, match=word) as error:
        postgres.parsed("DATABASE_URL", url)
    assert "s3cr3t" not in str(error.value)
    assert error.value.field == "DATABASE_URL"
    assert "postgresql://" in str(error.value)


def test_the_two_urls_belong_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://jamsostek_owner@h/c")
    with pytest.raises(InputError, match="DATABASE_URL"):
        postgres.connections()
    monkeypatch.setenv("DATABASE_URL", "postgresql://jamsostek_owner@h/c")
    with pytest.raises(InputError, match="peran yang sama"):
        postgres.connections()
    monkeypatch.setenv("DATABASE_URL", "postgresql://jamsostek_app@h/c")
    assert {alias: told["USER"] for alias, told in postgres.connections().items()} == {
        "default": "jamsostek_app", "owner": "jamsostek_owner"
    }  # fmt: skip
    assert not postgres.is_embedded()


def test_without_the_owners_url_the_owner_has_no_more_than_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://jamsostek_app@h/c")
    assert {told["USER"] for told in postgres.connections().values()} == {"jamsostek_app"}
