"""Runs one function on one payload in a child process with limits: what a hostile file breaks is only the child.

The child starts fresh (`python -m jamsostek.messages.limited`), inherits no secrets from the environment, limits its
own memory, processor time and files before it imports the function, and answers over a pipe as JSON or as an Arrow
stream, never as pickle. A crash, an endless loop or too much memory become an `InputError` that a person can act on.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import json
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from jamsostek.core.errors import InputError
from jamsostek.core.text import _, language, set_language

try:
    import resource
except ImportError:  # Windows has no resource limits; the clock still holds there
    resource = None  # type: ignore[assignment]

SECONDS = 120.0
MEMORY_BYTES = 2 << 30
ANSWER_BYTES = 1 << 30
_STDERR_BYTES = 1 << 16


class FileUnreadable(InputError):
    """A file that cannot be read at all; `kind` is a stable name of the reason, `detail` is for the log."""

    def __init__(self, message: str, *, kind: str, remedy: str | None = None, detail: str = "", **where: Any) -> None:
        super().__init__(message, remedy=remedy, **where)
        self.kind = kind
        self.detail = detail


def run_limited(
    function: Callable[..., Any],
    payload: bytes,
    *,
    options: Mapping[str, Any] | None = None,
    seconds: float = SECONDS,
    memory_bytes: int = MEMORY_BYTES,
    answer_bytes: int = ANSWER_BYTES,
) -> Any:
    """Calls `function(payload, **options)` in a limited child and returns its answer.

    `function` is a module's own function (found again by name in the child) that returns a `pyarrow.Table`, a tuple of
    them or anything JSON can hold. `seconds` bounds both processor and wall time; `memory_bytes` the child's address space;
    `answer_bytes` what is read back. Raises `FileUnreadable` (kinds time, memory, crash, answer) or the `InputError`
    that the function raised; the child and whatever it started are ended in every case.
    """
    head = _head(function, options, seconds, memory_bytes)
    with tempfile.TemporaryFile() as task, tempfile.TemporaryFile() as errors:
        process = _child(head, payload, task, errors)
        try:
            answer = _read_answer(process, time.monotonic() + seconds, answer_bytes)
            status = process.wait(timeout=5)
        finally:
            _end(process)
        errors.seek(0)
        detail = errors.read(_STDERR_BYTES).decode(errors="replace")
    return _decode(answer, status, detail)


def stream_limited(
    function: Callable[..., Iterator[Any]],
    file: IO[bytes],
    *,
    options: Mapping[str, Any] | None = None,
    seconds: float = SECONDS,
    memory_bytes: int = MEMORY_BYTES,
    answer_bytes: int = ANSWER_BYTES,
) -> Iterator[Any]:
    """Calls the generator `function(file, **options)` in a limited child and gives its items as they come.

    As `run_limited`, but the file is never whole in memory: the child reads the same open file (so nothing can be
    exchanged between check and use), and waits while its reader is busy. `seconds` bounds the child's processor time and
    the time waited for it, not the time between items; `answer_bytes` each item. Left early, the child is ended.
    """
    head = _head(function, options, seconds, memory_bytes) | {"file": file.fileno()}
    with tempfile.TemporaryFile() as task, tempfile.TemporaryFile() as errors:
        process = _child(head, b"", task, errors, pass_fds=(file.fileno(),))
        try:
            left = seconds
            while True:
                began = time.monotonic()
                item = _read_framed(process, began + left, answer_bytes)
                left -= time.monotonic() - began
                if item is None or item == b"end\n":
                    break
                yield _decode(item, 0, "")
            status = process.wait(timeout=5)
        finally:
            _end(process)
        if item is None:
            errors.seek(0)
            _decode(b"", status, errors.read(_STDERR_BYTES).decode(errors="replace"))


def _head(function: Callable[..., Any], options: Mapping[str, Any] | None, seconds: float, memory_bytes: int) -> dict[str, Any]:
    """What the child is told first."""
    return {
        "function": f"{function.__module__}:{function.__qualname__}",
        "options": dict(options or {}),
        "language": language(),
        "seconds": seconds,
        "memory_bytes": memory_bytes,
    }


def _child(
    head: Mapping[str, Any], payload: bytes, task: IO[bytes], errors: IO[bytes], *, pass_fds: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    """The child, begun with its task; what it complains about goes to `errors`."""
    task.write(json.dumps(head).encode() + b"\n" + payload)
    task.seek(0)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "jamsostek.messages.limited"],
        stdin=task,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=_child_environment(),
        start_new_session=True,
        pass_fds=pass_fds,
    )


def _read_framed(process: subprocess.Popen[bytes], deadline: float, answer_bytes: int) -> bytes | None:
    """One item: eight bytes of length, then so many; None where the child stopped without saying `end`."""
    size = _read_exactly(process, 8, deadline)
    if size is None:
        return None
    length = int.from_bytes(size, "big")
    if length > answer_bytes:
        raise FileUnreadable(_("Isi berkas terlalu banyak untuk dibaca."), kind="answer", remedy=_split_remedy())
    return _read_exactly(process, length, deadline)


def _read_exactly(process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes | None:
    assert process.stdout is not None
    parts = bytearray()
    while len(parts) < size:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
            raise _too_slow()
        part = os.read(process.stdout.fileno(), min(1 << 20, size - len(parts)))
        if not part:
            return None
        parts += part
    return bytes(parts)


def _child_environment() -> dict[str, str]:
    """Only what Python needs: the application's secrets stay in the parent."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TZ") if name in os.environ}
    root = str(Path(__file__).resolve().parents[2])
    # One thread and one memory arena: each further one reserves address space, which the limit counts.
    return kept | {
        "PYTHONPATH": root,
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
    }


