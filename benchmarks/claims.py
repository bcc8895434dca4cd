"""A month of pensions and scholarships for a nation's beneficiaries, in PostgreSQL with every refusal in force.

    python -m benchmarks.claims [BENEFICIARIES …]

Claims, rights and a school's proofs are put into a database of its own first (not counted), nine pensions to one scholarship.
Ours: `claims.actions.rolls`, from the trial kept by one to what the second's approval posts. The floor, in the same run: a bare
COPY of the same payouts, already made, into a table without key, index, check or rule.
"""

from __future__ import annotations

import atexit
import datetime as dt
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.registration import processor_seconds

SIZES = (100_000, 300_000, 1_000_000)
MONTH, TODAY = 202612, dt.date(2026, 12, 1)
NOW = dt.datetime(2026, 12, 1, 2, 0, tzinfo=dt.UTC)
SCHOLARS = 0.1

FILL = """
SET session_replication_role = replica;
INSERT INTO registry_participant (id, kpj, name, name_key, sex, birth_date, birth_place, regency_code, address, registered_on,
    registered_via)
SELECT i, (30000000000 + i::bigint)::text, 'Nama ' || i, 'NAMA', 'm', date '1965-01-01', '', 3508, '', '2015-07-01',
    'upload'
FROM generate_series(1, {people}) i;
INSERT INTO claims_claim (id, number, kind, participant_id, regency_code, channel, state, opened_on, submitted_on, submitted_at,
    place, event_on)
SELECT i, (100000000000 + i::bigint)::text, CASE WHEN i <= {pensions} THEN 'jp_survivor' ELSE 'jkm' END, i, 3508, 'counter',
    'paid', '2025-01-02', '2025-01-02', now(), i, '2024-12-20' FROM generate_series(1, {people}) i;
INSERT INTO claims_party (id, claim_id, claimant, beneficiary, kin, name, account_bank, account_name)
SELECT i, i, true, true, 'spouse', 'Nama ' || i, 'BRI', 'Nama ' || i FROM generate_series(1, {people}) i;
INSERT INTO claims_assessment (id, claim_id, number, law_digest, facts, conditions, components, outcome, rupiah, because)
SELECT i, i, 1, 'x', '{{}}', '[]', '[]', 'entitled', 0, 'bench' FROM generate_series(1, {people}) i;
INSERT INTO claims_decision (id, claim_id, assessment_id, approve, rupiah, reason, needs_third, proposed_by, proposed_on,
    second_by, second_on, second_agrees, final)
SELECT i, i, i, true, 0, 'bench', false, 1, '2025-01-03', 2, '2025-01-03', true, true FROM generate_series(1, {people}) i;
INSERT INTO claims_benefit (id, claim_id, decision_id, party_id, component, fund, regency_code, rupiah, terms, from_month,
    proof_until)
SELECT i, i, i, i, CASE WHEN i <= {pensions} THEN 42 ELSE 60 END, CASE WHEN i <= {pensions} THEN 'jp' ELSE 'jkm' END, 3508,
    CASE WHEN i <= {pensions} THEN 400000 + i %% 1000000 ELSE 0 END, '{{"of": "month"}}', 202501,
    CASE WHEN i <= {pensions} THEN 202702 END FROM generate_series(1, {people}) i;
INSERT INTO claims_proof (benefit_id, claim_id, kind, month, rupiah, data, given_on, accepted, accepted_on)
SELECT i, i, 'school', {month}, 1500000, '{{"level": "primary"}}', '2026-11-20', true, '2026-11-21'
FROM generate_series({pensions} + 1, {people}) i;
VACUUM ANALYZE;
CHECKPOINT;
"""


def connect() -> Any:
    """The database's administrator."""
    import psycopg

    from jamsostek.config.embedded import server

    here = server()
    return psycopg.connect(
        host=str(here.socket_folder), dbname="jamsostek", user="postgres", password=here.password("postgres"), autocommit=True
    )


