"""Which system user the embedded server runs as. PostgreSQL refuses root, so under root it gets a user of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import psutil

from jamsostek.core.errors import InputError
from jamsostek.core.text import _

NAME = "jamsostek"
LINGERING_SECONDS = 20


def own(folder: Path) -> None:
    """Under root, hands a new folder to the server's user, made if missing, and lets that user come to it."""
    if os.geteuid() == 0:
        user = _server_user()
        os.chown(folder, user.pw_uid, user.pw_gid)
        make_passable(folder)


def is_owned(folder: Path) -> bool:
    """Whether the server can live in a folder: it is ours, or, under root, that of any user but root."""
    owner = folder.lstat().st_uid
    return owner != 0 if os.geteuid() == 0 else owner == os.geteuid()


def make_passable(path: Path) -> None:
    """Under root, lets others pass through (not list) the folders above a path, where they may not yet."""
    if os.geteuid() != 0:
        return
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def _server_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        pass
    command = shutil.which("useradd")
    if command is not None:
        arguments = ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
        subprocess.run([command, *arguments], capture_output=True, check=False)  # noqa: S603
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        raise InputError(
            _("PostgreSQL tidak mau berjalan sebagai root, dan pengguna {name} tidak ada.").format(name=NAME),
            remedy=_("Jalankan sebagai pengguna biasa, atau buat pengguna {name}.").format(name=NAME),
        ) from None


def _as_owner(folder: Path) -> dict[str, Any]:
    """Under root: as the folder's owner, so that root may use what an ordinary user made."""
    if os.geteuid() != 0:
        return {}
    found = folder.stat()
    return {"user": found.st_uid, "group": found.st_gid, "extra_groups": []}


def run(command: Sequence[str | Path], folder: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    """Runs a program as the owner of a folder, in that folder, with a bare environment."""
    return subprocess.run(  # noqa: S603
        [str(part) for part in command],
        input=text, capture_output=True, text=True, check=False, cwd=folder, env=_environment(), **_as_owner(folder),
    )  # fmt: skip


def started(command: Sequence[str | Path], folder: Path, output: IO[bytes]) -> subprocess.Popen[bytes]:
    """Starts the server in a session of its own, so that Ctrl-C in a terminal does not reach it."""
    return subprocess.Popen(  # noqa: S603
        [str(part) for part in command],
        stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=folder, env=_environment(), start_new_session=True,
        **_as_owner(folder),
    )  # fmt: skip


def _environment() -> dict[str, str]:
    return {"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath), "TZ": "Asia/Jakarta"}


def server_process(folder: Path) -> int | None:
    """The process named in the folder's postmaster.pid, if it is alive and really serves this folder."""
    try:
        pid = int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
        process = psutil.Process(pid)
        alive = process.status() != psutil.STATUS_ZOMBIE and str(folder) in process.cmdline()
    except (OSError, ValueError, psutil.Error):
        return None
    return pid if alive else None


def forget_dead_server(folder: Path, locks: Sequence[Path]) -> None:
    """Removes the lock files of a server that died, once nothing of it is left.

    PostgreSQL itself only sees that *some* process has the number in them: a zombie, or after a restart of the container
    another program, would keep it from starting for ever.
    """
    if not any(lock.exists() for lock in locks):
        return
    end = time.monotonic() + LINGERING_SECONDS
    while _lives_in(folder):
        if time.monotonic() > end:
            raise InputError(
                _("Sisa basis data yang mati masih memakai {folder}.").format(folder=folder),
                remedy=_("Hentikan prosesnya dahulu."),
            )
        time.sleep(0.05)
    for lock in locks:
        lock.unlink(missing_ok=True)


def _lives_in(folder: Path) -> bool:
    """Whether any process works in the folder, as every process of a server does."""
    for process in psutil.process_iter():
        try:
            if process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == folder:
                return True
        except (psutil.Error, OSError):
            continue
    return False
