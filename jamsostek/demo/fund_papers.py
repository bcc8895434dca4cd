"""Invented papers of the demo's funds, and how much of each a fund begins with. Names, terms and prices belong to nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jamsostek.core.months import add_months, first_day

ISSUERS = (
    ("CONTOH-NEG", "Pemerintah (contoh)", "government", ""),
    ("CONTOH-BU1", "Bank Negara Contoh Satu", "state_bank", "Badan usaha milik negara contoh"),
    ("CONTOH-BU2", "Bank Negara Contoh Dua", "state_bank", "Badan usaha milik negara contoh"),
    ("CONTOH-BPD", "Bank Pembangunan Daerah Contoh", "regional_bank", ""),
    ("CONTOH-BS1", "Bank Swasta Contoh", "bank", ""),
    ("CONTOH-JLN", "PT Jalan Contoh", "company", ""),
    ("CONTOH-TEL", "PT Telekomunikasi Contoh", "company", ""),
    ("CONTOH-KON", "PT Konsumsi Contoh", "company", "Grup Contoh"),
    ("CONTOH-TMB", "PT Tambang Contoh", "company", "Grup Contoh"),
    ("CONTOH-PEL", "PT Pelabuhan Contoh", "company", ""),
    ("CONTOH-MI1", "PT Manajer Investasi Contoh Satu", "manager", ""),
    ("CONTOH-MI2", "PT Manajer Investasi Contoh Dua", "manager", ""),
)
"""Code, name, kind, group."""
UNIT = 1_000_000
DEPOSITS = ("CONTOH-DEP1", "CONTOH-DEP2", "CONTOH-DEP3", "CONTOH-DEP4")
DIVIDENDS = ("CONTOH-TELE", 75)
"""Whose shares pay one, and rupiah for a share."""


@dataclass(frozen=True)
class Paper:
    """What is registered, and the price it is first bought at."""

    facts: dict[str, Any]
    price: Decimal

    @property
    def code(self) -> str:
        """As registered."""
        return str(self.facts["code"])


def _bond(code: str, name: str, ppm: int, due: tuple[int, int], price: int, **more: Any) -> Paper:
    """A bond that is repaid in a month, on the fifteenth."""
    month, years = due
    repaid = first_day(month).replace(day=15)
    facts = {
        "code": code, "name": name, "asset_class": "government_bond", "issuer": "CONTOH-NEG", "unit_rupiah": UNIT,
        "coupon_ppm": ppm, "coupons_a_year": 2, "day_count": "act/act", "listed": True,
        "issued_on": repaid.replace(year=repaid.year - years), "matures_on": repaid,
    }  # fmt: skip
    return Paper(facts | more, Decimal(price))


def _deposit(code: str, bank: str, name: str, ppm: int, begins: dt.date, months: int, coupons: int) -> Paper:
    ends = first_day(add_months(begins.year * 100 + begins.month, months)).replace(day=begins.day)
    facts = {
        "code": code, "name": name, "asset_class": "deposit", "issuer": bank, "unit_rupiah": 1, "coupon_ppm": ppm,
        "coupons_a_year": coupons, "day_count": "act/365", "issued_on": begins, "matures_on": ends,
    }  # fmt: skip
    return Paper(facts, Decimal(1))


def _share(code: str, name: str, issuer: str, kind: str, price: int, **more: Any) -> Paper:
    facts = {"code": code, "name": name, "asset_class": kind, "issuer": issuer, "listed": kind == "equity"}
    return Paper(facts | more, Decimal(price))


def papers(first: int) -> list[Paper]:
    """Everything there is to buy in a month and after it: bonds of the state first, what has the narrowest limits last."""
    day = first_day(first)
    return [
        _bond("CONTOH-SBN05", "Obligasi negara contoh 5 tahun", 65_000, (add_months(first, 62), 6), 985_000),
        _bond("CONTOH-SBN15", "Obligasi negara contoh 15 tahun", 71_250, (add_months(first, 181), 17), 1_018_500),
        _bond("CONTOH-SBNP", "Obligasi negara contoh, diperdagangkan", 68_750, (add_months(first, 99), 10), 996_000,
              measured="market"),
        _bond("CONTOH-SPN", "Surat perbendaharaan negara contoh", 0, (add_months(first, 3), 1), 984_000, coupons_a_year=0,
              day_count="act/365"),
        _deposit("CONTOH-DEP1", "CONTOH-BU1", "Deposito contoh 6 bulan", 52_500, day, 6, 12),
        _deposit("CONTOH-DEP2", "CONTOH-BU2", "Deposito contoh 3 bulan", 50_000, day, 3, 0),
        _deposit("CONTOH-DEP3", "CONTOH-BPD", "Deposito contoh 12 bulan", 57_500, day, 12, 12),
        _deposit("CONTOH-DEP4", "CONTOH-BS1", "Deposito contoh berikutnya", 55_000, first_day(add_months(first, 3)), 6, 12),
        _share("CONTOH-RDPT", "Reksa dana pendapatan tetap contoh", "CONTOH-MI1", "mutual_fund", 1_850),
        _share("CONTOH-RDSH", "Reksa dana saham contoh", "CONTOH-MI2", "mutual_fund", 2_400),
        _share("CONTOH-PELB", "Penyertaan PT Pelabuhan Contoh", "CONTOH-PEL", "direct", 100_000),
        _bond("CONTOH-JALAN", "Obligasi PT Jalan Contoh", 78_000, (add_months(first, 38), 5), 1_002_000,
              asset_class="corporate_bond", issuer="CONTOH-JLN", coupons_a_year=4, day_count="30/360", rating="idAA"),
        _share("CONTOH-TELE", "Saham PT Telekomunikasi Contoh", "CONTOH-TEL", "equity", 3_100),
        _share("CONTOH-KONS", "Saham PT Konsumsi Contoh", "CONTOH-KON", "equity", 6_450),
        _share("CONTOH-TAMB", "Saham PT Tambang Contoh", "CONTOH-TMB", "equity", 2_080),
        _share("CONTOH-BANK", "Saham Bank Negara Contoh Satu", "CONTOH-BU1", "equity", 4_700),
    ]  # fmt: skip


SHARES = {
    "jht": {
        "CONTOH-SBN05": 180, "CONTOH-SBN15": 250, "CONTOH-SBNP": 100, "CONTOH-SPN": 68, "CONTOH-JALAN": 41,
        "CONTOH-DEP1": 70, "CONTOH-DEP2": 50, "CONTOH-DEP3": 30, "CONTOH-RDPT": 35, "CONTOH-RDSH": 35, "CONTOH-PELB": 5,
        "CONTOH-TELE": 32, "CONTOH-KONS": 32, "CONTOH-TAMB": 29, "CONTOH-BANK": 32,
    },
    "jp": {
        "CONTOH-SBN05": 200, "CONTOH-SBN15": 242, "CONTOH-SBNP": 100, "CONTOH-SPN": 60, "CONTOH-JALAN": 40,
        "CONTOH-DEP1": 50, "CONTOH-DEP2": 30, "CONTOH-DEP3": 20, "CONTOH-RDPT": 40, "CONTOH-RDSH": 40, "CONTOH-PELB": 7,
        "CONTOH-TELE": 41, "CONTOH-KONS": 42, "CONTOH-TAMB": 42, "CONTOH-BANK": 43,
    },
    "others": {
        "CONTOH-SBN05": 200, "CONTOH-SBN15": 250, "CONTOH-SBNP": 100, "CONTOH-SPN": 60, "CONTOH-JALAN": 40,
        "CONTOH-DEP1": 50, "CONTOH-DEP2": 30, "CONTOH-DEP3": 20, "CONTOH-RDPT": 40, "CONTOH-RDSH": 40,
        "CONTOH-TELE": 41, "CONTOH-KONS": 42, "CONTOH-TAMB": 42, "CONTOH-BANK": 43,
    },
}  # fmt: skip
"""Parts in a thousand. JHT, December 2021: bonds 65 % (92 % of them of the state), deposits 15 %, shares 12.5 %, mutual
funds 7 %, the rest 0.5 %. The others as all funds in February 2021: debt 64 %, shares 17 %, deposits 10 %, mutual funds 8 %,
direct 1 %; of corporate bonds and direct holdings a little less, for the
limits of one issuer, and the short funds hold nothing directly, for the law bars them."""
PRICED = (
    ("CONTOH-SBN05", Decimal(985_000), (0, 4, -3, 6, 9)), ("CONTOH-SBN15", Decimal(1_018_500), (0, 7, -6, 3, 12)),
    ("CONTOH-SBNP", Decimal(996_000), (0, 6, -5, 4, 11)), ("CONTOH-JALAN", Decimal(1_002_000), (0, 1, -2, 2, 3)),
    ("CONTOH-RDPT", Decimal(1_850), (0, 5, 8, 12, 16)), ("CONTOH-RDSH", Decimal(2_400), (0, 15, -22, 8, 21)),
    ("CONTOH-TELE", Decimal(3_100), (0, 26, -13, 45, 32)), ("CONTOH-KONS", Decimal(6_450), (0, -8, 15, 23, -12)),
    ("CONTOH-TAMB", Decimal(2_080), (0, 48, -38, 19, 77)), ("CONTOH-BANK", Decimal(4_700), (0, 17, 4, -21, 28)),
)  # fmt: skip
"""Code, first price, and how many thousandths it lies above or below it at the ends of the months that follow."""
