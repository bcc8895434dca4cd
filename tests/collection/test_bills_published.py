"""The programmes that two regencies published come out to the rupiah from a sponsor's bills for a list of that size."""

from __future__ import annotations

from typing import Any

import pytest
from payers import listed, people

from jamsostek.core.months import add_months
from tests import cast

LUMAJANG, PENAJAM = 3508, 6409
PUBLISHED = [
    # Lumajang 2025, tobacco excise sharing: 5,606 workers for seven months. Penajam Paser Utara 2025: 5,000 for the year.
    (LUMAJANG, "Pemerintah Kabupaten Lumajang", 5_606, 202506, 7, 659_265_600),
    (PENAJAM, "Pemerintah Kabupaten Penajam Paser Utara", 5_000, 202501, 12, 1_008_000_000),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("regency", "name", "count", "first", "months", "published"), PUBLISHED)
def test_published_programme_sums_come_out_to_the_rupiah(
    regency: int, name: str, count: int, first: int, months: int, published: int
) -> None:
    from jamsostek.collection.actions import bills, month
    from jamsostek.collection.models import Bill, BillLine

    with cast.everyone():
        sponsor = cast.sponsor(name, region_code=regency)
        listed(sponsor, people(count, regency), first, add_months(first, months - 1))
        asked = [add_months(first, at) for at in range(months)]
        for at, one in enumerate(asked):  # one month alone, the next with its whole region, and so on
            if at % 2:
                month.bill_region(month=one, region=regency, today=cast.TODAY)
            else:
                bills.bill_sponsor(sponsor_id=sponsor.pk, month=one, today=cast.TODAY)
        made = list(Bill.objects.filter(sponsor_id=sponsor.pk).order_by("pk"))
        assert [one.month for one in made] == asked
        assert {one.people for one in made} == {count} and {one.total_rupiah for one in made} == {count * 16_800}
        assert sum(one.total_rupiah for one in made) == published
        lines: Any = BillLine.objects.filter(month__in=asked)
        assert lines.count() == count * months
        assert sum(lines.values_list("jkk_rupiah", flat=True)) + sum(lines.values_list("jkm_rupiah", flat=True)) == published
        assert bills.open_month(asked[0]) is False
