"""The yearly rate of a month: the law's where its data have one, else what was declared here and confirmed by another person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jamsostek import law
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month
from jamsostek.core.text import _
from jamsostek.law import NoLawError

RATE = "jht.development_rate"


@dataclass(frozen=True)
class Declaration:
    """A rate as it was declared, for the months from `from_month` to December; `confirmed` is None before anybody answered.

    `declared_by` is None for the operator of the installation. The decree is the declaration's, or the answer's where it came
    with that. `hands` are those it takes (`accounts.actions.rates.HANDS`). `credited` are the months whose run stands on it.
    """

    id: int
    from_month: int
    rate_ppm: int
    source: str
    decree: str
    decreed_on: dt.date | None
    invented: bool
    declared_by: int | None
    declared_at: dt.datetime
    confirmed: bool | None
    reason: str
    answered_by: int | None
    answered_at: dt.datetime | None
    hands: str
    credited: tuple[int, ...]

    @property
    def to_month(self) -> int:
        """The last month it is for: a rate is declared anew for every year."""
        return self.from_month // 100 * 100 + 12


@dataclass(frozen=True)
class Rate:
    """A yearly rate and where it stands: in the law's data, or in a declaration."""

    ppm: int
    declaration: Declaration | None = None


def known_to_law(month: int) -> int | None:
    """The rate in the law's data in ppm; None where they have none for the month."""
    here = law.law_at(month)
    try:
        return None if here.provisional(RATE) else here.ppm(RATE)
    except NoLawError:
        return None


def declared_rate(month: int) -> Rate:
    """The yearly rate of a month; `InputError` where the law's data have none and none was declared and confirmed."""
    known = known_to_law(month)
    if known is not None:
        return Rate(known)
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_rate_of(%s)", [month])
        found = cursor.fetchone()[0]
    if found is not None:
        one = declarations(ids=[found])[0]
        return Rate(one.rate_ppm, one)
    raise InputError(
        _("Tingkat pengembangan JHT untuk {month} belum ditetapkan.").format(month=format_month(month)),
        field="month", value=month,
        remedy=_("Catat tingkat yang diumumkan dengan sumbernya di halaman Tingkat pengembangan JHT; orang lain mengesahkannya."),
    )  # fmt: skip


_DECLARED = """
    SELECT r.id, r.from_month, r.rate_ppm, r.source, CASE WHEN r.decree = '' THEN coalesce(a.decree, '') ELSE r.decree END,
           coalesce(r.decreed_on, a.decreed_on), r.invented, r.declared_by, r.declared_at,
           a.confirmed, coalesce(a.reason, ''), a.answered_by, a.answered_at, r.hands,
           ARRAY(SELECT month FROM accounts_crediting c WHERE c.rate_id = r.id ORDER BY month)
    FROM accounts_rate r LEFT JOIN accounts_rateanswer a ON a.rate_id = r.id
    WHERE (%s::bigint[] IS NULL OR r.id = ANY (%s)) AND (%s::bigint IS NULL OR r.id < %s) ORDER BY r.id DESC LIMIT %s
"""


def declarations(*, ids: Collection[int] | None = None, before: int | None = None, limit: int = 200) -> list[Declaration]:
    """What was declared, the newest first; of some ids, or those before an id."""
    wanted = None if ids is None else list(ids)
    with connection.cursor() as cursor:
        cursor.execute(_DECLARED, [wanted, wanted, before, before, limit])
        return [_declaration(*row) for row in cursor.fetchall()]


def _declaration(*row: Any) -> Declaration:
    told: list[Any] = [*row[:-1], tuple(row[-1])]
    return Declaration(*told)


def months_of(one: Declaration) -> list[int]:
    """The months that it holds for: those confirmed and not declared anew. The law's data may have come to know them since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT month FROM generate_series(%s, %s) AS month WHERE accounts_rate_of(month) = %s ORDER BY 1",
            [one.from_month, one.to_month, one.id],
        )
        return [row[0] for row in cursor.fetchall()]


def rate_of(ppm: int, rate_id: int | None) -> Rate:
    """The rate a month was credited at, with its declaration."""
    return Rate(ppm, declarations(ids=[rate_id])[0] if rate_id is not None else None)
