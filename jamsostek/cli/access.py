"""`jamsostek audit` and `jamsostek user`: the trail checked and published, accounts made by whoever runs the installation."""

from __future__ import annotations

import base64
import datetime as dt
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from jamsostek.cli.installation import installation
from jamsostek.cli.screen import console
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _

trail = typer.Typer(help="Jejak siapa melakukan dan melihat apa: periksa, tutup, terbitkan.", no_args_is_help=True)
users = typer.Typer(help="Pengguna: buat akun, buat kode masuk.", no_args_is_help=True)
JAKARTA = dt.timezone(dt.timedelta(hours=7))
PROBLEMS = {
    "block missing": N_("bloknya hilang"),
    "entry missing": N_("barisnya hilang"),
    "entry altered": N_("barisnya diubah"),
    "entry added": N_("barisnya disisipkan"),
    "chain broken": N_("tidak menyambung ke blok sebelumnya"),
    "digest wrong": N_("sidiknya tidak cocok"),
    "signature wrong": N_("tanda tangannya tidak cocok"),
}
"""What `audit.verify` may find."""


def register(app: typer.Typer) -> None:
    """Adds the groups."""
    app.add_typer(trail, name="audit")
    app.add_typer(users, name="user")


@trail.command("verify", help="Hitung ulang seluruh rantai; status 1 bila ada yang tidak cocok.")
def verify(
    head: Annotated[Path | None, typer.Option(help="Kepala rantai yang pernah diterbitkan (JSON); harus ada di rantai.")] = None,
) -> None:
    """Names the first block and row that does not hold."""
    published = _read_head(head) if head else None
    with installation("audit verify"):
        from jamsostek.access import audit

        verdict = audit.verify()
        contained = published is None or audit.contains(published["number"], bytes.fromhex(published["digest"]))
    if not verdict.holds:
        told = _("RUSAK: blok {block}: {problem}.") if verdict.row is None else _("RUSAK: blok {block}, baris {row}: {problem}.")
        _say(told.format(block=verdict.block, row=verdict.row, problem=_(PROBLEMS[verdict.problem])))
        raise typer.Exit(1)
    if published is not None and not contained:
        _say(_("RUSAK: blok {block} yang pernah diterbitkan tidak ada lagi di rantai.").format(block=published["number"]))
        raise typer.Exit(1)
    told = _("Utuh: {blocks} blok, {rows} baris; {unsealed} baris belum ditutup.")
    _say(told.format(blocks=verdict.blocks, rows=verdict.rows, unsealed=verdict.unsealed))


@trail.command("seal", help="Tutup baris yang sudah selesai menjadi blok.")
def seal() -> None:
    """Closes ended entries into blocks."""
    with installation("audit seal") as now:
        from jamsostek.access import audit

        made = audit.seal(now)
    _say(_("{count} blok ditutup.").format(count=made))


@trail.command("head", help="Kepala rantai yang ditandatangani, sebagai JSON untuk diterbitkan.")
def head() -> None:
    """The newest block's number, digest and signature, with the key that verifies it."""
    with installation("audit head"):
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        from jamsostek.access import audit, signing

        block = audit.head()
        if block is None:
            raise InputError(_("Belum ada blok."), remedy=_("Jalankan jamsostek audit seal."))
        public = signing.public("audit", block.key_id).public_bytes(Encoding.Raw, PublicFormat.Raw)
        told = {
            "number": block.number,
            "digest": bytes(block.digest).hex(),
            "signature": base64.b64encode(bytes(block.signature)).decode(),
            "key_id": block.key_id,
            "public_key": base64.b64encode(public).decode(),
            "sealed_at": block.sealed_at.isoformat(),
        }
    print(json.dumps(told, indent=2))


def _read_head(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text())
        return {"number": int(told["number"]), "digest": bytes.fromhex(told["digest"]).hex()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            _("{name} bukan kepala rantai.").format(name=path.name), remedy=_("Pakai keluaran jamsostek audit head.")
        ) from error


@users.command("add", help="Buat akun dengan peran; mencetak kode sekali pakai.")
def add(
    username: Annotated[str, typer.Argument(metavar="NAME", help="Nama pengguna: huruf kecil dan angka.")],
    role: Annotated[str, typer.Option(help="Peran, misalnya branch_supervisor.")],
    over: Annotated[str, typer.Option(help="Atas apa, misalnya nation, region:3515, employer:12.")],
    name: Annotated[str, typer.Option(help="Nama orangnya.")] = "",
    email: Annotated[str, typer.Option(help="Alamat surel, bila ada.")] = "",
) -> None:
    """Opens an account as the operator of the installation."""
    kind, target = _over(over)
    with installation("user add") as now:
        from jamsostek.access.actions.accounts import invite
        from jamsostek.access.roles import Role

        if role not in set(Role):
            raise unknown_name(_("Peran"), role, Role)
        month = month_of(now.astimezone(JAKARTA).date())
        who = {"username": username, "name": name or username, "email": email}
        made = invite(**who, role=role, kind=kind, target=target, from_month=month, now=now)
    _tell_code(made.username, made.code)


@users.command("code", help="Buat kode masuk baru untuk satu akun.")
def code(username: Annotated[str, typer.Argument(metavar="NAME", help="Nama pengguna.")]) -> None:
    """A new one-time code."""
    with installation("user code") as now:
        from jamsostek.access.actions.codes import issue_code
        from jamsostek.access.queries import user_named

        user = user_named(username)
        if user is None:
            raise InputError(_("Pengguna {name} tidak ada.").format(name=username), remedy=_("Periksa ejaannya."))
        made = issue_code(user_id=user.pk, now=now)
    _tell_code(user.username, made)


def _over(text: str) -> tuple[str, int]:
    kind, _colon, target = text.partition(":")
    if target and not (target.isascii() and target.isdecimal()):
        raise InputError(_("{text} tidak terbaca.").format(text=text), field="over", remedy=_("Bentuknya region:3515."))
    return kind, int(target or 0)


def _tell_code(username: str, code: str) -> None:
    _say(_("Pengguna {name}, kode {code}").format(name=username, code=code))
    _say(_("Berlaku 48 jam, sekali pakai, di halaman /akun/kode/."))


def _say(text: str) -> None:
    console().print(text, markup=False, highlight=False, soft_wrap=True)
