"""The accounts that receive contributions, and the secrets their banks sign webhooks with: in the keys' folder, not the database.

`<keys>/banks.json`: by account number the bank's name and its secrets, the newest last. A secret is changed by adding one,
telling the bank, and dropping the old one when it signs with the new: meanwhile both are believed.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.messages.bank.signature import Verified, WrongSignature, make_secret, verify

_ACCOUNT = re.compile(r"[0-9A-Z]{5,34}")


@dataclass(frozen=True)
class Account:
    """An account of ours. `secrets` sign what its bank sends, the newest last."""

    number: str
    name: str
    secrets: tuple[str, ...]

    @property
    def title(self) -> str:
        """What people call it: the bank's name and the account's last digits."""
        return f"{self.name} •{self.number[-4:]}"


def _path() -> Path:
    from django.conf import settings

    return Path(settings.JAMSOSTEK_KEYS) / "banks.json"


def accounts() -> Mapping[str, Account]:
    """All accounts, by number."""
    path = _path()
    return _read(path, path.stat().st_mtime_ns) if path.exists() else {}


@cache
def _read(path: Path, _changed: int) -> Mapping[str, Account]:
    told = json.loads(path.read_text())
    return {number: Account(number, one["name"], tuple(one["secrets"])) for number, one in told.items()}


def title_of(number: str) -> str:
    """What people call an account; of one that is no longer ours, its last digits."""
    found = accounts().get(number)
    return found.title if found else f"•{number[-4:]}"


def ours(number: str) -> Account:
    """An account of ours; raises `InputError` for any other."""
    found = accounts().get(number)
    if found is None:
        raise InputError(
            _("Rekening ini bukan rekening penerimaan iuran."), field="account", value=f"•{number[-4:]}",
            remedy=_("Periksa nomornya, atau daftarkan: jamsostek payments account."),
        )  # fmt: skip
    return found


def sender(headers: Mapping[str, str], body: bytes, now: dt.datetime) -> tuple[Account, Verified]:
    """The account whose bank signed a webhook. Raises `SignatureError`."""
    for one in accounts().values():
        with suppress(WrongSignature):
            return one, verify(one.secrets, headers, body, now)
    verify((), headers, body, now)
    raise AssertionError("nobody's secret signs nothing")


def add_account(number: str, name: str) -> Account:
    """Opens an account for webhooks and statements; one that is there keeps its secrets. Raises `InputError`."""
    if not _ACCOUNT.fullmatch(number):
        raise InputError(
            _("Nomor rekening tidak sesuai bentuknya."), field="account", remedy=_("Tulis 5 sampai 34 angka atau huruf besar.")
        )
    told = _told()
    known = told.get(number, {"secrets": [make_secret(os.urandom)]})
    told[number] = {**known, "name": name.strip() or number}
    _write(told)
    return accounts()[number]


def add_secret(number: str) -> str:
    """A new secret, believed beside the older ones."""
    told = _told()
    ours(number)
    made = make_secret(os.urandom)
    told[number]["secrets"].append(made)
    _write(told)
    return made


def drop_old_secrets(number: str) -> int:
    """Believes only the newest secret from now on; returns how many were dropped."""
    told = _told()
    ours(number)
    dropped = len(told[number]["secrets"]) - 1
    told[number]["secrets"] = told[number]["secrets"][-1:]
    _write(told)
    return dropped


def _told() -> dict[str, Any]:
    path = _path()
    found: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return found


def _write(told: Mapping[str, Any]) -> None:
    """Whole or not at all."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(told, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
