"""No process outlives its parent."""

from __future__ import annotations

import os
import signal
import threading
import time

LOOK_SECONDS = 0.5
GRACE_SECONDS = 10.0


def end_with_parent(parent: int) -> None:
    """Ends this process when `parent` is no longer its parent: asks first as Ctrl-C would be asked, then insists.

    A look at the parent's number every half second works on every system, after kill -9, and from any thread.
    """
    threading.Thread(target=_watch, args=(parent,), name="end-with-parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
