"""The rules of wage earners as one SQL query, for DuckDB and for Spark.

Written from the law apart from the kernels: a rival, and an oracle for tests; never what a user's figure comes from.
"""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.figures import MONTH, of_month

PPM = 1_000_000


def query(source: str, divide: str, month: int = MONTH) -> str:
    """SELECT of the lines of every worker of `source`, columns and types as `batch` writes them.

    `divide` is the engine's integer division (`//` in DuckDB, `div` in Spark). Amounts are never negative, so it rounds down.
    """
    f = of_month(month)

    def share(amount: str, rate: str | int) -> str:
        return f"(({amount} * {rate} + {PPM // 2}) {divide} {PPM})"

    def factor(rate: int, *factors: int) -> int:
        for one in factors:
            assert rate * one % PPM == 0, "a relief must leave whole parts per million"
            rate = rate * one // PPM
        return rate

    def case(column: str, values: Mapping[str, int | str]) -> str:
        return f"CASE {column} " + " ".join(f"WHEN '{k}' THEN {v}" for k, v in values.items()) + " END"

    def where(scales: Mapping[str, int]) -> str:
        return "scale IN (" + ", ".join(f"'{k}'" for k, v in scales.items() if v) + ")"

    covid = f.jkk_relief_covid
    full = {k: factor(v, covid) for k, v in f.jkk_pu_rate.items()}
    halved = {k: factor(v, covid, f.jkk_relief_labour_intensive) for k, v in f.jkk_pu_rate.items()}
    jkk_rate = f"CASE WHEN labour_intensive THEN {case('risk_class', halved)} ELSE {case('risk_class', full)} END"
    jp_now = {k: factor(v, f.jp_relief_due_now) for k, v in f.jp_pu_rate.items()}
    deferred = f"{share('jp_base', sum(f.jp_pu_rate.values()))} - jp_employer - jp_worker" if f.jp_relief_due_now < PPM else "0"
    return f"""
WITH workers AS (
    SELECT participant, segment, CAST(wage_rupiah AS BIGINT) AS wage,
        {jkk_rate} AS jkk_rate,
        {where(f.jht_scale)} AS has_jht,
        {where(f.jp_scale)} AND (birth_date IS NULL OR birth_date > DATE '{f.last_pensioner}') AS has_jp,
        jkp_member AND {where(f.jkp_scale)} AS has_jkp,
        LEAST(CAST(wage_rupiah AS BIGINT), {f.jp_ceiling}) AS jp_base,
        LEAST(CAST(wage_rupiah AS BIGINT), {f.jkp_ceiling}) AS jkp_base,
        LEAST(CAST(wage_rupiah AS BIGINT), {f.jkp_moved_ceiling}) AS moved_base
    FROM {source}
), bill AS (
    SELECT *,
        {share("wage", "jkk_rate")} AS jkk,
        {share("wage", factor(f.jkm_pu_rate, f.jkm_relief_covid))} AS jkm,
        CASE WHEN has_jht THEN {share("wage", f.jht_pu_rate["employer"])} ELSE 0 END AS jht_employer,
        CASE WHEN has_jht THEN {share("wage", f.jht_pu_rate["worker"])} ELSE 0 END AS jht_worker,
        CASE WHEN has_jp THEN {share("jp_base", jp_now["employer"])} ELSE 0 END AS jp_employer,
        CASE WHEN has_jp THEN {share("jp_base", jp_now["worker"])} ELSE 0 END AS jp_worker
    FROM workers
), moved AS (
    SELECT *,
        CASE WHEN has_jp THEN {deferred} ELSE 0 END AS jp_deferred,
        CASE WHEN has_jkp THEN LEAST({share("moved_base", f.jkp_rate["from_jkk"])}, jkk) ELSE 0 END AS from_jkk,
        CASE WHEN has_jkp THEN LEAST({share("moved_base", f.jkp_rate["from_jkm"])}, jkm) ELSE 0 END AS from_jkm,
        CASE WHEN has_jkp THEN {share("jkp_base", f.jkp_rate["government"])} ELSE 0 END AS government
    FROM bill
)
SELECT participant, segment,
    CAST(jkk AS INT) AS jkk_rupiah,
    CAST(jkm AS INT) AS jkm_rupiah,
    CAST(jht_employer AS BIGINT) AS jht_employer_rupiah,
    CAST(jht_worker AS INT) AS jht_worker_rupiah,
    CAST(jp_employer AS INT) AS jp_employer_rupiah,
    CAST(jp_worker AS INT) AS jp_worker_rupiah,
    CAST(jp_deferred AS INT) AS jp_deferred_rupiah,
    CAST(0 AS INT) AS package_rupiah,
    CAST(jkk + jkm + jht_employer + jht_worker + jp_employer + jp_worker AS BIGINT) AS total_rupiah,
    CAST(jkk - from_jkk AS INT) AS jkk_fund_rupiah,
    CAST(jkm - from_jkm AS INT) AS jkm_fund_rupiah,
    CAST(from_jkk AS INT) AS jkp_from_jkk_rupiah,
    CAST(from_jkm AS INT) AS jkp_from_jkm_rupiah,
    CAST(government AS INT) AS jkp_government_rupiah
FROM moved
"""
