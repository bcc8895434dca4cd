"""Regulations by two, plans with their history, half-yearly reports that stay; duties as data; who sees which row."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import cast
import pikepdf
import pytest
from django.db import Error, connection, transaction

from jamsostek.access.errors import Refused
from jamsostek.access.models import AuditEntry, User
from jamsostek.access.scope import acting, nobody, scope_of
from jamsostek.core.errors import InputError
from jamsostek.core.text import LANGUAGES
from jamsostek.outreach.actions import half_reports, plans, regulations
from jamsostek.outreach.actions.plans import Item, Proof
from jamsostek.outreach.actions.regulations import NewRegulation
from jamsostek.outreach.duties import NOT_FOUND, duties, duty, instruments, parse
from jamsostek.outreach.models import (
    Candidate,
    Decree,
    DecreeLine,
    FundedMonth,
    HalfReport,
    Person,
    PlanChange,
    PlanItem,
    Programme,
    Reconciliation,
    Register,
    Regulation,
    Rule,
    Source,
    StrategyPlan,
)
from jamsostek.outreach.queries import half_figures, strategy
from jamsostek.outreach.strategy import half_days, last_half
from tests.outreach.settled import settled

TODAY, NOW = cast.TODAY, cast.NOW
HERE, NEAR, PROVINCE, FAR = 3515, 3508, 35, 7371


def pdf(mark: int = 0) -> bytes:
    made, file = pikepdf.new(), io.BytesIO()
    made.add_blank_page(page_size=(300, 400 + mark))
    made.save(file)
    return file.getvalue()


def user(role: str, region: int = HERE, name: str = "") -> Any:
    username = f"{role}{region}{name}"
    known = User.objects.filter(username=username).first()
    kind, target = ("nation", 0) if role in ("ministry", "head_office", "auditor", "researcher") else ("region", region)
    return known or cast.user(username, role, kind, target)


def by(role: str = "regional_officer", region: int = HERE, name: str = "") -> Any:
    return acting(scope_of(user(role, region, name), cast.MONTH))


def given(**more: Any) -> NewRegulation:
    facts: dict[str, Any] = {
        "region_code": HERE, "kind": "perkada", "number": "12", "year": 2025, "signed_on": dt.date(2025, 3, 4),
        "title": "Perlindungan pekerja rentan (contoh)", "settles": ("budget", "groups"), "in_force_from": dt.date(2025, 3, 5),
    } | more  # fmt: skip
    return NewRegulation(**facts)


def entered(mark: int = 0, region: int = HERE, **more: Any) -> Regulation:
    with by(region=region):
        new = given(region_code=region, **more)
        return regulations.enter(regulation=new, content=pdf(mark), file_name="naskah.pdf", today=TODAY)


def confirmed(mark: int = 0, region: int = HERE, **more: Any) -> Regulation:
    row = entered(mark, region, **more)
    with by("regional_head", region):
        return regulations.confirm(code=row.code, today=TODAY)


def refused(act: Any) -> str:
    """The database's own word, past every action."""
    with pytest.raises(Error) as error, transaction.atomic():
        act()
    return str(error.value)


# --- duties ------------------------------------------------------------------------------------------------------------------


def test_each_duty_has_both_languages_a_source_and_a_grade() -> None:
    assert {one.key for one in instruments()} >= {"inpres_2_2021", "inpres_4_2022", "inpres_8_2025"}
    for one in duties():
        assert set(one.what) == set(LANGUAGES), one.key
        assert one.instrument.source_text, one.key
        assert one.grade == "secondary", f"{one.key}: nothing of it was read in the regulation itself"
        assert one.article is None, f"{one.key}: no source gave an article"


def test_only_the_half_yearly_report_is_due_again_and_its_day_is_not_known() -> None:
    assert {one.key: one.every_months for one in duties() if one.every_months} == {"half_yearly_report": 6}
    report = duty("half_yearly_report")
    assert report is not None
    assert report.deadline is None
    assert report.who == ("coordinator",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pillar: regulation", "pillar: rules"), ("source: R10", "source: R99"), ("article: not found", "article: null"),
        ("article: not found\n  grade: secondary", "article: not found\n  grade: sure"),
        ("key: budget\n", "key: rules\n"), ("en: \"", "eng: \""),
    ],
)  # fmt: skip
def test_a_file_that_says_something_else_is_refused(old: str, new: str) -> None:
    from importlib import resources

    text = resources.files("jamsostek.outreach").joinpath("data/duties.yaml").read_text(encoding="utf-8")
    assert NOT_FOUND in text
    with pytest.raises(ValueError, match=r"duties\.yaml"):
        parse(text.replace(old, new, 1))


