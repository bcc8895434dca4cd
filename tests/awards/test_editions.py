"""An edition's life: written, opened by another, changed with a reason, over; and what the database itself refuses."""

from __future__ import annotations

from typing import Any

import pytest

from jamsostek.awards.edition import samples
from tests import cast

SAMPLE = samples()["peragaan-2026"]


def test_first(db: Any) -> None:
    from jamsostek.access.errors import Refused
    from jamsostek.awards.actions import editions
    from jamsostek.awards.errors import LedgerRefused
    from jamsostek.awards.models import Step
    from jamsostek.ledger.errors import refusals

    one, other = cast.user("panitia", "award_committee"), cast.user("lain", "award_committee")
    with cast.as_user(one):
        made = editions.write(content=SAMPLE)
        with pytest.raises(Refused):
            editions.step(code="peragaan-2026", step="opened")
        with pytest.raises(LedgerRefused, match="Anda sendiri"), refusals():
            Step.objects.create(edition_id=made.edition_id, step="opened", by_id=other.pk)
