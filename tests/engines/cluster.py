"""A real Spark standalone cluster on this machine's loopback: a master and worker processes, from PySpark's own jars."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyspark

from jamsostek.batch.java import java_home

LOOPBACK = "127.0.0.1"
_DEPLOY = "org.apache.spark.deploy"
_SECONDS_TO_START = 120
LIGHT_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For small data: start soon rather than run fast."""


@contextmanager
def standalone_cluster(workers: int = 2, cores: int = 1, memory: str = "1g") -> Iterator[str]:
    """The address (spark://…) of a master with `workers` worker processes of `cores` cores, all of them ended at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="spark-cluster-")))
        port, page = _free_port(), _free_port()
        place = ["--host", LOOPBACK, "--port", str(port), "--webui-port", str(page)]
        master = stack.enter_context(_process(folder, "master", f"{_DEPLOY}.master.Master", *place))
        address = f"spark://{LOOPBACK}:{port}"
        _wait_until(lambda: _alive(page) is not None, master, folder / "master.log")
        for number in range(workers):
            own = folder / f"worker-{number}"
            size = ["--cores", str(cores), "--memory", memory, "--work-dir", str(own)]
            place = ["--host", LOOPBACK, "--webui-port", "0"]
            worker = _process(folder, own.name, f"{_DEPLOY}.worker.Worker", *place, *size, address)
            stack.enter_context(worker)
        _wait_until(lambda: _alive(page) == workers, master, folder / "master.log")
        yield address


@contextmanager
def _process(folder: Path, name: str, java_class: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    home = Path(pyspark.__file__).parent
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "SPARK_HOME", "JAVA_HOME")}
    environment |= {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_PUBLIC_DNS": LOOPBACK,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": LIGHT_JAVA,
        "SPARK_LOCAL_DIRS": str(folder),
    }
    java = java_home()
    if java:
        environment["JAVA_HOME"] = str(java)
    command = [str(home / "bin" / "spark-class"), java_class, *arguments]
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        return int(taken.getsockname()[1])


def _alive(page: int) -> int | None:
    """How many workers the master counts; None while it does not answer."""
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{page}/json/", timeout=5) as answer:
            workers = json.load(answer)["workers"]
    except OSError:
        return None
    return sum(worker["state"] == "ALIVE" for worker in workers)


def _wait_until(ready: object, process: subprocess.Popen[bytes], log: Path) -> None:
    assert callable(ready)
    end = time.monotonic() + _SECONDS_TO_START
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"the cluster did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.2)