def _read_answer(process: subprocess.Popen[bytes], deadline: float, answer_bytes: int) -> bytes:
    pipe = process.stdout
    assert pipe is not None
    parts: list[bytes] = []
    size = 0
    while True:
        left = deadline - time.monotonic()
        ready = select.select([pipe], [], [], left)[0] if left > 0 else []
        if not ready:
            raise _too_slow()
        part = os.read(pipe.fileno(), 1 << 20)
        if not part:
            return b"".join(parts)
        size += len(part)
        if size > answer_bytes:
            raise FileUnreadable(_("Isi berkas terlalu banyak untuk dibaca."), kind="answer", remedy=_split_remedy())
        parts.append(part)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the child and all it started, whether it finished, hangs, or Ctrl-C came."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _decode(answer: bytes, status: int, detail: str) -> Any:
    kind, _newline, body = answer.partition(b"\n")
    if status == 0 and kind == b"json":
        return json.loads(body)
    if status == 0 and kind == b"arrow":
        return _tables(body)[0]
    if status == 0 and kind == b"arrows":
        return _tables(body)
    if status == 0 and kind == b"error":
        raise _error_again(json.loads(body))
    if status == -getattr(signal, "SIGXCPU", 24):
        raise _too_slow()
    detail = re.sub(r"\d{8,}", "…", detail)  # a log line never carries a NIK
    if "MemoryError" in detail or "memory allocation" in detail or "ArrowMemoryError" in detail:
        raise FileUnreadable(
            _("Berkas ini memerlukan terlalu banyak memori untuk dibaca."),
            kind="memory",
            remedy=_("Salin hanya tabelnya ke buku kerja baru (tempel sebagai nilai), lalu kirim lagi."),
            detail=detail,
        )
    raise FileUnreadable(
        _("Berkas ini membuat pembacanya berhenti; berkas mungkin rusak."),
        kind="crash",
        remedy=_("Buka di Excel, simpan sebagai buku kerja baru (.xlsx), lalu kirim lagi."),
        detail=detail,
    )


def _tables(body: bytes) -> tuple[pa.Table, ...]:
    source = pa.BufferReader(body)
    tables = []
    while source.tell() < source.size():
        table = pa.ipc.open_stream(source).read_all()
        table.validate(full=True)  # the child read a stranger's file: believe its lengths and offsets only after this
        tables.append(table)
    return tuple(tables)


def _too_slow() -> FileUnreadable:
    return FileUnreadable(_("Berkas ini terlalu lama dibaca."), kind="time", remedy=_split_remedy())


def _split_remedy() -> str:
    return _("Bagi menjadi beberapa berkas yang lebih kecil, atau salin hanya tabelnya ke buku kerja baru.")


def _error_again(told: dict[str, Any]) -> InputError:
    where = {name: told[name] for name in ("field", "value", "row", "remedy")}
    if told["kind"]:
        return FileUnreadable(told["message"], kind=told["kind"], **where)
    return InputError(told["message"], **where)


# --- inside the child -------------------------------------------------------------------------------------------------


def _limit(seconds: float, memory_bytes: int) -> None:
    if resource is None:
        return
    cpu = max(1, int(seconds + 0.999))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_STDERR_BYTES, _STDERR_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _find(name: str) -> Callable[..., Any]:
    module, _colon, path = name.partition(":")
    found: Any = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return found  # type: ignore[no-any-return]


def _write(out: IO[bytes], result: Any) -> None:
    if isinstance(result, pa.Table | tuple):
        tables = result if isinstance(result, tuple) else (result,)
        out.write(b"arrows\n" if isinstance(result, tuple) else b"arrow\n")
        for table in tables:
            with pa.ipc.new_stream(out, table.schema) as stream:
                stream.write_table(table)
    else:
        out.write(b"json\n" + json.dumps(result).encode())


def _write_error(out: IO[bytes] | _Framed, error: InputError) -> None:
    told = {
        "message": error.message,
        "field": error.field,
        "value": None if error.value is None else str(error.value),
        "row": error.row,
        "remedy": error.remedy,
        "kind": getattr(error, "kind", None),
    }
    out.write(b"error\n" + json.dumps(told).encode())


def _stream(out: IO[bytes], head: Mapping[str, Any]) -> None:
    """Every item of the generator in a frame of its own, then `end`."""
    gc.enable()  # many items, unlike one answer: cycles would pile up
    with os.fdopen(head["file"], "rb") as file:
        for item in _find(head["function"])(file, **head["options"]):
            body = io.BytesIO()
            _write(body, item)
            _Framed(out).write(body.getbuffer())
            out.flush()
    _Framed(out).write(b"end\n")


class _Framed(io.RawIOBase):
    """Writes each piece with its length before it."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out

    def write(self, piece: Any) -> int:
        """The piece, framed."""
        self.out.write(len(piece).to_bytes(8, "big"))
        return self.out.write(piece)


def main() -> None:
    """The child: reads its task from standard input, answers on the pipe that was its standard output."""
    gc.disable()  # one task and it ends: looking for cycles among a million cells only costs
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints cannot spoil the answer
    head = json.loads(sys.stdin.buffer.readline())
    _limit(head["seconds"], head["memory_bytes"])
    set_language(head["language"])
    try:
        if "file" in head:
            _stream(out, head)
        else:
            _write(out, _find(head["function"])(sys.stdin.buffer.read(), **head["options"]))
    except InputError as error:
        _write_error(_Framed(out) if "file" in head else out, error)
    out.flush()
    os._exit(0)  # nothing to tidy up, and a library's exit handlers may hang


if __name__ == "__main__":
    main()
