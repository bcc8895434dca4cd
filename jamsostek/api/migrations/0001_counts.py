"""Counters of requests: unlogged, for losing them in a crash costs nobody anything."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

COUNTS = """
CREATE UNLOGGED TABLE api_count (
    caller bytea NOT NULL,
    name text NOT NULL,
    period bigint NOT NULL,
    used integer NOT NULL,
    until bigint NOT NULL,
    PRIMARY KEY (caller, name)
) WITH (fillfactor = 70);
"""


class Migration(migrations.Migration):
    """Counters."""

    dependencies: ClassVar = []
    operations: ClassVar = [migrations.RunSQL(COUNTS, "DROP TABLE api_count;")]
