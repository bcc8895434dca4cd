"""The backend Django loads by name."""

from __future__ import annotations

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from jamsostek.config.embedded import server


class DatabaseWrapper(base.DatabaseWrapper):
    """Starts the embedded server with the first connection, and revives it with a later one."""

    def is_usable(self) -> bool:
        """Whether the server still holds the connection. Unasked it says little but farewell, so only when it said something
        is it asked: a question before every page would be a journey more.
        """
        raw = self.connection
        if raw is None or raw.closed or raw.info.transaction_status == TransactionStatus.INERROR:
            return False
        look = select.poll()
        look.register(raw.fileno(), select.POLLIN)
        return not look.poll(0) or bool(super().is_usable())

    def get_connection_params(self) -> dict[str, Any]:
        """What psycopg is called with. Read by procrastinate's worker too."""
        params: dict[str, Any] = super().get_connection_params()
        if not self.settings_dict["HOST"]:
            here = server()
            here.use()
            params["host"] = str(here.socket_folder)
            params["password"] = here.password(self.settings_dict["USER"])
        return params
