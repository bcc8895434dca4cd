"""JHT: the return credited to an account for one month, by the days its money stood in it."""

from __future__ import annotations

import numpy as np

from jamsostek.core.dates import days_from_civil, days_in_month, is_leap
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import MAX_RUPIAH, PPM
from jamsostek.core.text import N_, _
from jamsostek.law.engine import NONE, Array, Money, Output, Outputs, Share, Whole, rule
from jamsostek.law.explain import step
from jamsostek.law.jht.benefit import MAX_RATE
from jamsostek.law.parameters import Law, NoLawError

MAX_RUPIAH_DAYS = 31 * MAX_RUPIAH
"""The largest balance that came in or went out on the last day of the month before."""
_BOTH_YEARS = 365 * 366
"""A number of days that an ordinary and a leap year both divide: one divisor for all rows, and nothing is lost."""


def days_standing(month: Array, day: Array) -> Array:
    """The days that money moved on `day` (days since 1970) stands in its month YYYYMM: from the next day to the last.

    A movement counts as amount x these days; in the database, `sum(amount * (last_day_of_month - on_date))`.
    """
    year, number = np.divmod(month, 100)
    found: Array = days_from_civil(year, number, days_in_month(year, number)) - day
    return found


@rule(
    "benefit.jht.monthly_return",
    N_("Hasil pengembangan JHT sebulan"),
    when="month",
    inputs=(
        Money("opening_rupiah", most=MAX_RUPIAH),
        Money("returned_rupiah", default=0, required=False, most=MAX_RUPIAH),
        Whole("movement_rupiah_days", default=0, required=False, least=-MAX_RUPIAH_DAYS, most=MAX_RUPIAH_DAYS),
        Share("annual_rate", required=False, most=MAX_RATE),
    ),
    outputs=(Output("return_rupiah"),),
    source="PP 46/2015 Pasal 22 ayat (2), Pasal 27",
    at_dates=True,
)
def monthly_return(
    law: Law, *, when: Array, opening_rupiah: Array, returned_rupiah: Array, movement_rupiah_days: Array, annual_rate: Array
) -> Outputs:
    """The return of one account for one month by the yearly rate declared, day by day; whole rupiah, rounded once.

    `opening_rupiah` stands in the account at the beginning of the month without what was credited to it since 1 January,
    which is `returned_rupiah`. `movement_rupiah_days` is the sum, over what came in (+) or went out (-) during the month, of
    amount x days it then stood (`days_standing`): 0 where nothing moved. Without `annual_rate` the rate of the law's data
    holds; a year whose rate was never found must be given one. A claim in the middle of a month gives an opening of 0 and
    balance x days up to the payment.
    """
    earning = earning_balance(law, opening_rupiah, returned_rupiah)
    rate = declared_rate(law, annual_rate)
    year, month = np.divmod(when, 100)
    return {
        "return_rupiah": credited_month(
            law, earning, days_in_month(year, month), movement_rupiah_days, rate, 365 + is_leap(year).astype(np.int64)
        )
    }


@step(
    N_("Saldo yang berkembang"),
    "{opening_rupiah}⟨jht.return.compounds:  + {returned_rupiah}⟩",
    article="PP 46/2015 Pasal 22 ayat (2)",
)
def earning_balance(law: Law, opening_rupiah: Array, returned_rupiah: Array) -> Array:
    """What earns the whole month; this year's returns earn only under the other reading (interpretation 81)."""
    return opening_rupiah + returned_rupiah * law.flag("jht.return.compounds")


@step(
    N_("Tingkat pengembangan setahun"), "{annual_rate|jht.development_rate}", unit="ppm",
    article="PP 46/2015 Pasal 27 ayat (1)-(3)",
)  # fmt: skip
def declared_rate(law: Law, annual_rate: Array) -> Array:
    """The yearly rate declared for the month in ppm: the one given, else that of the data."""
    return np.where(annual_rate == NONE, _known_rate(law, annual_rate), annual_rate)


def _known_rate(law: Law, annual_rate: Array) -> int:
    """The rate of the data, asked for only where a row gives none: most years have no figure."""
    if not (annual_rate == NONE).any():
        return 0
    try:
        return law.ppm("jht.development_rate")
    except NoLawError as error:
        error.field, error.row = "annual_rate", int(np.argmax(annual_rate == NONE)) + 1
        error.remedy = _("Isi annual_rate dengan tingkat yang ditetapkan untuk bulan itu, misalnya 0.05.")
        raise


@step(
    N_("Hasil pengembangan menurut hari"),
    "({earning_rupiah} × {days_in_month}⟨movement_rupiah_days:  + {movement_rupiah_days}⟩) × {annual_rate} ÷ {days_in_year}",
    article="PP 46/2015 Pasal 27",
)
def credited_month(
    law: Law, earning_rupiah: Array, days_in_month: Array, movement_rupiah_days: Array, annual_rate: Array, days_in_year: Array
) -> Array:
    """Rupiah x days, x the yearly rate, / the days of the calendar year; rounded once, whole rupiah."""
    stood = earning_rupiah * days_in_month + movement_rupiah_days
    _refuse_negative(stood)
    return law.scale(annual_rate, stood * (_BOTH_YEARS // days_in_year), _BOTH_YEARS * PPM)


def _refuse_negative(stood: Array) -> None:
    if (stood < 0).any():
        raise InputError(
            _("Lebih banyak yang keluar daripada saldo yang berkembang."),
            field="movement_rupiah_days",
            row=int(np.argmax(stood < 0)) + 1,
            remedy=_("Periksa pembayaran bulan itu; hasil pengembangan tahun ini tidak termasuk saldo yang berkembang."),
        )
