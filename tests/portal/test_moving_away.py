"""Who moves to another region is written by the office they leave; then only the office there sees them."""

from __future__ import annotations

from typing import Any

from desks import REASON, asked_twice, build

from tests import cast


def test_who_moves_away_is_out_of_sight_of_the_office_that_wrote_it(committed_db: Any) -> None:
    town = build()
    url = f"/kantor/peserta/{town.people['siti'].kpj}/"
    client, there = town.client("officer"), town.client("far_officer")
    assert (client.get(url).status_code, there.get(url).status_code) == (200, 403)
    data = {"regency_code": str(cast.LUMAJANG), "village_code": "", "address": "", "reason": REASON}
    assert asked_twice(client, f"{url}pindah/", data)["Location"] == "/kantor/"
    assert (client.get(url).status_code, there.get(url).status_code) == (403, 200)
