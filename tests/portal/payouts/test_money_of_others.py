"""What is not one's own stays out of sight. Committed: rows are also seen by the transaction that makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from desks import MONTH, TODAY, stored, text_of
from treasury import HOME, OWN, RIGHTS, pensioner, right_of, widow

from jamsostek.claims.models import Proof
from tests import cast

if TYPE_CHECKING:
    from desks import Town


@pytest.fixture(scope="module")
def right(town: Town) -> Any:
    """A pensioner's right with a proof that waits, and a widow's money."""
    widow(town)
    made = right_of(pensioner(town))
    with cast.everyone():
        Proof.objects.create(benefit=made, claim_id=made.claim_id, kind="alive", month=MONTH, data={}, given_on=TODAY)
    return made


def test_the_officer_of_the_region_sees_the_right_and_its_proof(town: Town, right: Any) -> None:
    for page in (RIGHTS, f"{RIGHTS}bukti/", f"{RIGHTS}{right.pk}/"):
        assert "Wayan Sudarma" in text_of(town.client("officer").get(page)), page


def test_another_regions_officer_sees_and_judges_nothing(town: Town, right: Any) -> None:
    proof, far = stored(Proof), town.client("far_officer")
    for page in (RIGHTS, f"{RIGHTS}bukti/", f"{RIGHTS}kelebihan/"):
        assert "Wayan" not in text_of(far.get(page)), page
    for page in (
        f"{RIGHTS}{right.pk}/",
        f"{RIGHTS}bukti/{proof.pk}/",
        f"{RIGHTS}{right.pk}/akhiri/",
        f"{RIGHTS}{right.pk}/bukti/",
    ):
        assert far.get(page).status_code == 403, page
    assert far.post(f"{RIGHTS}bukti/{proof.pk}/", {"answer": "ya"}).status_code == 403
    rows = b"".join(far.get(f"{RIGHTS}unduh/?bentuk=csv").streaming_content).decode("utf-8-sig")
    assert "Wayan" not in rows and stored(Proof).accepted is None


def test_an_employer_a_ministry_and_an_agent_get_no_page(town: Town, right: Any) -> None:
    for who in ("clerk", "worker", "ministry", "agent", "viewer"):
        client = town.client(who)
        assert [client.get(page).status_code for page in (RIGHTS, f"{RIGHTS}{right.pk}/", HOME)] == [403, 403, 403], who


def test_a_worker_sees_their_own_right_alone(town: Town, right: Any) -> None:
    siti = town.client("worker")
    assert "Belum ada hak yang dibayar terus" in text_of(siti.get(OWN))
    for page in (f"{OWN}{right.pk}/", f"{OWN}{right.pk}/bukti/"):
        assert siti.get(page).status_code == 404, page
        assert siti.post(page, {"alive": "on"}).status_code in (404, 405), page
    assert "Wayan Sudarma" in text_of(town.client("wayan").get(OWN))
