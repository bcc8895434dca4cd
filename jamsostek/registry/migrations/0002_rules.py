"""The rules the database keeps by itself, and the map of Indonesia."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from django.db import migrations

from jamsostek.core.regions import PROVINCES, REGENCIES


def fill_regions(apps: Any, schema_editor: Any) -> None:
    """Provinces and regencies from core's tables; districts and villages are imported from files."""
    region = apps.get_model("registry", "Region")
    rows = [region(code=p.code, level=1, name=p.name, bps_code=p.bps_code) for p in PROVINCES.values()]
    rows += [
        region(code=r.code, parent_code=r.province_code, level=2, name=r.name, bps_code=r.bps_code_2020)
        for r in REGENCIES.values()
    ]
    rows += [
        region(code=r.code_before_2022, parent_code=r.code_before_2022 // 100, level=2, name=r.name, successor_code=r.code)
        for r in REGENCIES.values()
        if r.code_before_2022 is not None
    ]
    region.objects.using(schema_editor.connection.alias).bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):
    """Rules."""

    dependencies: ClassVar = [("registry", "0001_initial"), ("access", "0002_audit")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.RunPython(fill_regions, migrations.RunPython.noop),
    ]
