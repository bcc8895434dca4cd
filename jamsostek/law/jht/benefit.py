"""JHT: the balance that grows, and the tax on what is paid out."""

from __future__ import annotations

from decimal import Decimal
from math import gcd

import numpy as np

from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, PPM, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.law.engine import (
    Array,
    Flag,
    Money,
    Month,
    Output,
    Outputs,
    Ragged,
    Records,
    Share,
    Whole,
    rule,
)
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law, Table

MONTHS = 12
MAX_RATE = Decimal("0.2")
MAX_BALANCE = 3 * 10**12
"""Beyond it a year's interest at the highest rate would leave 64 bits."""


@rule(
    "benefit.jht.balance",
    N_("Saldo JHT"),
    when="date",
    inputs=(
        Money("opening_rupiah", most=MAX_MONTHLY_RUPIAH),
        Money("monthly_contribution_rupiah", default=0, required=False, most=10**9),
        Whole("months", most=600),
        Share("annual_rate", most=MAX_RATE),
    ),
    outputs=(Output("balance_rupiah"),),
    source="PP 46/2015 Pasal 27",
)
def balance(law: Law, *, opening_rupiah: Array, monthly_contribution_rupiah: Array, months: Array, annual_rate: Array) -> Outputs:
    """A balance after some months of one yearly rate: simple within a year, added every 12 months; whole rupiah.

    A contribution earns from the month after it. Interest is rounded when it is added (a ledger holds whole rupiah).
    """
    held = opening_rupiah
    for year in range(int(months.max(initial=0)) // MONTHS + 1):
        held = credited_year(law, held, monthly_contribution_rupiah, np.clip(months - year * MONTHS, 0, MONTHS), annual_rate)
        _refuse_growth(held)
    return {"balance_rupiah": held}


def _refuse_growth(held: Array) -> None:
    if (held > MAX_BALANCE).any():
        raise InputError(
            _("Saldo melewati batas {most}.").format(most=format_rupiah(MAX_BALANCE)),
            row=int(np.argmax(held > MAX_BALANCE)) + 1,
            remedy=_("Periksa saldo awal, iuran, tingkat pengembangan, dan lamanya."),
        )


@step(
    N_("Saldo setelah pengembangan"),
    "{opening_rupiah} + {monthly_contribution_rupiah} × {months} + ({opening_rupiah} × {months}"
    " + {monthly_contribution_rupiah} × {months} × ({months} - 1) ÷ 2) × {annual_rate} ÷ 12",
    article="PP 46/2015 Pasal 27",
)
def credited_year(
    law: Law, opening_rupiah: Array, monthly_contribution_rupiah: Array, months: Array, annual_rate: Array
) -> Array:
    """Up to 12 months: contributions added, interest on the opening balance and on each contribution from the next month."""
    month_balances = opening_rupiah * months + monthly_contribution_rupiah * (months * (months - 1) // 2)
    interest = law.scale(month_balances, annual_rate, MONTHS * PPM)
    return opening_rupiah + monthly_contribution_rupiah * months + interest


# ---- tax


@rule(
    "benefit.jht.tax",
    N_("Pajak penghasilan atas JHT"),
    when="date",
    inputs=(
        Records("payments", fields=(Month("month"), Money("amount_rupiah", most=MAX_MONTHLY_RUPIAH))),
        Flag("tax_number", default=True),
    ),
    outputs=(Output("tax_rupiah", "rupiah_list"), Output("total_tax_rupiah"), Output("net_rupiah")),
    source="PP 68/2009 Pasal 2, 5, 6; PMK 16/PMK.03/2010; UU PPh Pasal 17",
)
def tax(law: Law, *, payments: Ragged, tax_number: Array) -> Outputs:
    """Tax withheld from each JHT payment; whole rupiah.

    The first payment opens a window of two calendar years with a final tax on the running sum; later years are taxed by the
    bands of income tax on the running sum of each year, a fifth more without a tax number. Payments come in order of month.
    """
    month, amount = payments.columns["month"], payments.columns["amount_rupiah"]
    row = payments.row_of_line()
    _refuse_disorder(month, row)
    year = month // 100
    in_window = window_of_first_payment(law, year, year[payments.starts[row]])
    before = sum_before(law, amount, row, np.where(in_window == 1, 0, year))
    final = final_tax(law, before, amount)
    later = progressive_tax(law, before, amount, year, tax_number[row])
    lines = np.where(in_window == 1, final, later)
    total = payments.sums(lines)
    return {
        "tax_rupiah": Ragged(payments.starts, {"rupiah": lines}),
        "total_tax_rupiah": total,
        "net_rupiah": payments.sums(amount) - total,
    }


def _refuse_disorder(month: Array, row: Array) -> None:
    wrong = (np.diff(month) < 0) & (np.diff(row) == 0)
    if wrong.any():
        line = int(np.argmax(wrong)) + 1
        raise InputError(
            _("Pembayaran bulan {month} datang setelah bulan yang lebih baru.").format(month=int(month[line])),
            field="payments",
            row=int(row[line]) + 1,
            remedy=_("Urutkan pembayaran menurut bulan."),
        )


@step(
    N_("Masih dalam dua tahun kalender sejak pembayaran pertama"),
    "{year} < {first_year} + {jht.tax.window_years}",
    unit="flag",
    article="PP 68/2009 Pasal 2",
)
def window_of_first_payment(law: Law, year: Array, first_year: Array) -> Array:
    """1 in the calendar year of the first payment and the next."""
    return (year < first_year + law.number("jht.tax.window_years")).astype(np.int64)


@step(N_("Jumlah yang sudah dibayar sebelumnya dalam masa pajak yang sama"))
def sum_before(law: Law, amount_rupiah: Array, row: Array, bucket: Array) -> Array:
    """The running sum of earlier payments of the same person in the same window or calendar year."""
    running = np.cumsum(amount_rupiah) - amount_rupiah
    first = np.concatenate([row[:1] == row[:1], (np.diff(row) != 0) | (np.diff(bucket) != 0)])
    base = np.maximum.accumulate(np.where(first, np.arange(len(row)), 0))
    found: Array = running - running[base]
    return found


@step(
    N_("Pajak final, bila dalam dua tahun kalender itu"),
    "{Σ jht.tax.final.rate_ppm: amount_rupiah from before_rupiah}",
    article="PP 68/2009 Pasal 5",
)
def final_tax(law: Law, before_rupiah: Array, amount_rupiah: Array) -> Array:
    """Tax of the running sum with this payment less the tax without it, rounded once."""
    bands = law.table("jht.tax.final")
    exact = _of_bands(bands, before_rupiah + amount_rupiah) - _of_bands(bands, before_rupiah)
    return law.scale(exact, 1, PPM)


@step(
    N_("Pajak menurut tarif Pasal 17, bila sesudah dua tahun kalender itu"),
    N_(
        "pajak tahun {year} atas ({before_rupiah} + {amount_rupiah}) dikurangi pajak atas {before_rupiah}"
        "⟨!tax_number: , × {jht.tax.no_number_factor} karena tanpa NPWP⟩"
    ),
    article="PP 68/2009 Pasal 6",
)
def progressive_tax(law: Law, before_rupiah: Array, amount_rupiah: Array, year: Array, tax_number: Array) -> Array:
    """The bands of each payment's own year on the running sum of that year; x 1.2 without a tax number; rounded once."""
    exact = np.zeros_like(amount_rupiah)
    for first, last, bands in law.series("jht.tax.progressive"):
        part = _of_bands(bands, before_rupiah + amount_rupiah) - _of_bands(bands, before_rupiah)
        day = (year - 1970) * 365 + 200  # a day inside the year: bands change on 1 January only
        exact = np.where((day >= first) & (day <= last), part, exact)
    without = law.ppm("jht.tax.no_number_factor")
    common = gcd(without, PPM)
    raised = law.scale(exact, without // common, PPM // common * PPM)
    return np.where(tax_number == 1, law.scale(exact, 1, PPM), raised)


def _of_bands(bands: Table, amount: Array) -> Array:
    """Tax of an amount slice by slice, exact, in rupiah x ppm."""
    lower = bands["above_rupiah"].tolist()
    upper = [*lower[1:], np.iinfo(np.int64).max]
    found = np.zeros_like(amount)
    for low, high, rate in zip(lower, upper, bands["rate_ppm"].tolist(), strict=True):
        found += np.clip(amount - low, 0, high - low) * rate
    return found
