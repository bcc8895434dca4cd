"""An edition's life: written, opened by another, changed with a reason, over; and what the database itself refuses."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import psycopg
import pytest
from django.db import connection

from jamsostek.awards.edition import JAKARTA
from jamsostek.awards.reading import canonical, digest_of, read, samples
from jamsostek.core.errors import InputError
from tests import cast

SAMPLE = samples()["peragaan-2026"]
CODE = "peragaan-2026"
HERE, COVERAGE, STAGE = "categories.province", "{criterion: coverage_pu, weight: 12}", "nation: {area: zone, winners: 1, prizes"


def _changed(before: str, after: str) -> str:
    assert before in SAMPLE
    return SAMPLE.replace(before, after, 1)


# --- the text ---------------------------------------------------------------------------------------------------------------


def test_every_sample_can_be_read_and_says_that_it_is_invented() -> None:
    for name, text in samples().items():
        found = read(text)
        assert (found.code, found.invented) == (name, True)
        assert found.note["id"] and found.note["en"]
        assert all(sum(one.weight_ppm for one in category.criteria) == 1_000_000 for category in found.categories.values())


@pytest.mark.parametrize(
    ("before", "after", "place", "words"),
    [
        ("code: peragaan-2026", "code: Peragaan 2026", "code", "alamat edisi"),
        ("code: peragaan-2026", "code: panitia", "code", "alamat edisi"),
        ("assessment_year: 2026", "assessment_year: 26", "assessment_year", "bilangan bulat"),
        ("assessment_year: 2026\n", "", "content", "assessment_year tidak ada"),
        ("assessment_year: 2026", "assesment_year: 2026", "content", "assessment_year tidak ada"),
        ("invented: true\nnote", "invented: mungkin\nnote", "invented", "ya atau tidak"),
        ("measured_month: 2026-10", "measured_month: 2026-13", "measured_month", "tidak dikenal"),
        ("baseline_month: 2025-10", "baseline_month: 2026-10", "baseline_month", "pembanding"),
        ("nominate_from: 2026-01-05", "nominate_from: besok", "days.nominate_from", "tanggal"),
        ("nominate_from: 2026-01-05", "nominate_from: 2027-01-05", "days", "tidak berurutan"),
        ("province: 2027-03-31,", "province: 2027-01-31,", "days", "tidak berurutan"),
        ("{province: 2027-03-31, nation: 2027-06-30}", "{province: 2027-03-31}", "days.marks_until", "tingkat nation"),
        ("{province: 2027-03-31,", "{foo: 2027-03-31, province: 2027-03-31,", "days.marks_until.foo", "'foo' tidak dikenal"),
        ("Sulawesi: [71, ", "Sulawesi: [", "zones", "71"),
        ("Sulawesi: [71, ", "Sulawesi: [71, 11, ", "zones", "11"),
        ("Sulawesi: [71, ", "Sulawesi: [71, 20, ", "zones", "20"),
        ("kind: measured", "kind: counted", "criteria.coverage_pu.kind", "counted"),
        ("    measure: region.coverage_pu\n", "", "criteria.coverage_pu.measure", "tidak disebut dengan apa"),
        ("measure: region.coverage_pu", "measure: region.coverage_up", "criteria.coverage_pu.measure", "region.coverage_pu"),
        ("{criterion: village_checked,", "{criterion: firm_helps,", "categories.village.criteria", "bukan ukuran untuk Desa"),
        ("{marks: 25, id: \"Rencana", "{marks: 0, id: \"Rencana", "criteria.innovation.rubric", "tidak lengkap"),
        ("{marks: 0, id: \"Tidak ada bukti", "{marks: 5, id: \"Tidak ada bukti", "criteria.innovation.rubric", "tidak lengkap"),
        ("only: {scale: [large]}", "only: {scale: [giant]}", "categories.employer_large.only.scale[1]", "giant"),
        ("only: {section: [k]}", "only: {section: [k, zz]}", "categories.sector_finance.only.section[2]", "zz"),
        ("    subject: regency\n", "    subject: regency\n    only: {regency_kind: [kotamadya]}\n",
         "categories.regency_coverage.only.regency_kind[1]", "kotamadya"),
        ("only: {scale: [large]}", "only: {regency_kind: [kota]}", "categories.employer_large.only.regency_kind", "bukan milik"),
        ("winners: 3, promoted: 1, prizes", "winners: 3, promoted: 50, prizes",
         "categories.regency_coverage.stages.province.promoted", "maju 50, pemenangnya 3"),
        ("evidence: [regulation]", "evidence: [stempel]", "criteria.regulation.evidence", "stempel"),
        ("form: regulation}", "form: surat}", "evidence.regulation.form", "surat"),
        ("media: [pdf]", "media: [exe]", "evidence.budget.media[1]", "exe"),
        ("most_megabytes: 15", "most_megabytes: 2000", "evidence.budget.most_megabytes", "bilangan bulat"),
        ("least_marks: 3", "least_marks: 30", "juries.province.least_marks", "bilangan bulat"),
        ("subject: province", "subject: pulau", f"{HERE}.subject", "pulau"),
        ("normalise: min_max", "normalise: rata", f"{HERE}.normalise", "rata"),
        ("aggregate: topsis", "aggregate: tebak", f"{HERE}.aggregate", "tebak"),
        ("missing: median", "missing: lupa", f"{HERE}.missing", "lupa"),
        (COVERAGE, COVERAGE.replace("12", "13"), f"{HERE}.criteria", "101 %"),
        (COVERAGE, COVERAGE.replace("12", "12.00001"), f"{HERE}.criteria[1].weight", "persen"),
        (COVERAGE, COVERAGE.replace("12", ".inf"), f"{HERE}.criteria[1].weight", "persen"),
        (COVERAGE, COVERAGE.replace("_pu", "_xx"), f"{HERE}.criteria[1].criterion", "coverage_xx"),
        (COVERAGE, COVERAGE.replace("_pu", "_bpu"), f"{HERE}.criteria", "dua kali"),
        ("[coverage_bpu, coverage_pu]", "[firm_helps]", f"{HERE}.tie_breaks", "bukan ukurannya"),
        ("weight: 18, least: 50, benchmark: 100", "weight: 18, least: 50", "categories.employer_large.criteria", "patokannya"),
        (STAGE, "nation: {area: pulau, winners: 1, prizes", f"{HERE}.stages.nation.area", "pulau"),
        (STAGE, "city: {area: zone, winners: 1, prizes", f"{HERE}.stages.city", "city"),
        (STAGE, "nation: {area: zone, winners: 0, prizes", f"{HERE}.stages.nation.winners", "bulat"),
        ("subject: province\n", "subject: province\n    warna: biru\n", f"{HERE}.warna", "warna"),
        ("    title: {id: \"Provinsi\", en: \"Province\"}", "    title: {id: \"Provinsi\"}", f"{HERE}.title", "en tidak ada"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_edition_is_told_with_its_place(before: str, after: str, place: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as told:
        read(_changed(before, after))
    assert told.value.field == place
    assert place == "content" or str(told.value).startswith(f"{place}: ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "isian bernama"), ("- satu", "isian bernama"), ("a: [", "bukan YAML"), ("a: &x [*x]", "terlalu panjang"),
        ("a: 1\na: 2", "dua kali"), ("? [a]\n: b", "bukan YAML"), ("[" * 3_000, "terlalu dalam"), ("a: 2026-02-30", "bukan YAML"),
        ("a: !!python/object:os.system x", "bukan YAML"),
        ("a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]\n"
         "e: &e [*c,*c,*c,*c,*c,*c,*c,*c]\nf: [*e,*e,*e,*e,*e,*e,*e,*e]", "terlalu panjang"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_edition_is_refused_before_it_costs_anything(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\nb: 2026-02-30\n", "baris 2: 2026-02-30 tidak ada"), ("a: 1\n\nb: [", "baris 3"),
        ("a: !!int satu", "baris 1: satu tidak ada"), ("a: 1\nb: \x07", "baris 2"),
    ],
)  # fmt: skip
def test_what_is_no_yaml_is_told_with_its_line(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(text)


def test_the_digest_is_of_what_is_said_and_in_which_order() -> None:
    assert digest_of(SAMPLE) == digest_of("# catatan lain\n" + SAMPLE.replace("weight: 12}", "weight:   12}"))
    assert digest_of(SAMPLE) != digest_of(_changed("weight: 12", "weight: 12.5"))
    assert canonical({"zones": {"a": 1, "b": 2}}) != canonical({"zones": {"b": 2, "a": 1}})  # zones are numbered in their order


def test_deadlines_end_at_midnight_in_jakarta() -> None:
    from jamsostek.awards.edition import end

    assert end(dt.date(2026, 12, 31)) == dt.datetime(2027, 1, 1, tzinfo=JAKARTA) == dt.datetime(2026, 12, 31, 17, tzinfo=dt.UTC)


# --- the life ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def pair(db: Any) -> tuple[Any, Any]:
    """Two of the national committee."""
    return cast.user("panitia.satu", "award_committee"), cast.user("panitia.dua", "award_committee")


def _write(who: Any, text: str = SAMPLE, **given: Any) -> Any:
    from jamsostek.awards.actions import editions

    with cast.as_user(who):
        return editions.write(content=text, **given)


def _step(who: Any, step: str, **given: Any) -> Any:
    from jamsostek.awards.actions import editions
    from jamsostek.awards.choices import Step

    with cast.as_user(who):
        return editions.step(code=CODE, step=Step(step), **given)


def test_who_wrote_it_does_not_open_it(pair: tuple[Any, Any]) -> None:
    from jamsostek.access.errors import Refused
    from jamsostek.awards.queries.editions import standing

    one, other = pair
    _write(one)
    with pytest.raises(Refused, match="Anda sendiri"):
        _step(one, "opened")
    _step(other, "opened")
    _step(other, "opened")
    found = standing(CODE)
    assert found is not None and (found.state, found.version, found.versions) == ("open", 1, 1)


def test_who_changed_it_last_does_not_open_it_either(pair: tuple[Any, Any]) -> None:
    from jamsostek.access.errors import Refused

    one, other = pair
    _write(one)
    _write(other, _changed("winners: 3, promoted", "winners: 2, promoted"))
    with pytest.raises(Refused, match="Anda sendiri"):
        _step(other, "opened")
    _step(one, "opened")


def test_the_database_itself_refuses_the_author_whoever_they_say_they_are(pair: tuple[Any, Any]) -> None:
    from jamsostek.awards.models import Step
    from jamsostek.ledger.errors import LedgerRefused, refusals

    one, other = pair
    made = _write(one)
    with pytest.raises(LedgerRefused, match="Anda sendiri") as told, cast.as_user(one), refusals():
        Step.objects.create(edition_id=made.edition_id, step="opened", by_id=other.pk)
    assert told.value.constraint == "awards_step_author"


def test_what_is_opened_is_what_was_read(pair: tuple[Any, Any]) -> None:
    one, other = pair
    _write(one)
    _write(one, _changed("winners: 3, promoted", "winners: 2, promoted"))
    with pytest.raises(InputError, match="ditulis ulang"):
        _step(other, "opened", version=1)
    _step(other, "opened", version=2)


def test_a_version_after_opening_tells_why_and_moves_the_deadline(pair: tuple[Any, Any]) -> None:
    from jamsostek.awards.queries.editions import standing, versions

    one, other = pair
    _write(one)
    _step(other, "opened")
    later = _changed("evidence_until: 2027-01-31", "evidence_until: 2027-02-14")
    with pytest.raises(InputError, match="memerlukan alasan"):
        _write(one, later)
    _write(one, later, reason="Banjir di tiga provinsi")
    found = standing(CODE)
    assert found is not None
    assert found.evidence_until == dt.datetime(2027, 2, 15, tzinfo=JAKARTA)
    assert [(row.number, row.reason) for row in versions(found.id)] == [(2, "Banjir di tiga provinsi"), (1, "")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT awards_moment(%s, 'evidence_until')", [found.id])
        assert cursor.fetchone()[0] == found.evidence_until


def test_the_same_again_is_the_same_version(pair: tuple[Any, Any]) -> None:
    assert [_write(who, text).number for who, text in ((pair[0], SAMPLE), (pair[1], SAMPLE), (pair[0], f"{SAMPLE}\n# x\n"))] == [
        1,
        1,
        1,
    ]


def test_another_code_is_refused_where_an_edition_was_meant(pair: tuple[Any, Any]) -> None:
    _write(pair[0])
    with pytest.raises(InputError, match="Kode edisi"):
        _write(pair[0], _changed("code: peragaan-2026", "code: peragaan-lain"), code=CODE)


def test_what_was_read_before_writing_must_still_stand(pair: tuple[Any, Any]) -> None:
    one, other = pair
    _write(one)
    _write(other, _changed("winners: 3, promoted", "winners: 2, promoted"), after=1)
    with pytest.raises(InputError, match="ditulis ulang"):
        _write(one, _changed("winners: 3, promoted", "winners: 4, promoted"), after=1)


def test_a_closed_edition_is_over(pair: tuple[Any, Any]) -> None:
    one, other = pair
    _write(one)
    with pytest.raises(InputError, match="tahap itu"):
        _step(one, "closed")
    _step(other, "opened")
    _step(one, "closed")
    with pytest.raises(InputError, match="tahap itu"):
        _write(one, _changed("winners: 3, promoted", "winners: 2, promoted"), reason="Terlambat")
    with pytest.raises(InputError, match="tahap itu"):
        _step(one, "cancelled", reason="Keliru")


def test_a_draft_can_be_cancelled_with_a_reason(pair: tuple[Any, Any]) -> None:
    one, other = pair
    _write(one)
    with pytest.raises(InputError, match="Alasan"):
        _step(one, "cancelled")
    _step(one, "cancelled", reason="Tahunnya keliru")
    with pytest.raises(InputError, match="tahap itu"):
        _step(other, "opened")


def test_a_category_with_nominees_is_kept(pair: tuple[Any, Any]) -> None:
    from jamsostek.awards.models import Edition, Entry

    one, other = pair
    _write(one)
    _step(other, "opened")
    with cast.everyone():
        Entry.objects.create(
            code="UJI", edition=Edition.objects.get(code=CODE), category="village", level="province", area=35, subject="village",
            subject_code=3515012001, name="Desa Contoh", province_code=35, regency_code=3515,
        )  # fmt: skip
    at = SAMPLE.index("  village:\n    title"), SAMPLE.index("  employer_large:")
    with pytest.raises(InputError, match="sudah mempunyai calon") as told:
        _write(one, SAMPLE[: at[0]] + SAMPLE[at[1] :], reason="Tanpa desa")
    assert told.value.field == "categories.village"


@pytest.mark.parametrize(("kind", "target"), [("region", 35), ("region", 3515)])
def test_only_the_nation_writes_editions(db: Any, kind: str, target: int) -> None:
    from jamsostek.access.errors import Refused

    with pytest.raises(Refused, match="panitia nasional"):
        _write(cast.user("panitia.daerah", "award_committee", kind, target))
    with pytest.raises(Refused):
        _write(cast.user("juri", "jury"))


# --- the tables -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["edition", "version", "step"])
@pytest.mark.parametrize("role", ["jamsostek_app", "postgres"])
def test_nothing_that_was_written_is_changed_or_removed(committed_db: Any, table: str, role: str) -> None:
    one, other = cast.user("panitia.satu", "award_committee"), cast.user("panitia.dua", "award_committee")
    _write(one)
    _step(other, "opened")
    column = {"edition": "code = 'lain'", "version": "reason = 'lain'", "step": "reason = 'lain'"}[table]
    for statement in (f"UPDATE awards_{table} SET {column}", f"DELETE FROM awards_{table}", f"TRUNCATE awards_{table} CASCADE"):
        with committed_db.connect(role) as there, pytest.raises(psycopg.Error) as told:
            there.execute(statement)
        assert told.value.sqlstate == {"jamsostek_app": "42501", "postgres": "23001"}[role], told.value
    with committed_db.connect("postgres") as there:
        assert there.execute(f"SELECT count(*) FROM awards_{table}").fetchone()[0] == 1


def test_of_two_who_write_at_once_the_second_is_told(committed_db: Any) -> None:
    people = [cast.user("panitia.satu", "award_committee"), cast.user("panitia.dua", "award_committee")]
    _write(people[0])
    begun, told = threading.Barrier(2), []

    def write(who: Any, winners: int) -> None:
        from django.db import connection as own

        try:
            begun.wait(10)
            told.append(_write(who, SAMPLE.replace("winners: 3, promoted", f"winners: {winners}, promoted"), after=1).number)
        except InputError as error:
            told.append(str(error))
        finally:
            own.close()

    threads = [threading.Thread(target=write, args=(who, at + 4)) for at, who in enumerate(people)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert len(told) == 2 and 2 in told
    assert any("ditulis ulang" in str(one) or "baru saja mengubah" in str(one) for one in told), told


def test_an_edition_written_while_another_opens_it_is_not_opened_unread(committed_db: Any) -> None:
    """Both at once: either the change came first and the opening is refused, or it came after and needed a reason."""
    one, other = cast.user("panitia.satu", "award_committee"), cast.user("panitia.dua", "award_committee")
    _write(one)
    begun, told = threading.Barrier(2), {}

    def act(name: str, what: Any) -> None:
        from django.db import connection as own

        try:
            begun.wait(10)
            what()
            told[name] = "done"
        except InputError as error:
            told[name] = str(error)
        finally:
            own.close()

    threads = [
        threading.Thread(target=act, args=("open", lambda: _step(other, "opened", version=1))),
        threading.Thread(
            target=act, args=("write", lambda: _write(one, SAMPLE.replace("winners: 3, promoted", "winners: 2, promoted")))
        ),
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert sorted(told) == ["open", "write"]
    assert (told["open"] == "done") != (told["write"] == "done"), told
