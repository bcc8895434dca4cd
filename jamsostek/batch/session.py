"""A Spark session for our work: the right Java, nothing listening beyond this machine unless the cluster is, quiet logs."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import signal
import socket
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import jamsostek
from jamsostek.batch.java import java_home
from jamsostek.core.errors import InputError
from jamsostek.core.text import _

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BATCH_ROWS = 1 << 16
_WHOLE_FILES = f"{1 << 40}b"
_SQL = {
    "spark.sql.session.timeZone": "UTC",  # a legal day has no zone
    "spark.sql.caseSensitive": "true",
    "spark.sql.files.maxPartitionBytes": _WHOLE_FILES,  # a task reads one whole file, in order ...
    "spark.sql.files.openCostInBytes": _WHOLE_FILES,  # ... and never two
    "spark.sql.sources.parallelPartitionDiscovery.threshold": "1000000",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH_ROWS),
    "spark.sql.shuffle.partitions": "8",
}
_LOGS = """rootLogger.level = error
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n
# What fails in a task comes back as an exception; the log would only say it again, with a page of Java.
logger.executor.name = org.apache.spark.executor
logger.executor.level = off
logger.tasks.name = org.apache.spark.scheduler.TaskSetManager
logger.tasks.level = off
# The level of this one is what Spark would announce at the start.
logger.gateway.name = org.apache.spark.api.python.PythonGatewayServer
logger.gateway.level = error
# That a cluster has no room for the work is worth hearing.
logger.scheduler.name = org.apache.spark.scheduler.TaskSchedulerImpl
logger.scheduler.level = warn
"""


@contextmanager
def session(master: str | None = None) -> Iterator[SparkSession]:
    """The running session where there is one of that master, else a new one, stopped at the end.

    `master`: local[*] when not given, local[N], spark://HOST:PORT, yarn, k8s://…
    Raises InputError where Spark, Java or the master is not there.
    """
    _require_packages()
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None and not running.sparkContext._jsc.sc().isStopped():
        yield _configured(_of_master(running, master).newSession())
        return
    master = _checked_master(master or "local[*]")
    answering = signal.getsignal(signal.SIGINT)
    with tempfile.TemporaryDirectory(prefix="jamsostek-spark-") as folder:
        spark = _started(master, Path(folder))
        if answering is not None and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, answering)  # PySpark's own asks Java in the middle of another question
        try:
            yield _configured(spark)
        finally:
            spark.stop()


def _require_packages() -> None:
    for name in ("pyspark", "pandas"):  # pandas: mapInArrow asks for it
        if importlib.util.find_spec(name) is None:
            raise InputError(
                _("Mesin Spark belum terpasang: {name} tidak ada.").format(name=name),
                field="engine",
                remedy=_("Jalankan `uv sync --extra spark` atau `pip install 'jamsostek[spark]'`."),
            )


def _of_master(running: SparkSession, master: str | None) -> SparkSession:
    if master not in (None, running.sparkContext.master):
        raise InputError(
            _("Sesi Spark {master} masih berjalan.").format(master=running.sparkContext.master),
            field="master",
            value=master,
            remedy=_("Hentikan sesi itu dulu."),
        )
    return running


def _checked_master(master: str) -> str:
    """Refuses an address Spark does not know or nobody answers at (Spark itself would try for a minute)."""
    if not re.fullmatch(r"local(\[(\*|\d+)(,\d+)?\])?|yarn|k8s://.+|spark://[^/]+:\d+(,[^/]+:\d+)*", master):
        raise InputError(
            _("Alamat Spark {master!r} tidak dikenal.").format(master=master),
            field="master",
            value=master,
            remedy=_("Contoh: local[2], spark://host:7077, yarn."),
        )
    places = _places(master)
    if places and not any(_answers(host, port) for host, port in places):
        raise InputError(
            _("Spark di {master} tidak menjawab.").format(master=master),
            field="master",
            value=master,
            remedy=_("Periksa alamatnya, dan apakah master sudah jalan."),
        )
    return master


def _places(master: str) -> list[tuple[str, int]]:
    """Hosts and ports of a standalone master."""
    if not master.startswith("spark://"):
        return []
    pairs = [place.rsplit(":", 1) for place in master.removeprefix("spark://").split(",")]
    return [(host, int(port)) for host, port in pairs]


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=5):
            return True
    except OSError:
        return False


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "[::1]") or host.startswith("127.")


def is_local(master: str) -> bool:
    """Whether the work stays in this process's own Spark."""
    return master.startswith("local")


def _started(master: str, folder: Path) -> SparkSession:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    logs = folder / "log4j2.properties"
    logs.write_text(_LOGS, encoding="utf-8")
    options = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
        "spark.driver.defaultJavaOptions": f"-Dlog4j2.configurationFile={logs.as_uri()}",
    }
    environment = {"PYSPARK_PYTHON": os.environ.get("PYSPARK_PYTHON", sys.executable)}
    if is_local(master) or (_places(master) and all(_is_loopback(host) for host, _port in _places(master))):
        options |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        environment["SPARK_LOCAL_IP"] = "127.0.0.1"
    home = java_home()
    environment["JAVA_HOME"] = str(home) if home else ""
    builder = SparkSession.builder.master(master).appName("jamsostek")
    for name, value in options.items():
        builder = builder.config(name, value)
    with _environment(environment):
        try:
            return builder.getOrCreate()
        except (PySparkException, Py4JError) as error:
            reason = next(iter(str(error).splitlines()), "")
            raise InputError(
                _("Spark tidak dapat dijalankan: {reason}").format(reason=reason), field="master", value=master
            ) from error


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """The environment with these values (empty: without), as it was before at the end."""
    before = {name: os.environ.get(name) for name in wanted}
    _set_environment(wanted)
    try:
        yield
    finally:
        _set_environment(before)


def _set_environment(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value:
            os.environ[name] = value
        else:
            os.environ.pop(name, None)


def _configured(spark: SparkSession) -> SparkSession:
    for name, value in _SQL.items():
        spark.conf.set(name, value)
    return spark


# ---- the package, for machines that do not have it


def ship(spark: SparkSession, reforms: Sequence[Path]) -> str | None:
    """Sends the package and the reform files to the machines of a cluster; the archive's name there, None where none is needed.

    What stays to be installed there: the same Python version, numpy, pyarrow, PyYAML, babel. Data files must be files on a disk,
    so the package travels as an archive that is unpacked, not as a zip that is imported.
    """
    context = spark.sparkContext
    if is_local(str(context.master)):
        return None
    from pyspark import SparkFiles

    files = _package_files(reforms)
    digest = hashlib.sha256()
    for name, path in files.items():
        digest.update(name.encode() + path.read_bytes())
    archive = f"jamsostek-{digest.hexdigest()[:16]}"
    packed = Path(SparkFiles.getRootDirectory()) / f"{archive}.zip"  # deleted with the session
    if not packed.exists():
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
            for name, path in files.items():
                target.write(path, name)
        context.addArchive(f"{packed}#{archive}")
    return archive


def _package_files(reforms: Sequence[Path]) -> dict[str, Path]:
    package = Path(jamsostek.__file__).parent
    own = {
        f"jamsostek/{path.relative_to(package).as_posix()}": path
        for path in sorted(package.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    return own | {reform_name(place, path): path for place, path in enumerate(reforms)}


def reform_name(place: int, path: Path) -> str:
    """Where in the archive a reform file is."""
    return f"reforms/{place}/{path.name}"
