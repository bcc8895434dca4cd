"""The backend Django loads by name."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

from jamsostek.config.embedded import server


class DatabaseWrapper(base.DatabaseWrapper):
    """Starts the embedded server with the first connection, and revives it with a later one."""

    def get_connection_params(self) -> dict[str, Any]:
        """What psycopg is called with. Read by procrastinate's worker too."""
        params: dict[str, Any] = super().get_connection_params()
        if not self.settings_dict["HOST"]:
            here = server()
            here.use()
            params["host"] = str(here.socket_folder)
            params["password"] = here.password(self.settings_dict["USER"])
        return params