def fill(people: int) -> None:
    """Beneficiaries, without rules and triggers: they are not what is measured here."""
    text = FILL.format(people=people, pensions=people - int(people * SCHOLARS), month=MONTH).replace("%%", "%")
    with connect() as connection:
        for statement in text.split(";\n"):
            if statement.strip():
                connection.execute(statement)


def ours() -> tuple[float, float, int, float]:
    """Seconds and CPU seconds of posting both rolls, how many payouts, and the seconds their trials took."""
    from jamsostek.access.models import Grant, User
    from jamsostek.access.scope import acting, scope_of
    from jamsostek.claims.actions import rolls

    users = []
    for name in ("satu", "dua"):
        made = User.objects.create_user(name, "kata-sandi-contoh", name=name)
        Grant.objects.create(user=made, role="head_office", kind="nation", target=0, from_month=202601)
        users.append(made)
    tried: list[float] = []
    seconds = processor = 0.0
    people = 0
    for kind in ("pension", "scholarship"):
        wall = time.perf_counter()
        with acting(scope_of(users[0], MONTH)):
            made_roll = rolls.prepare(kind=kind, month=MONTH, pay_on=TODAY, now=NOW)
        tried.append(time.perf_counter() - wall)
        with acting(scope_of(users[1], MONTH)):
            rolls.approve(roll_id=made_roll.pk, now=NOW)
        wall, used = time.perf_counter(), processor_seconds()
        posted = rolls.post_roll(roll_id=made_roll.pk, now=NOW, today=TODAY)
        seconds, processor = seconds + time.perf_counter() - wall, processor + processor_seconds() - used
        assert posted.state == "posted"
        people += posted.people
    return seconds, processor, people, sum(tried)


def floor() -> tuple[float, float]:
    """Seconds and CPU seconds of copying the same payouts into a bare table."""
    with connect() as connection:
        connection.execute("CREATE TABLE bare_payout AS SELECT * FROM claims_payout WITH NO DATA")
        with connection.cursor().copy("COPY (SELECT * FROM claims_payout) TO STDOUT (FORMAT binary)") as copy:
            content = b"".join(copy)
        connection.execute("CHECKPOINT")
        wall, processor = time.perf_counter(), processor_seconds()
        with connection.transaction(), connection.cursor().copy("COPY bare_payout FROM STDIN (FORMAT binary)") as copy:
            for start in range(0, len(content), 1 << 20):
                copy.write(content[start : start + (1 << 20)])
        return time.perf_counter() - wall, processor_seconds() - processor


def measured(people: int) -> dict[str, Any]:
    """One size, in a database of its own."""
    from django.core.management import call_command

    call_command("migrate", database="owner", verbosity=0)
    fill(people)
    seconds, processor, paid, tried = ours()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert paid == people, f"{paid} payouts of {people} rights"
    bare, bare_processor = floor()
    return {
        "people": people, "seconds": round(seconds, 2), "cpu_seconds": round(processor, 2), "memory_mb": round(memory / 1024),
        "floor_seconds": round(bare, 2), "floor_cpu_seconds": round(bare_processor, 2), "ratio": round(seconds / bare, 2),
        "cpu_ratio": round(processor / bare_processor, 2), "trial_seconds": round(tried, 2), "load": round(os.getloadavg()[0], 2),
    }  # fmt: skip


def main() -> int:
    """Prints the measurement of one size in a line of JSON; several sizes are a process each."""
    import subprocess

    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    if len(sizes) > 1:
        for people in sizes:
            subprocess.run([sys.executable, "-m", "benchmarks.claims", str(people)], check=True)
        return 0
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"JAMSOSTEK_DATA": folder, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    from jamsostek.config.serving.child import load_site

    load_site()
    print(json.dumps(measured(sizes[0])), flush=True)
    return 0


if __name__ == "__main__":
    assert Path("benchmarks").is_dir()
    raise SystemExit(main())
