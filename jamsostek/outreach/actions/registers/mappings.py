"""What somebody decided about the columns of a file, kept for the next one of the same titles."""

from __future__ import annotations

import json

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.text import _
from jamsostek.messages.register.mapping import Mapping as Columns
from jamsostek.outreach.models import Mapping


def keep_mapping(*, region_code: int, name: str, columns: Columns, shared: bool = False) -> Mapping:
    """Keeps a mapping; the same decisions of the same region under the same name are kept once."""
    current().need(Can.IMPORT_REGISTER, Place(regency=region_code))
    columns.check()
    told = {
        "region_code": region_code, "fingerprint": columns.fingerprint, "name": " ".join(name.split()) or _("Pemetaan"),
        "columns": json.loads(columns.to_json()), "shared": shared,
    }  # fmt: skip
    newest = Mapping.objects.filter(region_code=region_code, fingerprint=columns.fingerprint).order_by("-pk").first()
    if newest is not None and all(getattr(newest, name) == value for name, value in told.items()):
        return newest
    kept = Mapping.objects.create(**told, made_by=current().user_id)
    audit.record("mapping.kept", "mapping", kept.pk, fields=("columns",))
    return kept
