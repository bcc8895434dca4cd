"""What a web worker loads: the application, and the watch over its parent."""

from __future__ import annotations

import os

from jamsostek.config.serving.orphans import end_with_parent
from jamsostek.config.wsgi import application

__all__ = ["application"]

end_with_parent(os.getppid())
