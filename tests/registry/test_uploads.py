"""Bulk files: every state and answer, nothing twice, nothing of others."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.files import actions as files
from jamsostek.files.actions import FileGone
from jamsostek.messages.guards import FileUnreadable
from jamsostek.registry.actions import changes, employ, merging, sponsors, uploads
from jamsostek.registry.models import Cover, Employment, Participant, Upload, UploadVerdict, Wage
from jamsostek.registry.queries import uploads as asked
from tests import cast
from tests.sheets import join, sheet, vulnerable

pytestmark = pytest.mark.django_db


class Company:
    """An employer with a clerk, and the way of a list through all its states."""

    def __init__(self, name: str = "PT Uji Unggah", **given: Any) -> None:
        with cast.everyone():
            self.employer = cast.employer(name, **given)
            self.clerk = cast.user(name.lower().replace(" ", "."), "employer_clerk", "employer", self.employer.pk)

    def receive(self, content: bytes, name: str = "daftar.xlsx", **given: Any) -> Upload:
        with cast.as_user(self.clerk):
            return uploads.receive(
                content=content, file_name=name, layout="employer", month=cast.MONTH, employer_id=self.employer.pk, **given
            )

    def ready(self, rows: list[dict[str, Any]], **given: Any) -> Upload:
        upload = self.receive(sheet(rows), **given)
        uploads.read(upload.pk, now=cast.NOW)
        return self.now(upload)

    def send(self, rows: list[dict[str, Any]], **given: Any) -> Upload:
        upload = self.ready(rows, **given)
        assert upload.state == "ready", upload.error
        with cast.as_user(self.clerk):
            uploads.confirm(upload_id=upload.pk, now=cast.NOW)
        uploads.write(upload.pk, today=cast.TODAY, now=cast.NOW)
        return self.now(upload)

    def now(self, upload: Upload) -> Upload:
        with cast.everyone():
            return Upload.objects.get(pk=upload.pk)

    def working(self) -> list[Employment]:
        with cast.everyone():
            rows = Employment.objects.filter(employer=self.employer, to_month=None).select_related("participant")
            return list(rows.order_by("pk"))


def verdicts(upload: Upload) -> dict[int, str]:
    with cast.everyone():
        return dict(UploadVerdict.objects.filter(upload=upload).values_list("row", "kind"))


def wage_of(job: Employment, month: int = cast.MONTH) -> int:
    with cast.everyone():
        return Wage.objects.filter(employment=job, from_month__lte=month).order_by("-from_month")[0].wage_rupiah


def test_a_list_goes_all_the_way_and_the_people_work_there() -> None:
    company = Company()
    upload = company.ready([join(1), join(2), join(3)])
    assert (upload.state, upload.rows_total, upload.rows_good, upload.rows_wrong) == ("ready", 3, 3, 0)
    assert upload.counts["new"] == 3
    assert not company.working(), "nothing is written before somebody confirms"
    with cast.as_user(company.clerk):
        uploads.confirm(upload_id=upload.pk, now=cast.NOW)
    uploads.write(upload.pk, today=cast.TODAY, now=cast.NOW)
    upload = company.now(upload)
    assert (upload.state, upload.rows_done, upload.confirmed_by) == ("done", 3, company.clerk.pk)
    jobs = company.working()
    assert [job.participant.name for job in jobs] == [join(n)["name"] for n in (1, 2, 3)]
    assert [wage_of(job) for job in jobs] == [5_000_001, 5_000_002, 5_000_003]
    assert {job.upload_id for job in jobs} == {upload.pk}
    with cast.everyone():
        person = changes.as_person(Participant.objects.get(pk=jobs[0].participant_id))
    assert (person.nik, person.phone, person.mother_name) == (
        join(1)["nik"],
        "+6281200000001",
        join(1)["mother_name"],
    )


def test_wrong_rows_stay_out_and_good_ones_are_kept() -> None:
    company = Company()
    upload = company.send([join(1), join(2, nik=join(2)["nik"][:15]), join(3, wage="sesuai kontrak"), join(4)])
    assert (upload.rows_good, upload.rows_wrong, upload.rows_done) == (2, 2, 2)
    assert len(company.working()) == 2
    with cast.as_user(company.clerk):
        groups = {group.kind: group for group in asked.groups(upload)}
        assert groups["nik_length"].count == 1
        assert groups["nik_length"].remedy
        (problem,) = asked.problems(upload, "nik_length", 0, 10)
        assert problem.row == 3, "told by the row of the sheet"
        assert "*****" in problem.value_seen, "and starred"


def test_the_returned_file_mended_and_sent_again_adds_only_the_mended() -> None:
    company = Company()
    upload = company.send([join(1), join(2, nik="123"), join(3)])
    with cast.as_user(company.clerk):
        content = asked.returned_file(upload)
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    titles = {cell.value: cell.column for row in page.iter_rows(max_row=5) for cell in row if cell.value}
    mended = [cell for row in page.iter_rows() for cell in row if str(cell.value) == "123"]
    assert len(mended) == 1 and titles["NIK"] == mended[0].column
    mended[0].value = join(2)["nik"]
    again = io.BytesIO()
    book.save(again)
    second = company.receive(again.getvalue(), "perbaikan.xlsx")
    uploads.read(second.pk, now=cast.NOW)
    second = company.now(second)
    assert (second.state, second.rows_good, second.rows_wrong) == ("ready", 1, 0)
    with cast.as_user(company.clerk):
        uploads.confirm(upload_id=second.pk, now=cast.NOW)
    uploads.write(second.pk, today=cast.TODAY, now=cast.NOW)
    assert len(company.working()) == 3


def test_the_same_file_is_one_upload_while_open_and_doubles_nobody_later() -> None:
    company = Company()
    content = sheet([join(1), join(2)])
    first, twin = company.receive(content), company.receive(content, "nama-lain.xlsx")
    assert first.pk == twin.pk
    assert company.receive(sheet([join(3)])).pk != first.pk
    company.send([join(1), join(2)])
    later = company.send([join(1), join(2)])
    assert set(verdicts(later).values()) == {"already_there"}
    assert len(company.working()) == 2


def test_do_not_overwrite_is_respected_and_overwrite_changes_wage_and_contacts() -> None:
    company = Company()
    company.send([join(1), join(2), join(3)])
    upload = company.send(
        [
            join(1, wage=9_000_000, address="Jl. Baru 1"),
            join(2, wage=9_000_000, address="Jl. Baru 2", overwrite="Ya"),
            join(3, overwrite="Ya"),
        ]
    )
    assert list(verdicts(upload).values()) == ["already_there", "updated", "unchanged"]
    one, two, three = company.working()
    assert (wage_of(one), wage_of(two), wage_of(three)) == (5_000_001, 9_000_000, 5_000_003)
    with cast.everyone():
        assert [job.participant.address for job in company.working()] == ["Jl. Contoh 1", "Jl. Baru 2", "Jl. Contoh 3"]


def test_the_box_for_all_rows_yields_to_a_row_that_says_no() -> None:
    company = Company()
    company.send([join(1), join(2)])
    upload = company.send([join(1, wage=9_000_000), join(2, wage=9_000_000, overwrite="Tidak")], overwrite=True)
    assert sorted(verdicts(upload).values()) == ["already_there", "updated"]


def test_contacts_of_somebody_who_works_elsewhere_too_stay() -> None:
    company, other = Company(), Company("PT Lain Sekali")
    company.send([join(1)])
    other.send([join(1)])
    upload = company.send([join(1, address="Jl. Ganti", overwrite="Ya")])
    assert verdicts(upload) == {2: "not_only_here"}
    assert company.working()[0].participant.address == "Jl. Contoh 1"


def test_somebody_known_is_tied_under_the_same_number() -> None:
    company, other = Company(), Company("PT Lain Sekali")
    other.send([join(1)])
    upload = company.ready([join(1), join(2)])
    assert (upload.counts["known"], upload.counts["new"]) == (1, 1)
    upload = company.send([join(1), join(2), join(5)])
    assert verdicts(upload) == {2: "known"}
    with cast.everyone():
        assert Participant.objects.count() == 3


def test_leavings_and_wages_find_people_by_nik_and_by_kpj() -> None:
    company = Company()
    company.send([join(number) for number in range(1, 6)])
    kpj = company.working()[1].participant.kpj
    leave = {"activity": "KELUAR", "end_date": "15-11-2026", "leave_reason": "PHK"}
    upload = company.send(
        [
            {**leave, "nik": join(1)["nik"], "name": join(1)["name"]},
            {**leave, "kpj": kpj, "name": join(2)["name"]},
            {"activity": "UBAH UPAH", "nik": join(3)["nik"], "name": join(3)["name"], "wage": 7_500_000},
            {"activity": "UBAH UPAH", "nik": join(4)["nik"], "name": join(4)["name"], "wage": 5_000_004},
            {**leave, "nik": join(90)["nik"], "name": join(90)["name"]},
            {"activity": "UBAH UPAH", "nik": join(91)["nik"], "name": join(91)["name"], "wage": 7_500_000},
        ]
    )
    assert verdicts(upload) == {5: "unchanged", 6: "not_found", 7: "not_found"}
    assert upload.counts["strangers"] == 2
    with cast.everyone():
        left = Employment.objects.filter(employer=company.employer).exclude(to_month=None)
        assert {(job.to_month, job.leaving) for job in left} == {(202611, "dismissed")}
        assert left.count() == 2
    assert [wage_of(job) for job in company.working()] == [7_500_000, 5_000_004, 5_000_005]
    again = company.send([{**leave, "nik": join(1)["nik"], "name": join(1)["name"]}])
    assert verdicts(again) == {2: "already_left"}


def test_a_number_of_somebody_with_another_name_is_not_used() -> None:
    company, other = Company(), Company("PT Lain Sekali")
    other.send([join(1)])
    upload = company.send([join(1, name="Maria Goreti Kusuma")])
    assert verdicts(upload) == {2: "name_differs"}
    assert not company.working()


def test_a_kpj_must_be_of_the_same_person() -> None:
    company, other = Company(), Company("PT Lain Sekali")
    other.send([join(1), join(2)])
    first, second = (job.participant.kpj for job in other.working())
    upload = company.send([join(1, nik=None, kpj=first), join(2, nik=None, kpj=first), join(3, kpj="10000000001"[:11])])
    assert verdicts(upload) == {2: "known", 3: "kpj_differs"} or verdicts(upload)[2] == "known"
    assert second not in [job.participant.kpj for job in company.working()]


def test_the_dead_are_not_employed() -> None:
    company = Company()
    with cast.everyone():
        row = join(1)
        company.send([row])
        person = company.working()[0].participant
        import datetime as dt

        changes.record_death(participant_id=person.pk, died_on=dt.date(2026, 11, 10), today=cast.TODAY, reason="Akta")
    other = Company("PT Lain Sekali")
    assert verdicts(other.send([row])) == {2: "died"}
    assert not other.working()


def test_a_merged_person_is_the_same_person_in_every_list() -> None:
    company, other = Company(), Company("PT Lain Sekali")
    company.send([join(1)])
    other.send([join(2, name=join(1)["name"])])
    with cast.everyone():
        first, second = company.working()[0].participant, other.working()[0].participant
        merging.merge(source_id=first.pk, into_id=second.pk, reason="Orang yang sama")
    upload = company.send([join(1)])
    assert verdicts(upload) == {2: "already_there"}, "the spell under the merged number counts"
    leave = {"activity": "KELUAR", "end_date": "15-11-2026", "leave_reason": "Mengundurkan diri"}
    assert verdicts(company.send([{**leave, "nik": join(1)["nik"], "name": join(1)["name"]}])) == {}
    assert not company.working()


def test_units_by_code_or_name_and_unknown_ones_are_told() -> None:
    company = Company()
    with cast.everyone():
        from jamsostek.registry.actions.employers import add_unit

        unit = add_unit(employer_id=company.employer.pk, code="PBR", name="Pabrik", regency_code=cast.SIDOARJO)
    upload = company.send([join(1, unit="pabrik"), join(2, unit="PBR"), join(3, unit="Gudang")])
    assert verdicts(upload) == {4: "unit_unknown"}
    assert [job.unit_id for job in company.working()] == [unit.pk, unit.pk, None]


def test_only_what_an_office_may_change_is_left_to_the_office() -> None:
    company = Company()
    company.send([join(1)])
    row = join(1, activity="UBAH DATA", address="Jl. Pindah 9", wage=None, birth_date=None, start_date=None)
    upload = company.send([row])
    assert verdicts(upload) == {2: "updated"}
    assert company.working()[0].participant.address == "Jl. Pindah 9"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"", "empty"), (b"%PDF-1.7 x", "not_a_workbook"), (b"<html><table></table>", "markup"), (b"PK\x03\x04rusak", "damaged")],
)
def test_what_is_no_list_is_refused_at_once(content: bytes, kind: str) -> None:
    company = Company()
    with pytest.raises(FileUnreadable) as caught:
        company.receive(content)
    assert caught.value.kind == kind
    assert caught.value.remedy


def test_a_workbook_without_a_list_fails_with_the_reason() -> None:
    company = Company()
    upload = company.receive(b"warna;jumlah\nmerah;3\nbiru;4\n", "warna.csv")
    uploads.read(upload.pk, now=cast.NOW)
    upload = company.now(upload)
    assert upload.state == "failed"
    assert upload.error
    with cast.as_user(company.clerk), pytest.raises(InputError):
        uploads.confirm(upload_id=upload.pk, now=cast.NOW)


def test_cancelling_before_and_while_writing() -> None:
    company = Company()
    upload = company.ready([join(1)])
    with cast.as_user(company.clerk):
        uploads.cancel(upload_id=upload.pk, now=cast.NOW)
        with pytest.raises(InputError):
            uploads.confirm(upload_id=upload.pk, now=cast.NOW)
    assert not company.working()
    again = company.ready([join(1)])
    assert again.pk != upload.pk, "a cancelled file may be sent again"
    with cast.as_user(company.clerk):
        uploads.confirm(upload_id=again.pk, now=cast.NOW)
        uploads.cancel(upload_id=again.pk, now=cast.NOW)
    uploads.write(again.pk, today=cast.TODAY, now=cast.NOW)
    assert company.now(again).state == "cancelled"
    assert not company.working()


def test_a_cancelled_reading_does_not_come_back() -> None:
    company = Company()
    upload = company.receive(sheet([join(1)]))
    with cast.as_user(company.clerk):
        uploads.cancel(upload_id=upload.pk, now=cast.NOW)
    uploads.read(upload.pk, now=cast.NOW)
    assert company.now(upload).state == "cancelled"


def test_uploads_of_others_are_out_of_sight_and_reach() -> None:
    company, other = Company(), Company("PT Lain Sekali")
    upload = company.ready([join(1)])
    with cast.as_user(other.clerk):
        assert not Upload.objects.filter(pk=upload.pk).exists()
        for act in (
            asked.get,
            lambda pk: uploads.cancel(upload_id=pk, now=cast.NOW),
            lambda pk: uploads.confirm(upload_id=pk, now=cast.NOW),
        ):
            with pytest.raises(Refused):
                act(upload.pk)
        with pytest.raises(Refused):
            uploads.receive(
                content=sheet([join(2)]), file_name="x.xlsx", layout="employer", month=cast.MONTH, employer_id=company.employer.pk
            )


def test_a_clerk_who_lost_the_right_writes_nothing() -> None:
    company = Company()
    upload = company.ready([join(1)])
    with cast.as_user(company.clerk):
        uploads.confirm(upload_id=upload.pk, now=cast.NOW)
    with cast.everyone():
        company.clerk.grants.update(ended_at=cast.NOW)
    uploads.write(upload.pk, today=cast.TODAY, now=cast.NOW)
    upload = company.now(upload)
    assert (upload.state, upload.rows_done) == ("failed", 0)
    assert upload.error
    assert not company.working()


def test_files_are_forgotten_when_nobody_needs_them() -> None:
    company = Company()
    upload = company.send([join(1)])
    assert upload.good_digest == "", "good rows are gone once they are written"
    import datetime as dt

    with cast.everyone():
        assert files.read(upload.file_digest)
        assert uploads.forget_old(today=cast.TODAY, now=cast.NOW + dt.timedelta(days=91)) >= 1
        with pytest.raises(FileGone):
            files.read(upload.file_digest)


# --- sponsors ---------------------------------------------------------------------------------------------------------


class Payer:
    """A sponsor with a clerk and an approver."""

    def __init__(self, name: str = "Pemerintah Kabupaten Uji") -> None:
        with cast.everyone():
            self.sponsor = cast.sponsor(name)
            self.clerk = cast.user("staf.pemda", "sponsor_clerk", "sponsor", self.sponsor.pk)
            self.approver = cast.user("penyetuju.pemda", "sponsor_approver", "sponsor", self.sponsor.pk)

    def send(self, rows: list[dict[str, Any]], *, to_month: int | None = 202612, **given: Any) -> Upload:
        with cast.as_user(self.clerk):
            upload = uploads.receive(
                content=sheet(rows, "sponsor"), file_name="rentan.xlsx", layout="sponsor", month=cast.MONTH, to_month=to_month,
                sponsor_id=self.sponsor.pk, **given,
            )  # fmt: skip
        uploads.read(upload.pk, now=cast.NOW)
        with cast.as_user(self.approver):
            uploads.confirm(upload_id=upload.pk, now=cast.NOW)
        uploads.write(upload.pk, today=cast.TODAY, now=cast.NOW)
        with cast.everyone():
            return Upload.objects.get(pk=upload.pk)

    def covers(self) -> list[Cover]:
        with cast.everyone():
            return list(Cover.objects.filter(sponsor=self.sponsor).select_related("participant").order_by("pk"))


def test_a_sponsors_list_covers_people_for_its_months() -> None:
    payer = Payer()
    upload = payer.send([vulnerable(1, income=1_500_000), vulnerable(2, occupation=None)])
    assert upload.state == "done", upload.error
    one, two = payer.covers()
    assert (one.from_month, one.to_month, one.income_rupiah, one.occupation) == (202611, 202612, 1_500_000, "Petani")
    assert (two.income_rupiah, two.occupation) == (1_000_000, "Pekerja rentan"), "the lowest band's base, where nothing is said"


def test_whoever_sent_a_sponsors_list_does_not_confirm_it() -> None:
    payer = Payer()
    with cast.as_user(payer.approver):
        upload = uploads.receive(
            content=sheet([vulnerable(1)], "sponsor"),
            file_name="r.xlsx",
            layout="sponsor",
            month=cast.MONTH,
            sponsor_id=payer.sponsor.pk,
        )
    uploads.read(upload.pk, now=cast.NOW)
    for user in (payer.approver, payer.clerk):
        with cast.as_user(user), pytest.raises(Refused):
            uploads.confirm(upload_id=upload.pk, now=cast.NOW)
    with cast.everyone(), pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(confirmed_by=payer.approver.pk, confirmed_at=cast.NOW)


def test_the_office_of_the_region_confirms_a_sponsors_list_and_no_other_office_sees_it() -> None:
    payer = Payer()
    with cast.everyone():
        officer = cast.user("petugas.sini", "branch_officer", "region", cast.SIDOARJO)
        supervisor = cast.user("penyelia.sini", "branch_supervisor", "region", cast.SIDOARJO)
        far = cast.user("petugas.jauh", "branch_officer", "region", cast.LUMAJANG)
        away = cast.participant("Warga Lumajang", regency_code=cast.LUMAJANG)
        cast.covered(away, payer.sponsor, 202609)
    with cast.as_user(officer):
        upload = uploads.receive(
            content=sheet([vulnerable(1)], "sponsor"), file_name="r.xlsx", layout="sponsor", month=cast.MONTH,
            sponsor_id=payer.sponsor.pk,
        )  # fmt: skip
    uploads.read(upload.pk, now=cast.NOW)
    with cast.as_user(far):
        assert not Upload.objects.filter(pk=upload.pk).exists()
    with cast.as_user(officer), pytest.raises(Refused):
        uploads.confirm(upload_id=upload.pk, now=cast.NOW)
    with cast.as_user(supervisor):
        uploads.confirm(upload_id=upload.pk, now=cast.NOW)
        again = sponsors.Covering(away.pk, cast.MONTH, 1_000_000, "Petani")
        (there,) = sponsors.cover_by_sponsor(sponsor_id=payer.sponsor.pk, people=[again])
        assert (there.status, there.from_month) == (sponsors.ALREADY, 202609), "of somebody who lives out of sight too"
    uploads.write(upload.pk, today=cast.TODAY, now=cast.NOW)
    assert len(payer.covers()) == 2


def test_a_second_list_extends_nobody_twice_and_leavings_end_cover() -> None:
    payer = Payer()
    payer.send([vulnerable(1), vulnerable(2)])
    upload = payer.send([vulnerable(1), vulnerable(3)])
    assert verdicts(upload) == {2: "already_there"}
    longer = payer.send([vulnerable(2)], to_month=202703)
    assert verdicts(longer) == {2: "covered_by_other_months"}
    leave = {"activity": "KELUAR", "nik": vulnerable(1)["nik"], "name": vulnerable(1)["name"], "end_date": "30-11-2026"}
    ended = payer.send(
        [
            {**leave, "leave_reason": "Lainnya"},
            {**leave, "nik": vulnerable(80)["nik"], "name": vulnerable(80)["name"], "leave_reason": "Lainnya"},
        ]
    )
    assert verdicts(ended) == {3: "not_found"}
    assert payer.covers()[0].to_month == 202611


# --- many at once -----------------------------------------------------------------------------------------------------


def test_set_based_leaving_and_wages_answer_every_row() -> None:
    with cast.everyone():
        firm = cast.employer()
        people = [cast.participant(f"Orang {name}") for name in ("Satu", "Dua", "Tiga", "Empat")]
        for person in people[:3]:
            cast.works(person, firm, from_month=202606)
        import datetime as dt

        def gone(person: Any, day: dt.date) -> employ.Goodbye:
            return employ.Goodbye(person.pk, day)

        november, january = dt.date(2026, 11, 5), dt.date(2026, 1, 5)
        answers = employ.leave_many(
            employer_id=firm.pk,
            people=[gone(people[0], november), gone(people[0], november), gone(people[1], january), gone(people[3], november)],
        )
        assert answers == ["left", "already_left", "before_joining", "not_found"]
        new = employ.NewWage
        answers = employ.change_wages(
            employer_id=firm.pk,
            wages=[
                new(people[1].pk, 202611, 6_000_000),
                new(people[2].pk, 202611, 5_000_000),
                new(people[3].pk, 202611, 1),
                new(people[1].pk, 202605, 1),
            ],
        )
        assert answers == ["changed", "same", "not_then", "not_then"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM access_auditentry WHERE action = 'wage.changed'")
            assert cursor.fetchone() == (1,)