# --- regulations ---------------------------------------------------------------------------------------------------------------


def test_a_regulation_is_public_once_another_confirmed_it(db: Any) -> None:
    row = entered()
    with by("regional_head", name="2"):
        new = given(number="13")
        mine = regulations.enter(regulation=new, content=pdf(1), file_name="a.pdf", today=TODAY)
        with pytest.raises(InputError, match="mengesahkan"):
            regulations.confirm(code=mine.code, today=TODAY)
    with acting(nobody()):
        assert not Regulation.objects.exists()
        with pytest.raises(Refused):
            strategy.regulation(row.code)
    with by(), pytest.raises(Refused):
        regulations.confirm(code=row.code, today=TODAY)
    with by("regional_head"):
        assert regulations.confirm(code=row.code, today=TODAY).confirmed_on == TODAY
        assert regulations.confirm(code=row.code, today=TODAY + dt.timedelta(days=9)).confirmed_on == TODAY
    with acting(nobody()):
        assert strategy.paper(strategy.regulation(row.code))[:5] == b"%PDF-"
        assert [one.code for one in strategy.public_regulations()] == [row.code]
        assert not strategy.public_regulations(kind="perda")
        assert [one.code for one in strategy.public_regulations(search="RENTAN", settles="groups", region=PROVINCE)] == [row.code]
        assert refused(lambda: Regulation.objects.create(**_columns()))
    with cast.everyone():
        actions = AuditEntry.objects.filter(subject_kind="regulation", subject_id=row.pk).values_list("action", flat=True)
        assert set(actions) == {"regulation.entered", "regulation.confirmed"}


def _columns(**more: Any) -> dict[str, Any]:
    return {
        "region_code": HERE, "kind": "perda", "number": "1", "year": 2025, "signed_on": TODAY, "title": "A", "settles": ["other"],
        "in_force_from": TODAY, "file_digest": "a" * 64, "file_name": "a", "file_bytes": 1, "file_pages": 1, "entered_on": TODAY,
    } | more  # fmt: skip


