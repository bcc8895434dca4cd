"""Pages of sponsors and villages: lists that another confirms, gaps seen before they open, one person at a time, cards."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jamsostek.core.months import add_months, month_of
from jamsostek.portal.screens.words import month as month_words
from jamsostek.registry.actions import uploads
from jamsostek.registry.models import Card, Cover, Participant, Upload
from tests import cast
from tests.sheets import join, sheet, vulnerable

pytestmark = pytest.mark.django_db
VILLAGE = 3515012001


class Payer:
    """A sponsor with a clerk's and an approver's browser."""

    def __init__(self, name: str = "Pemerintah Kabupaten Contoh", **given: Any) -> None:
        with cast.everyone():
            self.sponsor = cast.sponsor(name, **given)
            number = self.sponsor.number
            clerk = cast.user(f"staf.{number}", "sponsor_clerk", "sponsor", self.sponsor.pk)
            approver = cast.user(f"penyetuju.{number}", "sponsor_approver", "sponsor", self.sponsor.pk)
        self.clerk, self.approver = cast.signed_in(Client(), clerk), cast.signed_in(Client(), approver)

    def url(self, name: str, *more: object) -> str:
        return reverse(f"sponsor:{name}", args=[self.sponsor.number, *more])

    def send(self, client: Client, rows: list[dict[str, Any]], months: int = 2) -> Upload:
        now = month_of(timezone.localdate())
        last = add_months(now, months - 1)
        file = SimpleUploadedFile("rentan.xlsx", sheet(rows, "sponsor"))
        when = {"month-m": now % 100, "month-y": now // 100, "to_month-m": last % 100, "to_month-y": last // 100}
        answer = client.post(self.url("upload"), {"file": file, **when}, follow=True)
        assert answer.status_code == 200
        with cast.everyone():
            upload = Upload.objects.latest("pk")
        uploads.read(upload.pk, now=timezone.now())
        return upload


def page_of(client: Client, url: str, **query: str) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def test_a_list_is_sent_by_one_and_confirmed_by_another() -> None:
    payer = Payer()
    upload = payer.send(payer.clerk, [vulnerable(1), vulnerable(2), vulnerable(3, nik="12")])
    url = reverse("uploads:upload", args=[upload.pk])
    assert "Catat 2 baris baik" not in page_of(payer.clerk, url), "a clerk cannot confirm"
    confirm = reverse("uploads:confirm", args=[upload.pk])
    assert payer.clerk.post(confirm).status_code == 409
    assert "Catat 2 baris baik" in page_of(payer.approver, url)
    assert payer.approver.post(confirm).status_code == 302
    uploads.write(upload.pk, today=timezone.localdate(), now=timezone.now())
    assert "Selesai" in page_of(payer.clerk, url)
    people = page_of(payer.clerk, payer.url("people"))
    assert vulnerable(1)["name"] in people and vulnerable(3)["name"] not in people
    assert "segera berakhir" in page_of(payer.clerk, payer.url("sponsor")).casefold(), "the gap is told before it opens"


def test_an_approver_waits_for_another_to_confirm_their_own_list() -> None:
    payer = Payer()
    upload = payer.send(payer.approver, [vulnerable(1)])
    assert "Menunggu penyetuju lain" in page_of(payer.approver, reverse("uploads:upload", args=[upload.pk]))
    refused = payer.approver.post(reverse("uploads:confirm", args=[upload.pk]))
    assert refused.status_code == 409 and "Anda sendiri yang mengirim" in refused.content.decode()


def test_people_are_found_downloaded_and_their_cover_ended() -> None:
    payer = Payer()
    now = month_of(timezone.localdate())
    with cast.everyone():
        person = cast.participant("Sumarni Wulandari")
        cover = cast.covered(person, payer.sponsor, from_month=now, to_month=add_months(now, 5))
    assert "Sumarni" in page_of(payer.clerk, payer.url("people"), cari="wulan")
    csv = b"".join(payer.clerk.get(payer.url("download"), {"bentuk": "csv"}).streaming_content).decode("utf-8-sig")
    assert "Sumarni Wulandari" in csv
    last = add_months(now, 1)
    form = {"to_month-m": last % 100, "to_month-y": last // 100, "reason": "Sudah bekerja di pabrik"}
    done = payer.clerk.post(payer.url("end", cover), form, follow=True).content.decode()
    assert "berakhir pada akhir" in done
    with cast.everyone():
        assert Cover.objects.get(pk=cover).to_month == last
    early = {"to_month-m": 1, "to_month-y": 2020, "reason": "-"}
    assert "baru mulai" in payer.clerk.post(payer.url("end", cover), early).content.decode()


def test_cards_for_a_ceremony() -> None:
    payer = Payer()
    with cast.everyone():
        for name in ("Siti Aminah", "Budi Santoso", "Dewi Lestari"):
            cast.covered(cast.participant(name), payer.sponsor, from_month=month_of(timezone.localdate()))
    assert "3 orang terlindungi" in page_of(payer.clerk, payer.url("cards"))
    assert payer.clerk.post(payer.url("cards")).getvalue().startswith(b"%PDF")
    with cast.everyone():
        assert Card.objects.count() == 3


def test_nothing_of_another_sponsor_opens() -> None:
    payer, other = Payer(), Payer("CSR Lain", kind="csr")
    with cast.everyone():
        cover = cast.covered(cast.participant("Siti"), other.sponsor, from_month=month_of(timezone.localdate()))
    upload = other.send(other.clerk, [vulnerable(1)])
    urls = [other.url(name) for name in ("sponsor", "people", "download", "upload", "cards")]
    urls += [other.url("end", cover), payer.url("end", cover), reverse("uploads:upload", args=[upload.pk])]
    assert {payer.clerk.get(url).status_code for url in urls} == {403}


# --- villages ---------------------------------------------------------------------------------------------------------


def operator(village: int = VILLAGE) -> Client:
    with cast.everyone():
        user = cast.user(f"desa{village}", "village_operator", "village", village)
    return cast.signed_in(Client(), user)


def villager(number: int = 1, *, pays: bool = True, **given: Any) -> dict[str, Any]:
    row = join(number)
    day, month, year = row["birth_date"].split("-")
    now = month_of(timezone.localdate())
    form = {
        "nik": row["nik"], "name": row["name"], "birth_date-d": day, "birth_date-m": month, "birth_date-y": year,
        "sex": "f" if row["sex"] == "P" else "m", "mother_name": row["mother_name"],
    }  # fmt: skip
    if pays:
        form |= {
            "occupation": "Petani",
            "from_month-m": now % 100,
            "from_month-y": now // 100,
            "to_month-m": 12,
            "to_month-y": now // 100,
        }
    return form | given


def test_a_village_that_pays_registers_and_protects_one_person() -> None:
    client, url = operator(), reverse("village:add", args=[VILLAGE])
    with cast.everyone():
        cast.sponsor("Desa Contoh", kind="village", region_code=VILLAGE)
    assert client.get("/desa/").headers["Location"] == reverse("village:village", args=[VILLAGE])
    look = client.post(url, villager(langkah="periksa")).content.decode()
    assert "Periksa jawaban Anda" in look and "Petani" in look
    done = client.post(url, villager(langkah="simpan"), follow=True).content.decode()
    assert "terdaftar: KPJ" in done and "Terlindungi sampai" in done
    with cast.everyone():
        person = Participant.objects.get()
        assert (person.village_code, person.regency_code) == (VILLAGE, cast.SIDOARJO)
        assert Cover.objects.get().income_rupiah == 1_000_000, "the lowest band's base where no income is told"
    again = client.post(url, villager(langkah="simpan"), follow=True).content.decode()
    assert "Desa sudah membayar iuran orang ini" in again and "Mulailah pada Januari" in again, "and nothing is said to be done"
    with cast.everyone():
        assert Cover.objects.count() == 1
    next_year = month_of(timezone.localdate()) // 100 + 1
    later = villager(langkah="simpan") | {f"{name}_month-y": next_year for name in ("from", "to")} | {"from_month-m": 1}
    assert "sekarang iurannya dibayar desa" in client.post(url, later, follow=True).content.decode()
    assert client.post(reverse("village:cards", args=[VILLAGE])).getvalue().startswith(b"%PDF")


def test_nobody_is_registered_when_the_months_are_refused() -> None:
    client = operator()
    with cast.everyone():
        cast.sponsor("Desa Contoh", kind="village", region_code=VILLAGE)
    early = villager(langkah="simpan") | {"to_month-y": 2020}
    assert "berakhir sebelum dimulai" in client.post(reverse("village:add", args=[VILLAGE]), early).content.decode()
    with cast.everyone():
        assert not Participant.objects.exists()


def test_cover_that_ends_soon_is_listed_and_continued_for_each_person() -> None:
    client, now = operator(), month_of(timezone.localdate())
    home, ending = (reverse(f"village:{name}", args=[VILLAGE]) for name in ("village", "ending"))
    with cast.everyone():
        payer = cast.sponsor("Desa Contoh", kind="village", region_code=VILLAGE)
        person = cast.participant("Sumarni Wulandari", village_code=VILLAGE)
        cast.covered(person, payer, now, add_months(now, 1))
    assert ending in page_of(client, home)
    assert reverse("village:extend", args=[VILLAGE, person.kpj]) in page_of(client, ending)
    form = page_of(client, reverse("village:extend", args=[VILLAGE, person.kpj]))
    assert 'value="Petani"' in form and "Lanjutkan perlindungan" in form
    last = add_months(now, 8)
    months = {"from_month": add_months(now, 2), "to_month": last}
    sent = {"occupation": "Petani"} | {
        f"{name}-{box}": part for name, at in months.items() for box, part in (("m", at % 100), ("y", at // 100))
    }
    url = reverse("village:extend", args=[VILLAGE, person.kpj])
    early = sent | {"from_month-m": now % 100, "from_month-y": now // 100}
    assert "Desa sudah membayar" in client.post(url, early).content.decode()
    done = client.post(url, sent, follow=True).content.decode()
    assert f"dibayar desa sampai {month_words(last)}" in done and "Tidak ada yang segera berakhir" in done
    told = page_of(client, home)
    assert f"Terlindungi sampai {month_words(last)}" in told and "Lihat siapa" not in told


def test_one_resident_has_a_page_and_a_card() -> None:
    client, now = operator(), month_of(timezone.localdate())
    with cast.everyone():
        payer = cast.sponsor("Desa Contoh", kind="village", region_code=VILLAGE)
        person, idle = (cast.participant(name, village_code=VILLAGE) for name in ("Sumarni Wulandari", "Joko Tanpa Iuran"))
        stranger = cast.participant("Warga Jauh", village_code=VILLAGE + 1)
        cast.covered(person, payer, now)
    url = reverse("village:person", args=[VILLAGE, person.kpj])
    assert url in page_of(client, reverse("village:village", args=[VILLAGE]))
    told = page_of(client, url)
    assert "dibayar desa" in told and "Lanjutkan perlindungan" not in told, "nothing to continue where there is no end"
    assert client.post(reverse("village:card", args=[VILLAGE, person.kpj])).getvalue().startswith(b"%PDF")
    assert "Mulai perlindungan" in page_of(client, reverse("village:person", args=[VILLAGE, idle.kpj]))
    assert client.post(reverse("village:card", args=[VILLAGE, idle.kpj])).status_code == 409
    for name in ("person", "extend"):
        assert client.get(reverse(f"village:{name}", args=[VILLAGE, stranger.kpj])).status_code == 403
    assert "1 orang terlindungi" in page_of(client, reverse("village:cards", args=[VILLAGE])), "who is not covered is not counted"


def test_a_village_sends_a_list_and_its_office_confirms_it() -> None:
    client, now = operator(), month_of(timezone.localdate())
    with cast.everyone():
        payer = cast.sponsor("Desa Contoh", kind="village", region_code=VILLAGE)
        officer = cast.signed_in(Client(), cast.user("petugas", "branch_officer", "region", cast.SIDOARJO))
    url = reverse("village:upload", args=[VILLAGE])
    assert url in page_of(client, reverse("village:village", args=[VILLAGE]))
    assert "Upah" not in page_of(client, url), "a sponsor's list has no wages"
    months = {"month-m": now % 100, "month-y": now // 100, "to_month-m": now % 100, "to_month-y": now // 100}
    file = SimpleUploadedFile("desa.xlsx", sheet([vulnerable(1)], "sponsor"))
    client.post(url, {"file": file, "overwrite": "on", **months})
    with cast.everyone():
        upload = Upload.objects.get()
    uploads.read(upload.pk, now=timezone.now())
    of_upload = reverse("uploads:upload", args=[upload.pk])
    assert reverse("village:village", args=[VILLAGE]) in page_of(client, of_upload)
    assert client.post(reverse("uploads:confirm", args=[upload.pk])).status_code in (403, 409), "never one's own"
    assert "desa.xlsx" in page_of(officer, reverse("officer:uploads"))
    assert reverse("officer:sponsor", args=[payer.number]) in page_of(officer, of_upload), "the way back is the office's"
    assert officer.post(reverse("uploads:confirm", args=[upload.pk])).status_code == 302
    uploads.write(upload.pk, today=timezone.localdate(), now=timezone.now())
    with cast.everyone():
        assert Cover.objects.get().sponsor_id == payer.pk


def test_what_happens_to_old_data_is_told_as_the_box_was_ticked() -> None:
    payer = Payer()
    upload = payer.send(payer.clerk, [vulnerable(1)])
    with cast.everyone():
        Upload.objects.filter(pk=upload.pk).update(counts={**Upload.objects.get(pk=upload.pk).counts, "here": 1})
    url = reverse("uploads:upload", args=[upload.pk])
    assert "dibiarkan, kecuali baris dengan Timpa = Ya" in page_of(payer.clerk, url)
    with cast.everyone():
        Upload.objects.filter(pk=upload.pk).update(overwrite=True)
    assert "diganti, kecuali baris dengan Timpa = Tidak" in page_of(payer.clerk, url)


def test_a_village_that_does_not_pay_gives_a_number_and_says_so() -> None:
    client = operator()
    page = client.post(
        reverse("village:add", args=[VILLAGE]), villager(pays=False, langkah="simpan"), follow=True
    ).content.decode()
    assert "terdaftar: KPJ" in page and "Tidak terlindungi" in page and "belum terdaftar sebagai pembayar" in page
    with cast.everyone():
        assert not Cover.objects.exists()
    refused = client.post(reverse("village:cards", args=[VILLAGE])).content.decode()
    assert "belum ada kartu" in refused


def test_another_village_is_closed() -> None:
    client, other = operator(), VILLAGE + 1
    with cast.everyone():
        person = cast.participant("Warga Sebelah", village_code=other)
    for name in ("village", "add", "cards", "upload", "ending"):
        assert client.get(reverse(f"village:{name}", args=[other])).status_code == 403
    assert client.post(reverse("village:add", args=[other]), villager(langkah="simpan")).status_code == 403
    assert person.name not in page_of(client, reverse("village:village", args=[VILLAGE]), cari="warga")
