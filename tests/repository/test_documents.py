"""The documents hold: links lead somewhere, paths exist, commands parse and do what the page says, nobody real is named.

A page is tried from top to bottom in an empty folder that has a copy of the package. Comments right above a fenced block say how:

    <!-- file: NAME -->        the block is written to this file
    <!-- needs: PATH -->       a file of the repository is copied here first
    <!-- status: N -->         its commands end with this status (0 when nothing is said)
    <!-- not run: REASON -->   its commands are only parsed

Commands stand in `sh` blocks, or in `console` blocks after `$`; the lines below such a command must be in what it prints, in
this order, with `…` for anything.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from jamsostek.cli.main import app
from jamsostek.core.text import speaking

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SOURCES = sorted((ROOT / "jamsostek").rglob("*.md"))
DRIVER = """
import contextlib, io, json, sys
from pathlib import Path
told = []
for kind, first, second in json.load(sys.stdin):
    if kind == "write":
        Path(first).parent.mkdir(parents=True, exist_ok=True)
        Path(first).write_text(second, encoding="utf-8")
        continue
    from jamsostek.cli.main import main
    sys.argv, printed, status = ["jamsostek", *second], io.StringIO(), 0
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            main()
        except SystemExit as ended:
            status = ended.code or 0
    told.append([status, printed.getvalue()])
print(json.dumps(told))
"""
"""Writes the files of a page and runs its commands, in one process: the law is read once, with the first command."""
SECONDS = 120

FENCE = re.compile(r"^(?P<ticks>`{3,})(?P<kind>\w*)[^\n]*\n(?P<body>.*?)^(?P=ticks)\s*$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"<!-- (file|needs|status|not run): (.+?) -->\s*$")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^()\s]+(?:\([^()]*\)[^()\s]*)?)\)")
CODE = re.compile(r"`[^`\n]+`")
NAMED_PATH = re.compile(r"`((?:jamsostek|tests|docs|tools|benchmarks)/[\w./-]+)`")
MADE_UP = "jamsostek/law/jkx/"
MACHINE_PATH = re.compile(r"(?<![\w./])/(?:work|tmp|root|home|Users)/")
SIXTEEN_DIGITS = re.compile(r"(?<!\d)\d{16}(?!\d)")


@dataclass(frozen=True)
class Command:
    """A command line of a page, and what it should print."""

    line: str
    expected: tuple[str, ...]
    status: int = 0


@dataclass
class Block:
    """A fenced block, and what the comments above it say."""

    kind: str
    body: str
    marks: dict[str, str] = field(default_factory=dict)
    needs: list[str] = field(default_factory=list)

    def commands(self) -> Iterator[Command]:
        """The command lines of the block."""
        status = int(self.marks.get("status", 0))
        if self.kind != "console":
            for line in self.body.replace("\\\n", " ").splitlines():
                yield Command(line.strip(), (), status)
            return
        for part in re.split(r"^\$ ", self.body, flags=re.MULTILINE)[1:]:
            line, *expected = part.splitlines()
            told = (text.strip() for text in expected)
            yield Command(line.strip(), tuple(text for text in told if text not in ("", "…")), status)

    def ours(self) -> list[Command]:
        """The commands of this block that call us."""
        return [command for command in self.commands() if command.line.startswith("jamsostek ")]

    def is_run(self) -> bool:
        """Whether its commands are run."""
        return self.kind in ("sh", "console") and "not run" not in self.marks


def blocks(document: Path) -> Iterator[Block]:
    """The fenced blocks of a page with their comments."""
    text = document.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        block = Block(found["kind"], found["body"])
        for line in reversed(text[: found.start()].splitlines()):
            mark = COMMENT.match(line)
            if mark is None:
                break
            if mark[1] == "needs":
                block.needs.append(mark[2])
            else:
                block.marks[mark[1]] = mark[2]
        yield block


def name(document: Path) -> str:
    """A document's path below the root."""
    return document.relative_to(ROOT).as_posix()


def prose(document: Path) -> str:
    """A page without its fenced blocks and code spans."""
    return CODE.sub("", FENCE.sub("", document.read_text(encoding="utf-8")))


@cache
def anchors(document: Path) -> frozenset[str]:
    """The anchors of a page's headings, as Git hosts make them."""
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings)


