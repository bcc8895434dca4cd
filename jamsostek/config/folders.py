"""Where an installation keeps its things, and its secrets: files in `<data>/keys`, readable by their owner alone, made once."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

from jamsostek.core.errors import InputError
from jamsostek.core.text import _


def data_folder() -> Path:
    """Where this installation keeps what it makes: `JAMSOSTEK_DATA`, or `var` here."""
    return Path(os.environ.get("JAMSOSTEK_DATA") or "var").resolve()


def keys_folder() -> Path:
    """Where keys are: `JAMSOSTEK_KEYS`, or `keys` in the data folder."""
    given = os.environ.get("JAMSOSTEK_KEYS")
    return Path(given).resolve() if given else data_folder() / "keys"


def random_text() -> str:
    """384 random bits as 64 characters, safe in a URL."""
    return secrets.token_urlsafe(48)


def kept_once(path: Path, text: str) -> str:
    """Writes a secret unless the file is already there, and returns what the file holds.

    Of two processes that come at once one writes and both read the same.
    """
    if not path.exists():
        _write_once(path, text)
    return path.read_text(encoding="utf-8")


def _write_once(path: Path, text: str) -> None:
    new = _written_beside(path, text)
    try:
        os.link(new, path)
    except FileExistsError:
        pass
    finally:
        new.unlink()


def _written_beside(path: Path, text: str) -> Path:
    private_folder(path.parent)
    new = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return new


def private_folder(folder: Path) -> None:
    """Makes a folder only its owner may enter; one that others may enter is closed."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise cannot_write(folder, error) from error


def writable_folder(folder: Path) -> None:
    """Makes a folder we can write to, or says so."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise cannot_write(folder, error) from error


def cannot_write(folder: Path, error: OSError) -> InputError:
    """The error for a folder that cannot be made or written."""
    return InputError(
        _("Folder {folder} tidak dapat dibuat atau ditulisi: {why}.").format(folder=folder, why=error.strerror),
        remedy=_("Beri hak tulis, atau pilih folder lain dengan JAMSOSTEK_DATA."),
    )
