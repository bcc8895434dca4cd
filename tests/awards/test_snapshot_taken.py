"""Snapshots taken through the action: of the small demo, by a committee that sees nobody, once for a state, by a job as well."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from jamsostek.access.errors import Refused
from jamsostek.access.models import AuditEntry
from jamsostek.access.scope import scope_of, system_scope
from jamsostek.awards import snapshot as snapshots
from jamsostek.awards.actions import editions
from jamsostek.awards.actions import snapshots as actions
from jamsostek.awards.models import SnapshotRun
from jamsostek.awards.queries import snapshots as queries
from jamsostek.awards.queries.editions import standing
from jamsostek.awards.reading import samples
from jamsostek.awards.scoring import screen
from jamsostek.core.errors import InputError
from jamsostek.registry.models import Employment, Participant
from tests import cast

CODE = "peragaan-2026"


@pytest.fixture(scope="module")
def entered(module_db: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The small demo with its bills, payments and claims, and the edition that comes with the software."""
    from django.conf import settings

    from jamsostek.coverage.actions import take_snapshot
    from jamsostek.demo.enter import enter
    from jamsostek.synth.regency import make_regency

    kept = settings.JAMSOSTEK_KEYS, settings.JAMSOSTEK_DATA
    settings.JAMSOSTEK_KEYS, settings.JAMSOSTEK_DATA = (tmp_path_factory.mktemp(one) for one in ("keys", "data"))
    enter(make_regency(1, workers=1_000, employers=40, month=202610), today=cast.TODAY, now=cast.NOW, tell=lambda *_told: None)
    take_snapshot(scope=system_scope("uji"), day=cast.TODAY)
    with cast.everyone():
        editions.write(content=samples()[CODE])
        for name in ("ujipanitia", "ujilain"):
            cast.user(name, "award_committee")
        cast.user("ujijuri", "jury")
    yield
    settings.JAMSOSTEK_KEYS, settings.JAMSOSTEK_DATA = kept


def user(name: str) -> Any:
    from jamsostek.access.models import User

    return User.objects.get(username=name)


def edition_id() -> int:
    found = standing(CODE)
    assert found is not None
    return found.id


def test_the_committee_sees_nobody_and_takes_the_same_snapshot_as_the_installation(entered: None) -> None:
    with cast.as_user(user("ujipanitia")):
        assert (Participant.objects.count(), Employment.objects.count()) == (0, 0)
        made = actions.take(code=CODE, level="province")
        assert (Participant.objects.count(), Employment.objects.count()) == (0, 0)
        told = queries.content(made)
    with cast.everyone():
        assert actions.take(code=CODE, level="province").pk == made.pk
        trail = AuditEntry.objects.filter(action="award.snapshot_taken", subject_id=made.pk)
        assert trail.count() == 1
    assert (made.number, made.level, made.kind, made.version, made.root) == (1, "province", "measured", 1, told.root)
    assert told.counts | {"measures-employer": 0, "measures-village": 0} == {
        "measures-province": 38, "measures-regency": 514, "measures-village": 0, "measures-employer": 0, "entries": 0,
        "marks": 0, "evidence": 0,
    }  # fmt: skip
    firm = told.of("employer").to_pylist()[0]
    with cast.everyone():
        at_work = Employment.objects.filter(employer_id=firm["key"], from_month__lte=202610).exclude(to_month__lt=202610)
        assert firm["den_firm_workers"] == at_work.values("participant_id").distinct().count() > 0


def test_what_leaves_has_no_person_in_it(entered: None) -> None:
    with cast.everyone():
        told = queries.content(actions.take(code=CODE, level="province"))
        names = {one for one in Participant.objects.values_list("name", flat=True)[:400] if " " in one}
    whole = json.dumps([table.to_pylist() for table in told.tables.values()], default=str)
    assert [name for name in names if name in whole] == []


def test_every_contest_that_is_measured_can_be_screened_from_the_snapshot(entered: None) -> None:
    with cast.everyone():
        told = queries.content(actions.take(code=CODE, level="province"))
    for category in told.edition.categories.values():
        for stage in category.stages:
            for area in snapshots.areas_of(told, category, stage.level):
                field = snapshots.field_of(told, category, stage.level, area)
                assert screen(category, field).keys == field.keys
    large = snapshots.field_of(told, "employer_large", "province", 35)
    scales = {row["code"]: row["scale"] for row in told.of("employer").to_pylist()}
    assert large.keys
    assert {scales[key] for key in large.keys} == {"large"}
    assert set(snapshots.field_of(told, "sector_industry", "province", 35).keys) <= set(scales)


def test_another_state_is_another_snapshot_with_the_next_number(entered: None) -> None:
    with cast.as_user(user("ujipanitia")):
        first = actions.take(code=CODE, level="province")
    with cast.everyone():
        cast.works(cast.participant("Pekerja Baru"), cast.employer("PT Contoh Baru"), 202601)
    with cast.as_user(user("ujilain")):
        second = actions.take(code=CODE, level="province")
        nation = actions.take(code=CODE, level="nation")
    assert (second.number, nation.number) == (first.number + 1, first.number + 2)
    assert len({first.root, second.root, nation.root}) == 3


