"""A snapshot of the small demo, taken through the action."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from jamsostek.awards.actions import editions
from jamsostek.awards.actions.snapshots import take
from jamsostek.awards.edition import samples
from jamsostek.awards.queries import snapshots as queries
from tests import cast

CODE = "peragaan-2026"


@pytest.fixture(scope="module")
def entered(module_db: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The small demo with its bills, payments and claims, and the edition that comes with the software."""
    from django.conf import settings

    from jamsostek.access.scope import system_scope
    from jamsostek.coverage.actions import take_snapshot
    from jamsostek.demo.enter import enter
    from jamsostek.synth.regency import make_regency

    kept = settings.JAMSOSTEK_KEYS, settings.JAMSOSTEK_DATA
    settings.JAMSOSTEK_KEYS, settings.JAMSOSTEK_DATA = (tmp_path_factory.mktemp(one) for one in ("keys", "data"))
    enter(make_regency(1, workers=1_000, employers=40, month=202610), today=cast.TODAY, now=cast.NOW, tell=lambda *_told: None)
    take_snapshot(scope=system_scope("uji"), day=cast.TODAY)
    with cast.everyone():
        editions.write(content=samples()[CODE])
    yield
    settings.JAMSOSTEK_KEYS, settings.JAMSOSTEK_DATA = kept


def test_a_snapshot_of_the_demo_is_taken_once_for_a_state(entered: None) -> None:
    with cast.everyone():
        made = take(code=CODE, level="province")
        again = take(code=CODE, level="province")
        assert again.pk == made.pk
        told = queries.content(made)
        print(told.counts, made.bytes)
        for table in told.tables.values():
            for row in table.to_pylist():
                if row.get("key") in (3515, 35, 3508) or (table.num_rows < 60 and "scale" in row and row["scale"]):
                    print(row)