def test_the_same_regulation_is_entered_once(db: Any) -> None:
    row = entered()
    assert entered().pk == row.pk
    with pytest.raises(InputError, match="sudah tercatat"):
        entered(5)
    with by():
        assert regulations.withdraw(code=row.code, reason="Salah naskah").state == "withdrawn"
        assert regulations.withdraw(code=row.code, reason="").state == "withdrawn"
    assert entered(5).pk != row.pk


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "uu"}, "kind"), ({"settles": ()}, "settles"), ({"settles": ("all",)}, "settles"), ({"number": "  "}, "number"),
        ({"title": ""}, "title"), ({"signed_on": TODAY + dt.timedelta(days=1)}, "signed_on"), ({"year": 1945}, "signed_on"),
        ({"in_force_until": dt.date(2020, 1, 1)}, "in_force_until"), ({"kind": "perdes"}, "village_code"),
        ({"kind": "perdes", "village_code": 3508012001}, "village_code"), ({"village_code": 3515012001}, "village_code"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_entry_is_told_at_its_field(db: Any, change: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as error:
        entered(**change)
    assert error.value.field == field
    assert error.value.remedy


def test_a_paper_that_is_no_pdf_is_refused(db: Any) -> None:
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(file, "png")
    for content in (file.getvalue(), b"Menimbang"):
        with by(), pytest.raises(InputError):
            regulations.enter(regulation=given(), content=content, file_name="naskah.png", today=TODAY)


def test_what_replaces_a_regulation_ends_it_the_day_before(db: Any) -> None:
    old = confirmed()
    new = confirmed(1, number="20", in_force_from=dt.date(2026, 1, 1), replaces=old.code)
    with acting(nobody()):
        told = strategy.regulation(old.code)
        assert told.in_force_until == dt.date(2025, 12, 31)
        assert strategy.replaced_by(told) == new
        assert [one.code for one in strategy.regulations_of(HERE, 2025)] == [old.code]
        assert [(one.code, one.replaces) for one in strategy.regulations_of(HERE, 2026)] == [(new.code, old.code)]
        assert strategy.regulations_of(PROVINCE, 2026) == []
    with by("regional_head"), pytest.raises(InputError, match="tidak dapat ditarik"):
        regulations.withdraw(code=new.code, reason="Salah")
    with pytest.raises(InputError, match="disahkan"):
        entered(2, number="21", replaces=entered(3, number="22").code)


def test_an_end_is_said_by_one_and_confirmed_by_another(db: Any) -> None:
    row = confirmed()
    with by("regional_head"):
        with pytest.raises(InputError, match="Belum ada"):
            regulations.confirm_end(code=row.code)
        regulations.say_end(code=row.code, until=dt.date(2026, 6, 30), reason="Dicabut")
        with pytest.raises(InputError, match="disahkan orang lain"):
            regulations.confirm_end(code=row.code)
    with by("regional_head", name="2"):
        assert regulations.confirm_end(code=row.code).in_force_until == dt.date(2026, 6, 30)
        assert "outreach_regulation_ended" in _rule(lambda: Regulation.objects.update(in_force_until=None))
        assert "outreach_regulation_same" in _rule(lambda: Regulation.objects.update(title="Lain"))
        assert "outreach_regulation_step" in _rule(lambda: Regulation.objects.update(state="entered", confirmed_on=None))
        assert "denied" in refused(lambda: Regulation.objects.filter(pk=row.pk).delete())


def _rule(act: Any) -> str:
    with pytest.raises(Error) as error, transaction.atomic():
        act()
    return str(error.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


def test_only_the_region_itself_enters_and_sees_what_waits(db: Any) -> None:
    row = entered()
    for role, region in (("regional_officer", NEAR), ("regional_viewer", HERE), ("ministry", 0), ("branch_officer", FAR)):
        with by(role, region):
            assert not Regulation.objects.exists(), role
            with pytest.raises(Refused):
                regulations.withdraw(code=row.code, reason="Bukan milik saya")
    with by(region=PROVINCE):
        assert Regulation.objects.get() == row  # a province sees its regencies
    with by(region=HERE), pytest.raises(Refused):
        regulations.enter(regulation=given(region_code=PROVINCE), content=pdf(), file_name="a.pdf", today=TODAY)
    assert confirmed(4, PROVINCE, kind="perda").region_code == PROVINCE


# --- plans ---------------------------------------------------------------------------------------------------------------------


def wish(**more: Any) -> Item:
    facts: dict[str, Any] = {
        "pillar": "budget",
        "title": "Anggarkan 5.000 petani",
        "office": "Dinas Pertanian",
        "due_on": dt.date(2026, 9, 30),
    } | more
    return Item(**facts)


def test_a_plan_begins_with_the_duties_and_each_comes_once(db: Any) -> None:
    with by():
        made = plans.suggest(region_code=HERE, year=2026, today=TODAY)
        assert {one.duty for one in made} == {one.key for one in duties() if one.of_region}
        assert "road_map" not in {one.duty for one in made}  # the minister's own
        assert plans.suggest(region_code=HERE, year=2026, today=TODAY) == []
        first = plans.add(region_code=HERE, year=2026, item=wish(), today=TODAY)
        assert plans.add(region_code=HERE, year=2026, item=wish(), today=TODAY) == first
        plan = strategy.plan(HERE, 2026)
        assert plan.progress(TODAY) == strategy.Progress(len(made) + 1, 0, 1)
        assert plan.progress(TODAY, "budget").late == 1


def test_done_needs_a_proof_and_dropped_a_reason(db: Any) -> None:
    rule, province, waiting = confirmed(), confirmed(2, PROVINCE, kind="perda"), entered(1, number="99")
    far = confirmed(3, FAR)
    with by():
        row = plans.add(region_code=HERE, year=2026, item=wish(), today=TODAY)
        for proof in (None, Proof(regulation=waiting.code), Proof(regulation=far.code), Proof(programme=1)):
            with pytest.raises(InputError) as error:
                plans.move(item_id=row.pk, state="done", today=TODAY, proof=proof)
            assert error.value.remedy
        done = plans.move(item_id=row.pk, state="done", today=TODAY, proof=Proof(regulation=rule.code))
        assert (done.state, done.regulation, done.state_on) == ("done", rule, TODAY)
        with pytest.raises(InputError, match="tahap"):
            plans.move(item_id=row.pk, state="dropped", today=TODAY, reason="Tidak jadi")
        other = plans.add(region_code=HERE, year=2026, item=wish(title="Lain"), today=TODAY)
        with pytest.raises(InputError, match="Alasan"):
            plans.move(item_id=other.pk, state="dropped", today=TODAY)
        plans.move(item_id=other.pk, state="dropped", today=TODAY, reason="Dipindahkan ke 2027")
        plans.move(item_id=other.pk, state="planned", today=TODAY)
        paper = plans.move(item_id=other.pk, state="done", today=TODAY, proof=Proof(content=pdf(7), file_name="bukti.pdf"))
        assert strategy.proof_file(paper)[:5] == b"%PDF-"
        third = plans.add(region_code=HERE, year=2026, item=wish(title="Ketiga"), today=TODAY)
        assert (
            plans.move(item_id=third.pk, state="done", today=TODAY, proof=Proof(regulation=province.code)).regulation == province
        )
        told = [(one.was.get("state"), one.became.get("state")) for one in strategy.changes(other)]
        assert told == [(None, "planned"), ("planned", "dropped"), ("dropped", "planned"), ("planned", "done")]
        assert "denied" in refused(lambda: PlanChange.objects.update(by=None))
        assert "denied" in refused(lambda: PlanItem.objects.all()._raw_delete("default"))


def test_what_changed_is_kept_and_nothing_else(db: Any) -> None:
    with by():
        row = plans.add(region_code=HERE, year=2026, item=wish(), today=TODAY)
        plans.change(item_id=row.pk, item=wish(due_on=dt.date(2026, 12, 1), officer="Bu Ani"))
        plans.change(item_id=row.pk, item=wish(due_on=dt.date(2026, 12, 1), officer="Bu Ani"))
        _begun, moved = strategy.changes(row)
        assert (moved.was, moved.became) == (
            {"due_on": "2026-09-30", "officer": ""},
            {"due_on": "2026-12-01", "officer": "Bu Ani"},
        )
        assert moved.by == user("regional_officer").pk


def test_last_year_is_copied_without_what_was_dropped(db: Any) -> None:
    with by():
        with pytest.raises(InputError, match="tahun sebelumnya"):
            plans.copy_from_last(region_code=HERE, year=2026, today=TODAY)
        kept = plans.add(region_code=HERE, year=2024, item=wish(due_on=dt.date(2024, 2, 29), duty="budget"), today=TODAY)
        gone = plans.add(region_code=HERE, year=2024, item=wish(title="Batal"), today=TODAY)
        plans.move(item_id=gone.pk, state="dropped", today=TODAY, reason="Tidak perlu")
        (copied,) = plans.copy_from_last(region_code=HERE, year=2026, today=TODAY)
        assert (copied.title, copied.due_on, copied.state, copied.duty) == (kept.title, dt.date(2026, 2, 28), "planned", "budget")
        assert plans.copy_from_last(region_code=HERE, year=2026, today=TODAY) == []
        assert strategy.plan_years(HERE) == [2026, 2024]


def test_a_plan_is_its_regions_own(db: Any) -> None:
    with by():
        row = plans.add(region_code=HERE, year=2026, item=wish(), today=TODAY)
    for role, region in (("regional_officer", NEAR), ("regional_viewer", HERE), ("ministry", 0), ("branch_officer", FAR)):
        with by(role, region):
            assert not StrategyPlan.objects.exists(), role
            assert not PlanItem.objects.exists(), role
            assert not PlanChange.objects.exists(), role
            with pytest.raises(Refused):
                plans.move(item_id=row.pk, state="under_way", today=TODAY)
    with by("branch_officer"), pytest.raises(Refused):  # sees the movement there, plans nothing
        plans.move(item_id=row.pk, state="under_way", today=TODAY)
    with by(), pytest.raises(Refused):
        plans.open_plan(region_code=PROVINCE, year=2026, today=TODAY)


# --- reports -------------------------------------------------------------------------------------------------------------------


def drafted(**more: Any) -> HalfReport:
    asked: dict[str, Any] = {"region_code": HERE, "year": 2026, "half": 1, "today": TODAY, "now": NOW} | more
    with by():
        return half_reports.draft(**asked)


def test_a_report_is_drafted_by_one_signed_by_another_and_stays_when_sent(db: Any) -> None:
    confirmed()
    row = drafted()
    assert drafted().pk == row.pk
    assert [one["number"] for one in row.figures["regulations"]] == ["12"]
    with by("regional_head"):
        half_reports.write(report_id=row.pk, obstacles="Data NIK\nbelum padan", help="", today=TODAY)
        with pytest.raises(InputError, match="menandatangani"):
            half_reports.sign(report_id=row.pk, today=TODAY)
    with by():
        half_reports.write(report_id=row.pk, obstacles="Data NIK\nbelum padan", help="Perlu server", today=TODAY)
        with pytest.raises(Refused):
            half_reports.sign(report_id=row.pk, today=TODAY)
    with by("regional_head"):
        with pytest.raises(InputError, match="tahap"):
            half_reports.send(report_id=row.pk, today=TODAY)
        signed = half_reports.sign(report_id=row.pk, today=TODAY)
        assert "outreach_halfreport_same" in _rule(lambda: HalfReport.objects.update(obstacles="Lain"))
        half_reports.reopen(report_id=row.pk, reason="Salah ketik")
        half_reports.sign(report_id=row.pk, today=TODAY)
        sent = half_reports.send(report_id=row.pk, today=TODAY)
        assert (sent.state, sent.digest) == ("sent", signed.digest)
        assert half_reports.send(report_id=row.pk, today=TODAY + dt.timedelta(days=3)).sent_on == TODAY
        assert "outreach_halfreport_sent" in _rule(lambda: HalfReport.objects.update(help="Lain"))
    confirmed(1, number="77")
    with by():
        assert len(HalfReport.objects.get().figures["regulations"]) == 1  # frozen
    with pytest.raises(InputError, match="perbaikan"):
        drafted()
    second = drafted(correction="Satu peraturan terlewat")
    assert (second.version, len(second.figures["regulations"]), second.obstacles) == (2, 2, "Data NIK\nbelum padan")


def test_a_half_that_is_not_over_is_not_signed(db: Any) -> None:
    with pytest.raises(InputError, match="belum dimulai"):
        drafted(year=2027)
    row = drafted(half=2)
    early = drafted(now=dt.datetime(2026, 6, 30, 3, tzinfo=dt.UTC))
    with by("regional_head"):
        with pytest.raises(InputError, match="belum selesai"):
            half_reports.sign(report_id=row.pk, today=TODAY)
        with pytest.raises(InputError, match="Hitung ulang"):
            half_reports.sign(report_id=early.pk, today=TODAY)
    with by():
        half_reports.count_again(report_id=early.pk, today=TODAY, now=NOW)
    with by("regional_head"):
        assert half_reports.sign(report_id=early.pk, today=TODAY).state == "signed"


def test_only_what_was_sent_is_read_by_the_ministries(db: Any) -> None:
    row = drafted()
    with by("ministry"):
        assert not HalfReport.objects.exists()
    with by("regional_head"):
        half_reports.sign(report_id=row.pk, today=TODAY)
        half_reports.send(report_id=row.pk, today=TODAY)
    second = drafted(correction="Diperbaiki")
    with by("ministry"):
        assert HalfReport.objects.get() == row
        with pytest.raises(Refused):
            half_reports.count_again(report_id=second.pk, today=TODAY, now=NOW)
    with acting(nobody()):
        assert not HalfReport.objects.exists()
    with by(region=NEAR), pytest.raises(Refused):
        half_reports.write(report_id=second.pk, obstacles="", help="", today=TODAY)


def test_small_groups_are_not_told_nor_found_by_subtraction() -> None:
    assert half_figures.told({"f": 3, "m": 97}) == {"f": None, "m": None}
    assert half_figures.told({"f": 3, "m": 97, "unknown": 8}) == {"f": None, "m": 97, "unknown": None}
    assert half_figures.told({"f": 3, "m": 2, "unknown": 8}) == {"f": None, "m": None, "unknown": 8}
    assert half_figures.told({"f": 0, "m": 9}) == {"f": 0, "m": 9}
    assert [half_figures.age_group(age) for age in (None, 17, 25, 64, 65, 99)] == [
        "unknown", "0-24", "25-34", "55-64", "65-200", "65-200"
    ]  # fmt: skip


def test_halves() -> None:
    assert half_days(2026, 2) == (dt.date(2026, 7, 1), dt.date(2026, 12, 31))
    assert [last_half(dt.date(2026, month, 1)) for month in (1, 6, 7, 12)] == [(2025, 2), (2025, 2), (2026, 1), (2026, 1)]


# --- who has done what ---------------------------------------------------------------------------------------------------------


def test_what_every_region_did_is_told_to_those_who_read_sums(db: Any) -> None:
    confirmed()
    with by():
        plans.add(region_code=HERE, year=2026, item=wish(), today=TODAY)
    row = drafted()
    with by("regional_head"):
        half_reports.sign(report_id=row.pk, today=TODAY)
        half_reports.send(report_id=row.pk, today=TODAY)
    for role in ("ministry", "auditor", "head_office"):
        with by(role):
            found = strategy.told(2026, TODAY)
            here = found[HERE]
            assert (here.regulations, here.items, here.items_late, here.first_sent, here.second_sent) == (1, 1, 1, 1, 0)
            assert found[NEAR] == strategy.Told(regions=1)
            assert len(found) == 38 + 514
            whole = strategy.of_province(found, PROVINCE)
            assert (whole.regulated, whole.regions, whole.first_sent) == (1, 39, 1)
    with acting(nobody()), pytest.raises(Refused):
        strategy.told(2026, TODAY)
    with acting(nobody()), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM outreach_strategy_told(2026, %s)", [TODAY])
        assert cursor.fetchone() == (0,)


NAMES = [f"Orang {letter * 3}" for letter in "ABCDEFGHIJKLMNOPQRSTU"]


def protected(people: int, state: str = "enrolled") -> None:
    """So many of a register, funded for the first half of 2026 and enrolled by an approved list; two have a disability."""
    with cast.everyone():
        sponsor = cast.sponsor(region_code=HERE)
        register = Register.objects.create(
            region_code=HERE, kind="other", title="Contoh", file_name="a.csv", file_digest="b" * 64, file_bytes=1,
            snapshot_on=TODAY, legal_basis="Contoh", purpose="Contoh", keep_until=TODAY + dt.timedelta(days=9), columns={},
            wrapped=b"-", state="reading",
        )  # fmt: skip
        rule = Rule.objects.create(
            region_code=HERE, name="Contoh", version=1, rule={}, digest="c" * 64, regulation="Contoh", proposed_on=TODAY
        )
        Rule.objects.update(adopted_by=user("regional_head").pk, adopted_on=TODAY)
        programme = Programme.objects.create(
            region_code=HERE, title="Petani", year=2026, sponsor_id=sponsor.pk, rule=rule, eligibility={},
            income_rupiah=1_000_000, programmes=["jkk", "jkm"],
        )  # fmt: skip
        source = Source.objects.create(
            programme=programme,
            position=1,
            key="apbd",
            kind="apbd",
            title="APBD",
            rupiah=10**9,
            from_month=202601,
            to_month=202612,
        )
        Programme.objects.update(state="open", opened_by=user("regional_head").pk, opened_on=TODAY)
        rows = []
        for at in range(people):
            person = Person.objects.create(
                register=register, row_number=at, regency_code=HERE, village_code=3515012001 + at % 3, name=NAMES[at],
                sex="f" if at % 2 else "m", birth_date=dt.date(1980, 1, 1), nik_state="ok",
                disability="netra" if at < 2 else None,
            )  # fmt: skip
            key = bytes([at]) * 16
            one = Candidate.objects.create(
                programme=programme, person=person, register_id=register.pk, region_code=HERE, village_code=person.village_code,
                record_key=key, nik_index=key, participant_id=cast.participant(NAMES[at]).pk,
                state_on=TODAY,
            )  # fmt: skip
            Candidate.objects.filter(pk=one.pk).update(state="verified")
            money = {"source": source, "from_month": 202604, "to_month": 202609, "rupiah": 6 * 16_800}
            Candidate.objects.filter(pk=one.pk).update(state="funded", **money)
            for month in range(202604, 202610):
                FundedMonth.objects.create(nik_index=key, month=month, candidate=one, region_code=HERE)
            rows.append(one)
        decree = Decree.objects.create(
            programme=programme, title="Penerima", people=people, villages=3, rupiah=people * 6 * 16_800, digest="d" * 64,
            prepared_on=TODAY,
        )  # fmt: skip
        for at, one in enumerate(rows):
            DecreeLine.objects.create(decree=decree, candidate=one, number=at, village_code=one.village_code)
        signed = {"state": "approved", "number": "1", "approved_by": user("regional_head").pk, "approved_on": dt.date(2026, 4, 1)}
        Decree.objects.update(**signed)
        Candidate.objects.update(state=state)
        Reconciliation.objects.create(programme=programme, month=202605, looked=people, lapsed={"died": 6}, saved_rupiah=33_600)


def test_figures_count_people_months_and_money_of_the_half(db: Any) -> None:
    protected(20)
    with by():
        found = half_figures.figures(HERE, 2026, 1)
    assert found["protected"]["people"] == 20
    assert (found["protected"]["months"], found["protected"]["villages"]) == (60, 3), "April to June"
    assert found["protected"]["by"] == {"sex": {"f": 10, "m": 10}, "disability": {"no": None, "yes": None}, "age": {"45-54": 20}}
    assert found["states"] == {"enrolled": 20}
    (programme,) = found["programmes"]
    assert programme["sources"] == [{"kind": "apbd", "title": "APBD", "rupiah": 10**9, "used_rupiah": 20 * 6 * 16_800}]
    assert found["decrees"] == {"count": 1, "people": 20, "rupiah": 20 * 6 * 16_800}
    assert found["reconciled"] == {"lapsed": 6, "saved_rupiah": 33_600, "months": 1}
    with by():
        assert half_figures.figures(HERE, 2025, 2)["protected"]["people"] == 0
    with by(region=NEAR):
        assert half_figures.figures(HERE, 2026, 1)["protected"]["people"] == 0, "another region's rows are not in sight"
    with by("ministry"):
        told = strategy.told(2026, TODAY)[HERE]
        assert (told.people, told.hidden, told.budget_rupiah) == (20, 0, 10**9)


def test_claims_paid_for_months_the_region_paid_are_told_by_programme(db: Any) -> None:
    protected(20)
    june = dt.date(2026, 6, 20)
    with cast.everyone():
        people = [one for one in Candidate.objects.order_by("pk").values_list("participant_id", flat=True) if one is not None]
        for one in people[:6]:
            settled(one, dt.date(2026, 5, 3), june)
        for one in people[6:9]:
            settled(one, dt.date(2026, 5, 3), june, "jkk", 1_000_000)
        settled(people[9], dt.date(2026, 2, 3), june)  # before the region paid
        settled(people[10], dt.date(2026, 5, 3), dt.date(2026, 7, 2))  # paid in the next half
        settled(people[11], dt.date(2026, 5, 3), None)  # not paid yet
        settled(people[12], dt.date(2026, 5, 3), june, "carrier", 5_000)  # for being late
        settled(cast.participant("Tetangga").pk, dt.date(2026, 5, 3), june)  # nobody of the programme
    hidden = {"claims": None, "rupiah": None}
    with by():
        assert half_figures.figures(HERE, 2026, 1)["benefits"] == [{"fund": "jkk", **hidden}, {"fund": "jkm", **hidden}], (
            "three of one programme, and the other that would give them away"
        )
        assert half_figures.figures(HERE, 2026, 2)["benefits"] == [
            {"fund": "jkk", "claims": 0, "rupiah": 0}, {"fund": "jkm", **hidden}
        ]  # fmt: skip
    with cast.everyone():
        for one in people[13:15]:
            settled(one, dt.date(2026, 5, 3), june, "jkk", 1_000_000)
    with by():
        assert half_figures.figures(HERE, 2026, 1)["benefits"] == [
            {"fund": "jkk", "claims": 5, "rupiah": 5_000_000}, {"fund": "jkm", "claims": 6, "rupiah": 6 * 42_000_000}
        ]  # fmt: skip
    with by(region=NEAR):
        assert [one["claims"] for one in half_figures.figures(NEAR, 2026, 1)["benefits"]] == [0, 0]


def test_who_is_funded_and_not_enrolled_is_not_yet_protected(db: Any) -> None:
    protected(4, "funded")
    with by():
        found = half_figures.figures(HERE, 2026, 1)
    assert found["protected"]["people"] == 0
    assert found["states"] == {"funded": None}
    assert found["decrees"]["people"] is None
    with by("ministry"):
        told = strategy.told(2026, TODAY)[HERE]
        assert (told.people, told.hidden) == (0, 1)