def test_a_job_takes_what_was_asked_for_once(entered: None) -> None:
    with cast.as_user(user("ujipanitia")):
        run = actions.ask(code=CODE, level="nation")
        assert actions.ask(code=CODE, level="nation").pk == run.pk
    done = actions.work(scope=scope_of(user("ujipanitia"), cast.MONTH), run=run.pk)
    assert done is not None
    assert (done.problem, done.ended_at is not None, done.snapshot is not None) == ("", True, True)
    assert queries.progress(run.pk) is None
    assert actions.work(scope=scope_of(user("ujipanitia"), cast.MONTH), run=run.pk) is None
    with cast.as_user(user("ujipanitia")):
        assert actions.ask(code=CODE, level="nation").pk != run.pk


def test_why_a_job_could_not_take_it_is_kept_in_words(entered: None) -> None:
    with cast.everyone():
        run = SnapshotRun.objects.create(edition_id=edition_id(), level="province", kind="final")
    done = actions.work(scope=system_scope("uji"), run=run.pk)
    assert done is not None
    assert (done.problem[:26], done.snapshot) == ("Edisi ini belum dibuka. Am", None)


def test_who_may_not_and_what_cannot_be_taken_is_told(entered: None) -> None:
    with cast.as_user(user("ujijuri")), pytest.raises(Refused):
        actions.take(code=CODE, level="province")
    with cast.everyone():
        for given, match in (
            ({"level": "desa"}, "Tingkat 'desa' tidak dikenal"), ({"kind": "semua"}, "Jenis potret 'semua' tidak dikenal"),
            ({"kind": "final"}, "belum dibuka"),
        ):  # fmt: skip
            with pytest.raises(InputError, match=match):
                actions.take(**({"code": CODE, "level": "province"} | given))
        with pytest.raises(Refused):
            actions.take(code="tidak-ada", level="province")
        late = (
            samples()[CODE]
            .replace("code: peragaan-2026", "code: kelak")
            .replace("measured_month: 2026-10", "measured_month: 2099-10")
        )
        editions.write(content=late)
        with pytest.raises(InputError, match=r"belum selesai\. Potret dapat diambil mulai 11-2099"):
            actions.take(code="kelak", level="province")


def test_a_snapshot_is_never_changed(entered: None) -> None:
    from django.db import Error, transaction

    with cast.everyone():
        made = actions.take(code=CODE, level="province")
        for sql in (
            "UPDATE awards_snapshot SET root = repeat('0', 64)",
            "DELETE FROM awards_snapshot",
            "TRUNCATE awards_snapshot",
        ):
            with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
        made.refresh_from_db()
        assert queries.content(made).root == made.root


def test_the_file_on_the_disk_of_another_machine_has_the_same_root_and_is_remembered_as_taken(
    entered: None, tmp_path: Path
) -> None:
    with cast.as_user(user("ujipanitia")):
        made = actions.take(code=CODE, level="province")
        with queries.opened(made) as kept:
            (tmp_path / "potret.zip").write_bytes(kept.read())
    assert snapshots.verify(tmp_path / "potret.zip", root=made.root) == []
    with cast.everyone():
        assert AuditEntry.objects.filter(action="award.snapshot_read", subject_id=made.pk).exists()
    with cast.as_user(user("ujijuri")), pytest.raises(Refused), queries.opened(made):
        pass


def test_pages_show_what_was_measured_and_why_something_is_missing(entered: None, client: Any) -> None:
    with cast.as_user(user("ujipanitia")):
        made = actions.take(code=CODE, level="province")
    cast.signed_in(client, user("ujipanitia"))
    listed = client.get(reverse("award_committee:snapshots", args=[CODE])).content.decode()
    assert f"Potret {made.number}" in listed
    shown = client.get(reverse("award_committee:snapshot", args=[CODE, made.number])).content.decode()
    assert made.root in shown and "Buruh, karyawan, dan pegawai (Sakernas)" in shown
    where = reverse("award_committee:snapshot_table", args=[CODE, made.number, "regency"])
    assert "Tidak ada kekurangan" not in (page := client.get(where).content.decode())
    assert "Tidak ada uang yang disediakan" in page and "dikarang untuk peragaan" in page
    sheet = b"".join(client.get(where, {"bentuk": "csv"}).streaming_content).decode("utf-8-sig")
    assert sheet.count("\n") == 514 + 2 and "dikarang untuk peragaan" in sheet
    file = client.get(reverse("award_committee:snapshot_file", args=[CODE, made.number]))
    assert snapshots.read_bytes(b"".join(file.streaming_content)).root == made.root
    asked = client.post(reverse("award_committee:snapshot_take", args=[CODE]), {"level": "province", "kind": "measured"})
    assert asked.status_code == 302
    assert "Sedang diambil" in client.get(asked["Location"]).content.decode()
    refused = client.post(reverse("award_committee:snapshot_take", args=[CODE]), {"level": "province", "kind": "final"})
    assert "belum dibuka" in refused.content.decode()
    for name, args in (
        ("snapshot", [CODE, 99]),
        ("snapshot_table", [CODE, made.number, "kota"]),
        ("snapshot_run", [CODE, 10**9]),
    ):
        assert client.get(reverse(f"award_committee:{name}", args=args)).status_code == 404


def test_figures_are_told_in_per_cent_with_a_comma(entered: None) -> None:
    from jamsostek.portal.award.committee.snapshots import ppm_words

    with cast.as_user(user("ujipanitia")):
        made = actions.take(code=CODE, level="province")
        rows = queries.table(made, "measures-regency").to_pylist()
    assert rows[0]["code"] == "1101"
    assert [ppm_words(one) for one in (0, 5_049, 123_456_789, -14_951)] == ["0,00 %", "0,50 %", "12.345,68 %", "−1,50 %"]
    assert dt.datetime.fromisoformat(queries.seal(made)["as_of"]).tzinfo is not None
