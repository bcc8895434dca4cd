"""Securities for the pages to show: issuers of a group, prices from files with rows to mend, statements that differ, and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of
from jamsostek.core.months import month_of
from jamsostek.fund.actions.custody import answer_explanation, explain_difference, record_custody
from jamsostek.fund.actions.price_files import send_prices, take_prices
from jamsostek.fund.actions.securities import register_instrument, register_issuer
from jamsostek.fund.queries.custody import reconciliation

GROUP, SOURCE, CUSTODIAN = "Kelompok Rekaan", "Bursa rekaan", "Bank Kustodian Rekaan"
REASONS = ("Dibukukan sehari kemudian", "Salah dibaca bank", "Nomornya kurang lengkap")
FILES = ("harga-rekaan.csv", "harga-berikutnya.csv", "posisi-rekaan.csv", "posisi-lain.csv")


def price(users: dict[Role, User], today: dt.date) -> list[str]:
    """Makes them; gives the texts that people typed."""

    def sits(role: Role) -> Any:
        return acting(scope_of(users[role], month_of(today)))

    days = [today - dt.timedelta(days=back) for back in (60, 50, 40, 30)]
    with sits(Role.SETTLEMENT):
        for code, kind, group in (("REKANEG", "government", ""), ("REKAPT", "company", GROUP), ("REKABANK", "bank", GROUP)):
            register_issuer(code=code, name=f"Rekaan {code}", kind=kind, corporate_group=group, invented=True)
        register_instrument(
            code="RKFR01", name="Surat utang rekaan", asset_class="government_bond", issuer="REKANEG", unit_rupiah=1_000_000,
            coupon_ppm=65_000, coupons_a_year=2, day_count="act/act", matures_on=today.replace(year=today.year + 9, day=15),
            listed=True, invented=True,
        )  # fmt: skip
        for code, issuer in (("RKSA", "REKAPT"), ("RKSB", "REKABANK")):
            facts = {"code": code, "name": f"Saham {code}", "issuer": issuer}
            register_instrument(**facts, asset_class="equity", listed=True, invented=True)
        rows = [f"RKFR01;{day:%d-%m-%Y};{100 + at},25\nRKSA;{day:%d-%m-%Y};{4_000 + 50 * at}" for at, day in enumerate(days)]
        first = _sent(FILES[0], "\n".join([*rows, f"HANTU;{days[0]:%d-%m-%Y};1", "RKSB;kemarin;900"]), today)
        take_prices(file_id=first, today=today)
        late = f"{today - dt.timedelta(days=20):%d-%m-%Y}"
        _sent(FILES[1], f"RKSA;{late};9000\nRKFR01;{late};101,5\nRKSB;{late};kosong", today)
        stated = _stated("jkk", FILES[2], "RKSA;100\nRKFR01;50\nTIDAKADA;7\nRKSB;banyak", today)
        other = _stated("jkm", FILES[3], "RKSA;0", today)
        codes = [one.code for one in reconciliation(stated).open][:3]
        given = [
            explain_difference(custody_id=stated.pk, code=code, reason=reason).pk
            for code, reason in zip(codes, REASONS, strict=False)
        ]  # fmt: skip
    assert other.pk
    with sits(Role.RISK):
        answer_explanation(explanation_id=given[0], confirmed=True)
        answer_explanation(explanation_id=given[1], confirmed=False, reason=REASONS[2])
    return [GROUP, SOURCE, CUSTODIAN, *REASONS, *FILES, "HANTU", "TIDAKADA", "kosong", "kemarin", "banyak"]


def _sent(name: str, rows: str, today: dt.date) -> int:
    content = f"kode;tanggal;harga\n{rows}\n".encode()
    return int(send_prices(content=content, file_name=name, source=SOURCE, today=today, invented=True).pk)


def _stated(fund: str, name: str, rows: str, today: dt.date) -> Any:
    return record_custody(
        content=f"kode;unit\n{rows}\n".encode(), file_name=name, fund=fund, custodian=CUSTODIAN, stated_on=today, today=today,
        invented=True,
    )  # fmt: skip
