"""Static files gathered, hashed and compressed once for each state of their sources."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_if_stale() -> bool:
    """Gathers them if any source changed since; says whether it did."""
    if settings.DEBUG:
        return False
    root = Path(settings.STATIC_ROOT)
    mark, now = root / ".sources", _digest()
    if mark.exists() and mark.read_text() == now:
        return False
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(now)
    return True


def _digest() -> str:
    found = sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list(None):
            state = Path(storage.path(name)).stat()
            found.update(f"{name}\0{state.st_mtime_ns}\0{state.st_size}\n".encode())
    return found.hexdigest()
