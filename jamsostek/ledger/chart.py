"""The chart of accounts: what each is called, of which fund and nature, and whether it may turn against it.

A transfer never leaves its fund; money that changes funds does so by two transfers of one group, through each fund's cash.
Receivables are kept by programme and regency and are opened when the first bill there is booked.
"""

from __future__ import annotations

from dataclasses import dataclass

from jamsostek.core.text import N_

PROGRAMMES = ("jkk", "jkm", "jht", "jp", "jkp")
CLEARING, CARRIER = "clearing", "carrier"
FUNDS = (*PROGRAMMES, CLEARING, CARRIER)
STATE = "state"


@dataclass(frozen=True)
class Facts:
    """One account. `members` marks a control account with lines of members beneath."""

    code: str
    kind: str
    fund: str
    title: str
    title_en: str
    overdraft: bool = True
    members: bool = False


def _of_programmes() -> list[Facts]:
    found = []
    for p in PROGRAMMES:
        name = p.upper()
        found += [
            Facts(f"cash:{p}", "asset", p, f"Kas dana {name}", f"Cash of the {name} fund", overdraft=False),
            Facts(f"billed:{p}", "liability", p, f"Iuran {name} ditagih, belum diterima", f"{name} billed, not received"),
            Facts(f"fund:{p}", "equity", p, f"Dana {name}", f"{name} fund"),
            Facts(f"fines:{p}", "income", p, f"Denda {name}", f"{name} fines"),
            Facts(f"benefits:{p}", "expense", p, f"Manfaat {name}", f"{name} benefits"),
            Facts(f"payable:{p}", "liability", p, f"Manfaat {name} belum dibayar", f"{name} benefits payable", overdraft=False),
            Facts(f"recoverable:{p}", "asset", p, f"Kelebihan bayar manfaat {name}", f"{name} benefits overpaid"),
            Facts(f"investment:{p}", "asset", p, f"Investasi dana {name}", f"Investments of the {name} fund"),
            Facts(f"revaluation:{p}", "asset", p, f"Selisih nilai pasar investasi {name}", f"Fair value adjustment of {name}"),
            Facts(f"accrued:{p}", "asset", p, f"Bunga dan kupon {name} berjalan", f"Accrued interest of {name}"),
            Facts(f"investment_income:{p}", "income", p, f"Hasil investasi {name}", f"Investment income of {name}"),
            Facts(f"realised:{p}", "income", p, f"Laba pelepasan investasi {name}", f"Realised gains of {name}"),
            Facts(f"unrealised:{p}", "income", p, f"Perubahan nilai pasar {name}", f"Unrealised gains of {name}"),
            Facts(f"investment_cost:{p}", "expense", p, f"Biaya transaksi investasi {name}", f"Investment costs of {name}"),
        ]
    return found


CHART: tuple[Facts, ...] = (
    *_of_programmes(),
    Facts("members:jht", "liability", "jht", "Saldo JHT peserta", "Members' JHT balances", overdraft=False, members=True),
    Facts("credited:jht", "expense", "jht", "Hasil JHT yang dikreditkan", "JHT returns credited"),
    Facts("undivided:jht", "liability", "jht", "JHT diterima, belum terbagi", "JHT received, not yet divided", overdraft=False),
    Facts("tax:jht", "liability", "jht", "PPh JHT dipotong, belum disetor", "JHT income tax withheld", overdraft=False),
    Facts("members:jp", "equity", "jp", "Iuran JP yang diterima", "JP contributions received", members=True),
    Facts("undivided:jp", "liability", "jp", "JP diterima, belum terbagi", "JP received, not yet divided", overdraft=False),
    Facts("cash:clearing", "asset", CLEARING, "Kas penampungan", "Clearing cash", overdraft=False),
    Facts(
        "suspense:unknown", "liability", CLEARING, "Uang tanpa kode yang dikenal", "Money with an unknown code", overdraft=False
    ),
    Facts("suspense:overpaid", "liability", CLEARING, "Kelebihan bayar", "Overpaid", overdraft=False),
    Facts("suspense:refunds", "liability", CLEARING, "Pengembalian yang disetujui", "Refunds approved", overdraft=False),
    Facts("cash:carrier", "asset", CARRIER, "Kas penyelenggara", "The carrier's own cash", overdraft=False),
    Facts("late:carrier", "expense", CARRIER, "Ganti rugi keterlambatan", "Compensation for late payment"),
    Facts("payable:carrier", "liability", CARRIER, "Ganti rugi belum dibayar", "Compensation payable", overdraft=False),
    Facts("equity:carrier", "equity", CARRIER, "Aset bersih penyelenggara", "The carrier's own fund"),
)

KINDS = {
    "asset": N_("Aset"), "liability": N_("Liabilitas"), "equity": N_("Aset bersih"),
    "income": N_("Penghasilan"), "expense": N_("Beban"),
}  # fmt: skip
FUND_TITLES = {
    "jkk": N_("Dana JKK"), "jkm": N_("Dana JKM"), "jht": N_("Dana JHT"), "jp": N_("Dana JP"), "jkp": N_("Dana JKP"),
    "clearing": N_("Penampungan"), "carrier": N_("Penyelenggara"),
}  # fmt: skip


def receivable(programme: str, regency: int) -> Facts:
    """What payers of a regency owe a programme's fund; regency 0 is the government."""
    name = programme.upper()
    return Facts(
        f"receivable:{programme}:{regency or STATE}", "asset", programme,
        f"Piutang iuran {name} {regency or 'pemerintah'}", f"{name} contributions receivable {regency or 'government'}",
    )  # fmt: skip
