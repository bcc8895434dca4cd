"""The pages of outreach, as a region's officer, its head, a branch and an agent use them; without a script."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from django.utils.timezone import localdate

from jamsostek.outreach.actions import agents, campaigns, consents, reminders
from jamsostek.outreach.actions.consents import Contact
from jamsostek.outreach.campaigning import BUILT_IN
from jamsostek.outreach.models import Attendee, Campaign, Code, Consent, Meeting, Referral, Reminder
from tests import cast
from tests.outreach.reached import VILLAGE, agent, came, gathering, plan, runner

pytestmark = pytest.mark.usefixtures("committed_db")
TODAY = localdate()
TOMORROW = TODAY + dt.timedelta(days=1)


def here(who: Any, language: str = "id") -> Client:
    client = Client()
    client.cookies["jamsostek_language"] = language
    return cast.signed_in(client, who)


def running(**more: Any) -> Campaign:
    return campaigns.make(plan=plan(from_on=TODAY - dt.timedelta(days=20), to_on=TODAY + dt.timedelta(days=60), **more))


def met(on: dt.date = TODAY) -> Meeting:
    return campaigns.add_meeting(campaign_id=running().pk, gathering=gathering(on_date=on), today=TODAY)


def boxes(name: str, day: dt.date) -> dict[str, str]:
    return {f"{name}-d": str(day.day), f"{name}-m": str(day.month), f"{name}-y": str(day.year)}


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def acted(client: Client, url: str, data: dict[str, Any]) -> str:
    """The form, the look, the deed; where it led to."""
    look = text_of(client.post(url, data))
    assert 'value="simpan"' in look, re.findall(r'class="error"[^>]*>([^<]+)', look) or look
    done = client.post(url, {**data, "langkah": "simpan"})
    assert done.status_code == 302, text_of(done)
    return str(done["Location"])


# --- campaigns and meetings -------------------------------------------------------------------------------------------------


def test_a_campaign_and_a_meeting_are_made_by_forms() -> None:
    client = here(runner())
    told = {
        "region_code": str(cast.SIDOARJO), "title": "Ojek terlindungi", "goal": "Lima puluh pengemudi", "audience": ["drivers"],
        **boxes("from_on", TODAY), **boxes("to_on", TOMORROW), "budget_rupiah": "5 juta", "owner": "Dinas",
    }  # fmt: skip
    page = acted(client, "/sosialisasi/buat/", told)
    assert "Lima puluh pengemudi" in text_of(client.get(page)) and "Ojek terlindungi" in text_of(client.get("/sosialisasi/"))
    where = {
        "regency_code": str(cast.SIDOARJO), "village_code": str(VILLAGE), "hall": "Balai Desa", **boxes("on_date", TODAY),
        "at_time": "19.30", "speaker": "Ibu Contoh", "language": "Jawa", "wheelchair": "ya", "sign": "tidak",
    }  # fmt: skip
    meeting = text_of(client.get(acted(client, f"{page}pertemuan/", where)))
    assert "kursi roda dapat masuk" in meeting and "19.30" in meeting and "<svg" in meeting
    assert re.search(r'class="secret">[2-9A-Z]{6}<', meeting)
    wrong = text_of(client.post(f"{page}pertemuan/", {**where, "at_time": "25.00"}))
    assert "misalnya 19.30" in wrong
    acted(client, f"{page}ubah/", {**told, "owner": "Kecamatan"})
    assert "Kecamatan" in text_of(client.get(page))


def test_a_sheet_is_printed_and_entered_in_one_go() -> None:
    with cast.as_user(runner()):
        row = met()
    client, url = here(runner()), f"/sosialisasi/pertemuan/{row.number}/"
    sheet = text_of(client.get(f"{url}lembar/?cetak=1"))
    assert sheet.count("<tr>") == 21 and row.code.code in sheet
    rows = "Nama\tL/P\tTelepon\tBoleh dihubungi\nSiti\tP\t081234567890\tya\nBudi\tL\t\t"
    acted(client, f"{url}catat/", {"rows": rows})
    assert "sudah dicatat" in client.post(f"{url}catat/", {"rows": rows, "langkah": "simpan"}, follow=True).content.decode()
    page = text_of(client.get(url))
    assert "Siti" in page and "+62•••890" in page and "081234567890" not in page
    with cast.everyone():
        assert (Attendee.objects.count(), Consent.objects.count()) == (2, 1)
        first = Attendee.objects.order_by("pk").first().pk
    acted(client, f"{url}hapus/{first}/", {})
    assert "Siti" not in text_of(client.get(url))


def test_a_workbook_is_taken_too() -> None:
    with cast.as_user(runner()):
        row = met()
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for at, line in enumerate([["Nama", "L/P", "Umur"], ["Siti", "P", 41], ["Budi", "L", "33 th"]]):
            book.worksheets()[0].write_row(at, 0, line) if at else book.add_worksheet().write_row(at, 0, line)
    file.seek(0)
    file.name = "hadir.xlsx"
    client, url = here(runner()), f"/sosialisasi/pertemuan/{row.number}/catat/"
    look = text_of(client.post(url, {"file": file}))
    hidden = re.search(r'name="rows" value="([^"]*)"', look)
    assert hidden is not None
    assert client.post(url, {"rows": hidden[1], "langkah": "simpan"}).status_code == 302
    with cast.everyone():
        assert [one.age_group for one in Attendee.objects.order_by("pk")] == ["30_44", "30_44"]
    broken = io.BytesIO(b"PK\x03\x04broken")
    broken.name = "hadir.xlsx"
    assert 'class="problems"' in text_of(client.post(url, {"file": broken}))


def test_wrong_rows_are_told_and_nothing_is_kept() -> None:
    with cast.as_user(runner()):
        row = met()
    page = text_of(here(runner()).post(f"/sosialisasi/pertemuan/{row.number}/catat/", {"rows": "Nama,L/P\nSiti,X\nBudi,L"}))
    assert "baris 2" in page and "Tulis L atau P" in page
    with cast.everyone():
        assert Attendee.objects.count() == 0


def test_a_meeting_is_counted_or_cancelled() -> None:
    with cast.as_user(runner()):
        row, other = met(), met(TOMORROW)
    client = here(runner())
    acted(client, f"/sosialisasi/pertemuan/{row.number}/hitung/", {"women": "30", "men": "12"})
    assert "42 orang: 30 perempuan, 12 laki-laki" in text_of(client.get(f"/sosialisasi/pertemuan/{row.number}/"))
    acted(client, f"/sosialisasi/pertemuan/{other.number}/batalkan/", {"reason": "Banjir"})
    assert "Banjir" in text_of(client.get(f"/sosialisasi/pertemuan/{other.number}/"))


def test_results_are_told_by_every_view_and_as_a_file() -> None:
    with cast.as_user(runner()):
        row = met()
        campaigns.attend(meeting_id=row.pk, people=came(12), today=TODAY)
    client = here(runner())
    for view in ("semua", "kampanye", "pertemuan", "agen", "desa", "jenis-kelamin", "disabilitas", "tahun"):
        page = text_of(client.get(f"/sosialisasi/hasil/?menurut={view}&tahun={TODAY.year}"))
        assert "12" in page or view in ("agen", "jenis-kelamin")
        answer = client.get(f"/sosialisasi/hasil/unduh/?menurut={view}&bentuk=csv")
        assert answer.status_code == 200
    assert "Nelayan terlindungi" in text_of(client.get("/sosialisasi/hasil/?menurut=kampanye"))


# --- reminders ----------------------------------------------------------------------------------------------------------------


def test_a_reminder_goes_from_a_text_to_a_link_somebody_clicks() -> None:
    with cast.as_user(runner()):
        row = met(TOMORROW)
    officer, head = here(runner()), here(runner(role="regional_head"))
    acted(officer, "/sosialisasi/izin/catat/", {
        "regency_code": str(cast.SIDOARJO), "name": "Siti", "phone": "0812 3456 7890", "language": "id",
        "purposes": ["meeting"], "how": "spoken",
    })  # fmt: skip
    with cast.as_user(runner()):
        consents.agree(
            contacts=[Contact("081200000009", "Budi")], region_code=cast.SIDOARJO, village_code=VILLAGE, purposes=("meeting",),
            how="spoken", today=TODAY,
        )  # fmt: skip
    acted(officer, "/sosialisasi/teks/usul/meeting/id/", {"region_code": str(cast.SIDOARJO), "text": BUILT_IN["meeting", "id"]})
    (path,) = set(re.findall(r'href="(/sosialisasi/teks/\d+/)"', text_of(officer.get("/sosialisasi/teks/"))))
    assert 'name="langkah"' not in text_of(officer.get(path)), "who wrote it is not asked"
    acted(head, path, {})
    mailing = acted(officer, f"/sosialisasi/pertemuan/{row.number}/ingatkan/", {})
    page = text_of(officer.get(mailing))
    assert 'href="https://wa.me/6281200000009?text=Bpk/Ibu%20Budi' in page and "Siti" not in page, "Siti lives nowhere we know"
    file = b"".join(officer.get(f"{mailing}unduh/?bentuk=csv").streaming_content).decode()
    assert "6281200000009" in file and "Bpk/Ibu Budi" in file
    with cast.everyone():
        reminder = Reminder.objects.get().pk
    assert officer.post(mailing, {"sent": [str(reminder)], "channel": "whatsapp"}).status_code == 302
    assert "wa.me" not in text_of(officer.get(mailing))
    acted(officer, "/sosialisasi/izin/tarik/", {"phone": "081234567890"})
    assert "Siti" not in text_of(officer.get("/sosialisasi/izin/"))
    with cast.everyone():
        left = Consent.objects.get(withdrawn_on=None).pk
    acted(officer, f"/sosialisasi/izin/{left}/tarik/", {})
    assert "Belum ada izin" in text_of(officer.get("/sosialisasi/izin/"))


def test_monthly_reminders_say_when_there_is_nobody() -> None:
    with cast.as_user(runner()):
        text = reminders.propose(
            region_code=cast.SIDOARJO, kind="unpaid", language="id", text=BUILT_IN["unpaid", "id"], today=TODAY
        )
    with cast.as_user(runner(role="regional_head")):
        reminders.approve(template_id=text.pk, today=TODAY)
    told = {"region_code": str(cast.SIDOARJO), "kind": "unpaid", "month-m": "10", "month-y": "2026"}
    assert "Tidak ada yang perlu diingatkan" in text_of(here(runner()).post("/sosialisasi/pengingat/siapkan/", told))
    assert "Belum ada pengingat" in text_of(here(runner()).get("/sosialisasi/pengingat/"))


# --- agents -------------------------------------------------------------------------------------------------------------------


def test_a_branch_gives_a_code_and_the_agent_sees_how_the_incentive_is_counted() -> None:
    with cast.everyone():
        who, supervisor = agent(), cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO)
    assert "Anda belum punya kode" in text_of(here(who).get("/sosialisasi/kode-saya/"))
    page = acted(here(supervisor), "/sosialisasi/agen/beri/", {"username": who.username, "body": "Koperasi Contoh"})
    assert "Koperasi Contoh" in text_of(here(supervisor).get(page))
    own = text_of(here(who).get("/sosialisasi/kode-saya/"))
    assert "<svg" in own and "sasaran 50: belum tercapai" in own and "7,5" in own and "tafsiran 100" in own
    for reader in (runner(), supervisor):
        assert "Koperasi Contoh" in text_of(here(reader).get("/sosialisasi/agen/"))
    assert here(runner()).get(page).status_code == 403
    assert "Tidak ada kematian" in text_of(here(supervisor).get("/sosialisasi/agen/kematian/"))
    acted(here(supervisor), f"{page}akhiri/", {"reason": "Pindah"})
    assert "Pindah" in text_of(here(supervisor).get(page))


def test_who_registers_themself_by_a_link_carries_its_code() -> None:
    with cast.everyone():
        code = agents.give_code(username=agent().username, body="Koperasi", today=TODAY)
        assert Code.objects.count() == 1
    client = Client()
    assert code.code in text_of(client.get(f"/daftar/?kode={code.code.lower()}"))
    assert "<strong>ABCDEF" not in text_of(client.get("/daftar/?kode=ABCDEF"))
    client.post(f"/daftar/?kode={code.code}")
    from django.utils import timezone

    from jamsostek.portal.register.holder import cookie_name
    from jamsostek.registry.actions import drafts

    secret = client.cookies[cookie_name()].value
    with cast.everyone():
        born = dt.date(1990, 5, 6)
        answers = {
            "name": "Bu Mandiri", "nik": cast.nik(born, "f"), "birth_date": born.isoformat(), "sex": "f", "mother_name": "Ibu",
            "regency_code": cast.SIDOARJO, "at_home": True, "province_code": 35, "work": "petani", "occupation": "Petani",
            "sector": "other", "income_rupiah": 1_000_000, "jht_member": False, "phone": "+6281200000055", "disabled": False,
            "address": "Jalan Contoh", "bank_code": "", "bank_account": "", "district_code": 0, "village_code": 0,
        }  # fmt: skip
        drafts.keep_answers(secret=secret, changes=answers, now=timezone.now())
    done = client.post("/daftar/masuk/", {"dibantu": "1"})
    assert done.status_code == 302 and done["Location"].endswith("/selesai/"), (done.status_code, done.get("Location"))
    with cast.everyone():
        assert Referral.objects.get().code_id == code.pk


@pytest.mark.parametrize("path", ["/sosialisasi/", "/sosialisasi/buat/", "/sosialisasi/izin/", "/sosialisasi/teks/"])
def test_outreach_is_for_the_regions_officers_and_speaks_english_too(path: str) -> None:
    with cast.everyone():
        other = cast.user("petugas", "branch_officer", "region", cast.SIDOARJO)
    assert here(other).get(path).status_code == 403
    assert "Outreach" in text_of(here(runner(), "en").get(path))
