"""One or more people for every rule: who they are, and what the rule is told about them. All are invented."""

from __future__ import annotations

from typing import Any

PEOPLE: dict[str, tuple[str, dict[str, Any]]] = {
    "Dewi sews for a labour-intensive firm": (
        "contribution.pu",
        {
            "month": "2025-03", "wage_rupiah": 6_000_001, "risk_class": "medium", "labour_intensive": True,
            "birth_date": "1990-05-01",
        },
    ),
    "Joko is paid by the day in a small firm during the pandemic": (
        "contribution.pu",
        {"month": "2020-09", "daily_wage_rupiah": 200_001, "risk_class": "high", "scale": "small", "jkp_member": False},
    ),
    "Sari earns twelve million in 2027, when the next ceiling is late": (
        "contribution.pu",
        {"month": "2027-04", "wage_rupiah": 12_000_000, "risk_class": "very_low"},
    ),
    "Rina welds in a workshop in 2024": (
        "contribution.pu",
        {"month": "2024-06", "wage_rupiah": 10_500_000, "risk_class": "high", "birth_date": "1990-05-01"},
    ),
    "Wati teaches for the state without being a civil servant": (
        "contribution.non_asn",
        {"month": "2025-03", "wage_rupiah": 3_333_333},
    ),
    "Made fishes; his village pays": (
        "contribution.bpu",
        {
            "month": "2026-02", "income_rupiah": 1_099_500, "programmes": ["jkk", "jkm", "jht"], "sector": "transport",
            "payer": "village",
        },
    ),
    "Lina sells food; the region pays, so there is no relief": (
        "contribution.bpu",
        {"month": "2026-05", "income_rupiah": 2_500_000, "payer": "apbd"},
    ),
    "Tono's project is worth 900 million": (
        "contribution.construction",
        {"month": "2024-06", "contract_value_rupiah": 900_000_000},
    ),
    "Tono's other project is known with its VAT": (
        "contribution.construction",
        {"month": "2020-10", "contract_value_with_vat_rupiah": 111_000_000, "vat_rate": "0.11"},
    ),
    "Agus lays bricks for a wage": ("contribution.construction_wage", {"month": "2024-06", "wage_rupiah": 4_000_000}),
    "Yuni goes abroad through an agency for 18 months": (
        "contribution.migrant",
        {"month": "2024-06", "route": "agency", "months": 18},
    ),
    "Rini goes abroad alone for three months": (
        "contribution.migrant",
        {"month": "2024-06", "route": "individual", "months": 3},
    ),
    "Dewi's firm pays three months late": (
        "penalty.late",
        {"month": "2024-06", "due_rupiah": 1_000_001, "months_late": 3},
    ),
    "Made pays late and owes no fine": (
        "penalty.late",
        {"month": "2024-06", "due_rupiah": 16_800, "months_late": 3, "segment": "bpu"},
    ),
    "Joko's firm pays a month of the pandemic late": (
        "penalty.late",
        {"month": "2020-09", "due_rupiah": 1_000_001, "months_late": 2, "segment": "pu"},
    ),
    "Dewi's firm asks how late it is": (
        "penalty.months_late",
        {"month": "2024-06", "due_date": "2024-07-15", "paid_on": "2024-09-16"},
    ),
    "Dewi's firm ignores two warnings": (
        "penalty.administrative",
        {"month": "2024-06", "due_rupiah": 1_000_001, "months": 1},
    ),
    "Dewi's firm asks when to pay": ("calendar.due_date", {"month": "2024-06", "segment": "pu"}),
    "Joko's firm asks when to pay during the pandemic": ("calendar.due_date", {"month": "2020-09", "segment": "pu"}),
    "Made asks when to pay": ("calendar.due_date", {"month": "2024-06", "segment": "bpu"}),
    "Tono asks when his project pays": ("calendar.contract_due", {"date": "2025-03-24", "contract": "project"}),
    "Yuni asks when to pay before she leaves": ("calendar.contract_due", {"date": "2025-07-01", "contract": "migrant"}),
    "Dewi's firm asks for the relief": (
        "relief.labour_intensive",
        {"month": "2025-03", "industry": "textile_and_clothing", "active_workers": 49, "last_paid_month": "2025-02"},
    ),
    "Dewi's firm asks again when the relief is over": (
        "relief.labour_intensive",
        {"month": "2026-02", "industry": "textile_and_clothing", "active_workers": 60, "last_paid_month": "2026-01"},
    ),
    "Lina asks why she has no relief": ("relief.bpu", {"month": "2026-05", "payer": "apbd"}),
    "Made is four months behind": (
        "cover.status",
        {"month": "2025-05", "segment": "bpu", "last_paid_month": "2025-01", "on_date": "2025-05-16"},
    ),
    "Dewi's firm is four months behind": (
        "cover.status",
        {"month": "2025-06", "segment": "pu", "last_paid_month": "2025-01", "on_date": "2025-06-20"},
    ),
    "Bayu shows his number": ("identity.nik", {"month": "2026-06", "nik": "3515140508680000"}),
    "Agus dies of a fall": ("benefit.jkk.death", {"date": "2024-06-15", "wage_rupiah": 5_000_000}),
    "Joko died at work in 2018, paid by the day": (
        "benefit.jkk.death",
        {"date": "2018-06-15", "daily_wage_rupiah": 12_000},
    ),
    "Eko never works again": ("benefit.jkk.total_disability", {"date": "2024-06-15", "wage_rupiah": 5_000_000}),
    "Fajar, left-handed, loses an arm and some scalp": (
        "benefit.jkk.partial_disability",
        {
            "date": "2024-06-15",
            "wage_rupiah": 5_000_000,
            "injuries": [
                {"code": "arm_from_shoulder_right", "loss": 1, "left_handed": True},
                {"code": "scalp_avulsion", "loss": "0.2"},
                {"code": "both_eyes", "loss": "0.5"},
            ],
        },
    ),
    "Gita stays home for fourteen months": (
        "benefit.jkk.temporary_incapacity",
        {"date": "2024-06-15", "wage_rupiah": 5_000_001, "months": 14},
    ),
    "Hadi stayed home for 250 days in 2018": (
        "benefit.jkk.temporary_incapacity",
        {"date": "2018-06-15", "wage_rupiah": 5_000_001, "days": 250},
    ),
    "Gita is brought home by road and boat": (
        "benefit.jkk.transport",
        {"date": "2024-06-15", "land_rupiah": 6_000_000, "sea_rupiah": 1_000_000},
    ),
    "Gita's money comes nine days late": (
        "benefit.jkk.late_payment",
        {"date": "2024-06-15", "benefit_rupiah": 6_000_000, "days_late": 9},
    ),
    "Sari's money comes two days late": (
        "benefit.jkm.late_payment",
        {"date": "2025-06-15", "benefit_rupiah": 42_000_000, "days_late": 2},
    ),
    "Made dies two months after he joined": (
        "benefit.jkm.death",
        {"date": "2025-03-15", "segment": "bpu", "membership_months": 2},
    ),
    "Sari dies at home": ("benefit.jkm.death", {"date": "2025-03-15"}),
    "Lina dies five months behind": (
        "benefit.jkm.death",
        {"date": "2025-06-15", "segment": "bpu", "arrears_months": 5},
    ),
    "Agus leaves three children": (
        "benefit.scholarship",
        {
            "date": "2024-03-15",
            "children": [{"levels": {"senior": 2, "higher": 5}}, {"levels": {"primary": 6}}, {"levels": {"primary": 1}}],
        },
    ),
    "Sari's two children come a month too early": (
        "benefit.scholarship",
        {"date": "2024-03-15", "cause": "jkm", "contribution_months": 35, "children_count": 2},
    ),
    "Joko's child in 2018": ("benefit.scholarship", {"date": "2018-03-15", "children_count": 1}),
    "Indah saves for fourteen months": (
        "benefit.jht.balance",
        {
            "date": "2024-03-15", "opening_rupiah": 20_000_000, "monthly_contribution_rupiah": 100_000, "months": 14,
            "annual_rate": "0.0565",
        },
    ),
    "Indah's savings in a month with a contribution": (
        "benefit.jht.monthly_return",
        {
            "month": "2026-01", "opening_rupiah": 20_000_000, "returned_rupiah": 495_890, "movement_rupiah_days": 5_472_000,
            "annual_rate": "0.05",
        },
    ),
    "Indah takes a part in March": (
        "benefit.jht.monthly_return",
        {"month": "2026-03", "opening_rupiah": 50_000_000, "movement_rupiah_days": -315_000_000, "annual_rate": "0.05"},
    ),
    "Indah's savings in June 2020": ("benefit.jht.monthly_return", {"month": "2020-06", "opening_rupiah": 10_000_001}),
    "Indah takes her savings twice, without a tax number": (
        "benefit.jht.tax",
        {
            "date": "2024-05-15",
            "payments": [{"month": "2020-05", "amount_rupiah": 80_000_000}, {"month": "2024-05", "amount_rupiah": 100_000_000}],
            "tax_number": False,
        },
    ),
    "Karno was born on a leap day": ("benefit.jp.pension_age", {"date": "2026-06-15", "birth_date": "1972-02-29"}),
    "Karno asks for the limits": ("benefit.jp.limits", {"date": "2026-06-15"}),
    "Karno's three years of wages": (
        "benefit.jp.indexed_wages",
        {
            "date": "2019-06-15",
            "years": [
                {"year": 2016, "wage_rupiah": 5_000_000, "inflation_percent": "3.02"},
                {"year": 2017, "wage_rupiah": 5_500_000, "inflation_percent": "3.61"},
                {"year": 2018, "wage_rupiah": 6_000_000, "inflation_percent": "3.13"},
            ],
        },
    ),
    "Karno's widow after twenty months": (
        "benefit.jp.pension",
        {
            "date": "2025-06-15", "kind": "widow", "contribution_months": 20, "density": "0.9",
            "mean_indexed_wage_rupiah": 6_000_000,
        },
    ),
    "Nur retires in 2030, when the limits are late": (
        "benefit.jp.pension",
        {"date": "2030-08-15", "kind": "old_age", "contribution_months": 181, "mean_indexed_wage_rupiah": 9_736_693},
    ),
    "Oki retires too early for a pension": (
        "benefit.jp.pension",
        {"date": "2025-06-15", "kind": "old_age", "contribution_months": 100, "mean_indexed_wage_rupiah": 6_000_000},
    ),
    "Nur's pension grows with the prices": (
        "benefit.jp.growth",
        {"date": "2026-03-15", "kind": "old_age", "monthly_rupiah": 1_460_504, "inflation": "0.0292"},
    ),
    "Nur's pension comes three months late": (
        "benefit.jp.late_payment",
        {"date": "2025-06-15", "due_rupiah": 6_000_000, "months_late": 3},
    ),
    "Putri lost her job between two laws": (
        "benefit.jkp",
        {"date": "2024-10-01", "wage_rupiah": 4_000_001, "months_already_paid_before_2025_02_07": 4},
    ),
}  # fmt: skip