def broken(document: Path) -> Iterator[str]:
    """The links of a page that lead nowhere."""
    for target in LINK.findall(prose(document)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _hash, anchor = target.partition("#")
        found = (document.parent / path).resolve() if path else document
        if not found.exists() or (anchor and anchor not in anchors(found)):
            yield target


def arguments_of(command: Command) -> list[str]:
    """The words of a command line after `jamsostek`."""
    return shlex.split(command.line, comments=True)[1:]


def parse(line: str) -> None:
    """Reads a command line as the command would, without doing anything; fails where it is not understood."""
    command: Any = typer.main.get_command(app)
    arguments, context = arguments_of(Command(line, ())), None
    with speaking("id"):
        while True:
            context = command.make_context(command.name, list(arguments), parent=context)
            if not hasattr(command, "resolve_command"):
                return
            left = [*getattr(context, "_protected_args", []), *context.args]
            if not left:
                return
            _name, command, arguments = command.resolve_command(context, left)


def run(steps: list[tuple[str, str, Any]], folder: Path) -> list[tuple[int, str]]:
    """Runs the steps of a page in a folder; (status, what was printed) of each command."""
    done = subprocess.run(
        [sys.executable, "-c", DRIVER],
        input=json.dumps(steps),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [(status, printed) for status, printed in json.loads(done.stdout.splitlines()[-1])]


def compare(command: Command, status: int, printed: str) -> None:
    """The status a page promises, and its lines in their order."""
    assert status == command.status, f"{command.line}\n{printed}"
    place = 0
    for line in command.expected:
        found = printed.find(line, place)
        assert found >= 0, f"{command.line}\ndoes not print (here): {line}\n{printed}"
        place = found + len(line)


RUNNABLE = [d for d in DOCUMENTS if any(block.is_run() and block.ours() for block in blocks(d))]
WITH_COMMANDS = [d for d in DOCUMENTS if any(block.ours() for block in blocks(d))]


@pytest.mark.parametrize("document", [*DOCUMENTS, *SOURCES], ids=name)
def test_every_link_leads_somewhere(document: Path) -> None:
    assert list(broken(document)) == []


@pytest.mark.parametrize("document", [*DOCUMENTS, *SOURCES], ids=name)
def test_every_path_named_exists(document: Path) -> None:
    named = NAMED_PATH.findall(document.read_text(encoding="utf-8"))
    assert [path for path in named if not path.startswith(MADE_UP) and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", [*DOCUMENTS, *SOURCES], ids=name)
def test_nothing_of_a_machine_or_a_person_is_in_it(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert MACHINE_PATH.findall(text) == []
    assert [number for number in SIXTEEN_DIGITS.findall(text) if not number.endswith("0000")] == []


@pytest.mark.parametrize("document", WITH_COMMANDS, ids=name)
def test_every_command_parses(document: Path) -> None:
    for block in blocks(document):
        for command in block.ours():
            parse(command.line)


@pytest.mark.parametrize("document", RUNNABLE, ids=name)
def test_the_page_does_what_it_says(document: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "jamsostek", tmp_path / "jamsostek", ignore=shutil.ignore_patterns("__pycache__"))
    steps: list[tuple[str, str, Any]] = []
    commands = []
    for block in blocks(document):
        for needed in block.needs:
            shutil.copy(ROOT / needed, tmp_path)
        if "file" in block.marks:
            steps.append(("write", block.marks["file"], block.body))
        for command in block.ours() if block.is_run() else ():
            steps.append(("run", command.line, arguments_of(command)))
            commands.append(command)
    for command, (status, printed) in zip(commands, run(steps, tmp_path), strict=True):
        compare(command, status, printed)


def test_a_command_that_does_not_exist_is_found() -> None:
    for line in ("jamsostek employr x.xlsx", "jamsostek month people june", "jamsostek law explain --mont 2026-06"):
        with pytest.raises(Exception, match=r"(?i)no such|missing"):
            parse(line)


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# One\n[a](page.md#one) [b](page.md#two) [c](gone.md) `[d](gone.md)` [e](https://example.org)\n", encoding="utf-8"
    )
    assert list(broken(page)) == ["page.md#two", "gone.md"]


def test_a_page_that_says_what_is_not_printed_is_found(tmp_path: Path) -> None:
    [(status, printed)] = run([("run", "", ["law", "list"])], tmp_path)
    compare(Command("jamsostek law list", ("contribution.bpu", "contribution.pu")), status, printed)
    for expected in (("never",), ("contribution.pu", "contribution.bpu")):
        with pytest.raises(AssertionError, match="does not print"):
            compare(Command("jamsostek law list", expected), status, printed)
    with pytest.raises(AssertionError):
        compare(Command("jamsostek law list", (), status=1), status, printed)
