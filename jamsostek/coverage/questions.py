"""Questions the night's cells do not hold: counted on the rows by a job, kept for a week, once for all who ask the same.

Each has a folder `<data>/coverage/questions/<digest>/`, beside the snapshots and for the same owner's eyes:

    question.json    what is asked
    wanted-<user>    somebody waits for it; a count nobody waits for any more is given up
    progress         how far it is, 0 to 1, while it is counted
    tries            how often it was begun, so that one which kills its worker is not begun for ever
    answer.json      exact counts; whoever shows them protects them
    failed           why it cannot be answered

A marker is good for an hour: nobody waits longer, whatever happened to the worker.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import time
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from jamsostek.access.background import alone, enqueue
from jamsostek.access.roles import Can
from jamsostek.access.scope import Scope, current
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.coverage.cube import Answer, Cancelled, Question, TooLong, ask, known, latest
from jamsostek.coverage.cube.store import cube_folder, none_yet

ANSWER = "coverage.answer"
"""The job that counts."""
LOCK = 820_271
"""One question at a time: each reads all rows and takes its share of the memory."""
MOST_LINES = 200_000
"""Lines an answer may have here; the command line has no such limit."""
MOST_WAITED = 3
"""Questions somebody may wait for at once."""
TRIES = 3
WAITS_SECONDS = 3_600
KEPT_DAYS, MOST_KEPT = 7, 300
_QUESTION, _ANSWER, _PROGRESS, _TRIES, _FAILED, _WANTED = "question.json", "answer.json", "progress", "tries", "failed", "wanted-"
_STEP = 0.01
State = Literal["unasked", "waiting", "counting", "answered", "failed"]
PROBLEMS = {
    "long": N_("Jawabannya terlalu panjang. Kurangi rinciannya, persempit wilayahnya, atau kurangi bulannya."),
    "died": N_("Penghitungannya terputus berulang kali, mungkin karena memori. Persempit pertanyaannya."),
    "snapshot": N_("Potretnya tidak dapat dibaca. Tanyakan lagi sesudah potret malam berikutnya."),
    "broken": N_("Penghitungannya gagal. Catatannya ada di log instalasi ini."),
}
"""Why a question was not answered."""


@dataclass(frozen=True)
class Asked:
    """How it stands with a question for one person. `newer`: there is a newer snapshot than the one of the answer."""

    state: State
    done: float = 0.0
    before: int = 0
    answer: Answer | None = None
    problem: str = ""
    newer: bool = False


def may_see_exact(scope: Scope) -> bool:
    """Whether somebody may see counts that are not rounded: who may take away the list of everybody can count it anyway."""
    return scope.everyone and scope.may(Can.EXPORT_PEOPLE)


def digest_of(question: Question) -> str:
    """The name of a question: the same for all who ask the same of any snapshot."""
    return sha256(_written(question.checked()).encode()).hexdigest()[:32]


def look(question: Question) -> Asked:
    """How it stands for the person of this scope; raises `Refused`. An answer is exact."""
    scope = current()
    scope.need(Can.READ_CELLS)
    folder = _folder(question)
    if _fresh(folder / f"{_WANTED}{scope.user_id or 0}"):
        done = _read(folder / _PROGRESS)
        return Asked("counting", _fraction(done)) if done is not None else Asked("waiting", before=_before(folder))
    problem, told = _read(folder / _FAILED), _read(folder / _ANSWER)
    if problem is not None:
        return Asked("failed", problem=_(PROBLEMS[problem]))
    if told is None:
        return Asked("unasked")
    found, snapshot = json.loads(told), latest()
    return Asked("answered", 1.0, answer=_answer(found, question), newer=bool(snapshot and snapshot.name != found["snapshot"]))


def want(question: Question) -> None:
    """Has a question counted on the rows, or joins those who wait for it already; what is known of the newest snapshot stays.

    Raises `Refused`, and `InputError` for what cannot be asked, before the first snapshot, and for a question too many.
    """
    scope = current()
    scope.need(Can.READ_CELLS)
    question = question.checked()
    snapshot = latest()
    if snapshot is None:
        raise none_yet()
    known(question, snapshot)
    folder, mine = _folder(question), f"{_WANTED}{scope.user_id or 0}"
    told = _read(folder / _ANSWER)
    if told is not None and json.loads(told)["snapshot"] == snapshot.name:
        return
    others = [one for one in _home().glob(f"*/{mine}") if _fresh(one) and one.parent != folder]
    if len(others) >= MOST_WAITED:
        raise InputError(
            _("Anda sudah menunggu {count} pertanyaan.").format(count=len(others)),
            remedy=_("Tunggu, atau hentikan salah satunya."),
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(folder / _QUESTION, _written(question))
    if not _waited(folder):
        for name in (_FAILED, _TRIES):
            (folder / name).unlink(missing_ok=True)
    (folder / mine).touch()
    enqueue(ANSWER)


def give_up(question: Question) -> None:
    """Somebody waits no longer. Where others do, it is counted on for them."""
    (_folder(question) / f"{_WANTED}{current().user_id or 0}").unlink(missing_ok=True)


def waited_for() -> bool:
    """Whether anybody waits for an answer."""
    return bool(_open())


def work() -> int:
    """Answers what is waited for, one after the other, and tells how many; nothing where another worker is at it."""
    counted = 0
    while _open():  # looked at again after the lock: what was asked while it was held is nobody else's
        with alone(LOCK, 0) as mine:
            if not mine:
                break
            while found := _open():
                _count(found[0])
                counted += 1
    return counted


def forget(now: dt.datetime) -> int:
    """Takes away what was asked more than a week ago, and the oldest beyond some hundreds; how many."""
    kept = sorted((one for one in _folders() if not _waited(one)), key=lambda one: one.stat().st_mtime, reverse=True)
    old = now.timestamp() - KEPT_DAYS * 86_400
    gone = [one for at, one in enumerate(kept) if at >= MOST_KEPT or one.stat().st_mtime < old]
    for one in gone:
        shutil.rmtree(one, ignore_errors=True)
    return len(gone)


# --- inside -----------------------------------------------------------------------------------------------------------


def _count(folder: Path) -> None:
    """Answers one question; afterwards nobody waits for it, whatever came of it."""
    tries = int(_fraction(_read(folder / _TRIES) or "0")) + 1
    if tries > TRIES:
        _end(folder, "died")
        return
    _write(folder / _TRIES, str(tries))
    _write(folder / _PROGRESS, "0")
    told = 0.0

    def progress(done: float) -> None:
        nonlocal told
        if done - told >= _STEP:
            told = done
            _write(folder / _PROGRESS, f"{done:.2f}")

    try:
        snapshot = latest()
        question = _question(folder)
        answer = ask(question, snapshot=snapshot, progress=progress, cancel=lambda: not _waited(folder), most=MOST_LINES)
        assert snapshot is not None  # else `ask` has refused
        told_of = {"columns": answer.columns, "rows": answer.rows, "as_of": answer.as_of.isoformat(), "source": answer.source}
        _write(folder / _ANSWER, json.dumps(told_of | {"seconds": answer.seconds, "snapshot": snapshot.name}))
        _end(folder)
    except Cancelled:
        (folder / _TRIES).unlink(missing_ok=True)
    except TooLong:
        _end(folder, "long")
    except InputError:
        _end(folder, "snapshot")
    except Exception:
        _end(folder, "broken")
        raise
    finally:
        (folder / _PROGRESS).unlink(missing_ok=True)


def _end(folder: Path, problem: str = "") -> None:
    if problem:
        _write(folder / _FAILED, problem)
    else:
        (folder / _FAILED).unlink(missing_ok=True)
    for one in (*folder.glob(f"{_WANTED}*"), folder / _TRIES):
        one.unlink(missing_ok=True)


def _home() -> Path:
    return cube_folder() / "questions"


def _folder(question: Question) -> Path:
    return _home() / digest_of(question)


def _folders() -> list[Path]:
    return [one for one in _home().glob("*") if (one / _QUESTION).exists()]


def _open() -> list[Path]:
    """Questions somebody waits for, who waited longest first."""
    since = {one: min(marks) for one in _folders() if (marks := _waited(one))}
    return sorted(since, key=lambda one: since[one])


def _before(folder: Path) -> int:
    """How many are counted before it."""
    found = _open()
    return found.index(folder) if folder in found else 0


def _waited(folder: Path) -> list[float]:
    """Since when each of those who wait does."""
    return [since for one in folder.glob(f"{_WANTED}*") if (since := _fresh(one))]


def _fresh(mark: Path) -> float:
    """Since when somebody waits; 0 where nobody does, or has for too long."""
    try:
        since = mark.stat().st_mtime
    except FileNotFoundError:
        return 0.0
    return since if since > time.time() - WAITS_SECONDS else 0.0


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def _write(path: Path, text: str) -> None:
    """Whole or not at all: others look at it while it is written."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.chmod(0o600)
    new.replace(path)


def _fraction(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _written(question: Question) -> str:
    told = asdict(question) | {"where": {name: sorted(values, key=str) for name, values in sorted(question.where.items())}}
    return json.dumps(told, sort_keys=True)


def _question(folder: Path) -> Question:
    told: dict[str, Any] = json.loads((folder / _QUESTION).read_text(encoding="utf-8"))
    where = {name: tuple(values) for name, values in told["where"].items()}
    return Question(tuple(told["months"]), tuple(told["measures"]), tuple(told["by"]), where, told["basis"])


def _answer(told: dict[str, Any], question: Question) -> Answer:
    rows = [tuple(row) for row in told["rows"]]
    day = dt.date.fromisoformat(told["as_of"])
    return Answer(tuple(told["columns"]), rows, day, told["source"], told["seconds"], question)
