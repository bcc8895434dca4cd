from __future__ import annotations
from typing import Any
import pytest
from django.utils import timezone
def test_site(committed_db: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    from django.test import override_settings
    from jamsostek.core.months import add_months, month_of
    from jamsostek.demo.enter import enter
    from jamsostek.synth.regency import make_regency
    from tests.site.awarding import award
    TODAY = timezone.localdate()
    folder = tmp_path_factory.mktemp("peragaan")
    with override_settings(JAMSOSTEK_DATA=folder, JAMSOSTEK_KEYS=folder):
        made = make_regency(1, workers=1000, employers=40, month=add_months(month_of(TODAY), -1))
        enter(made, today=TODAY, now=timezone.now(), tell=lambda *_told: None)
        import time
        begun = time.monotonic()
        found = award(made.regency_code, TODAY)
        print("AWARD SECONDS", time.monotonic() - begun)
        print(found)
