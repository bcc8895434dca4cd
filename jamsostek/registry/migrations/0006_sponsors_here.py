"""Files of sponsors at the office of their region; cover that is there already, told whoever it is about."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations

_BEFORE = """
ALTER POLICY sight ON registry_upload USING (
    (SELECT access_is('all'))
    OR employer_id = ANY ((SELECT access_ids('employers'))::bigint[])
    OR sponsor_id = ANY ((SELECT access_ids('sponsors'))::bigint[])
    OR created_by = (SELECT access_user())
    OR EXISTS (SELECT FROM registry_employer e WHERE e.id = employer_id AND e.regency_code = ANY ((SELECT access_ids('regions'))::bigint[]))
);
DROP FUNCTION registry_cover_there(bigint, bigint[], integer[], integer[]);
"""
"""Who ends is listed as it is counted, forth and back."""


class Migration(migrations.Migration):
    """Uploads in sight, cover there, who ends."""

    dependencies: ClassVar = [("registry", "0005_quicker")]
    operations: ClassVar = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), _BEFORE)]
