"""Registering by the thousand: one index less to keep, numbers found by theirs."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Words of names, answers about numbers."""

    dependencies: ClassVar = [("registry", "0004_counts")]
    operations: ClassVar = [
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
            "CREATE INDEX registry_nameword_of ON registry_nameword (participant_id);"
            " ALTER FUNCTION registry_match(bytea[]) RESET enable_seqscan;"
            " ALTER FUNCTION registry_taken(text, text[]) RESET enable_seqscan;"
            " ALTER FUNCTION registry_alike_pairs(bigint[]) RESET enable_seqscan",
        ),
    ]
