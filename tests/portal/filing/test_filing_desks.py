"""Those who sign in: each files its kinds from their own pages to the receipt, and sees what they filed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from families import DIED, HEIR, NAME, TODAY, Filer, alive, claim_of, day, dead, text_of

from jamsostek.claims.choices import Channel, Kind, State
from jamsostek.claims.models import Claim, Party
from jamsostek.claims.queries import filing
from jamsostek.registry.models import Employment
from tests import cast
from tests.claims import offices

pytestmark = pytest.mark.django_db
VILLAGE = 3515012001
ACCIDENT = {**day("happened_on", DIED), "kind": "accident", "story": "Jatuh dari tangga gudang"}


def signed_in(username: str, role: str, kind: str, target: int) -> Filer:
    with cast.everyone():
        user = cast.user(username, role, kind, target, name=f"Pengguna {username}")
    return Filer(cast.signed_in(Client(), user))


def firm_of(who: Any) -> tuple[Any, int]:
    with cast.everyone():
        job = Employment.objects.select_related("employer").get(participant_id=who.pk)
        return job.employer, job.pk


def kinds_on(page: Any) -> set[str]:
    return {found for found in re.findall(r'/([a-z_]+)/"', page.content.decode()) if found in set(Kind)}


# --- for oneself and one's family ---------------------------------------------------------------------------------------


def test_a_worker_is_asked_nothing_that_we_know() -> None:
    who = alive()
    worker = signed_in("budi", "worker", "self", who.pk)
    mine = worker.client.get("/klaim/saya/")
    assert kinds_on(mine) == {"jkk", "jht", "jht_partial", "jp_old_age", "jp_disability", "jkp"}
    assert "Belum ada klaim" in text_of(mine)
    page = worker.client.get("/klaim/saya/jkk/").content.decode()
    assert 'name="number"' not in page and 'name="name"' not in page
    worker.opened(worker.client.post("/klaim/saya/jkk/"))
    told = text_of(worker.get())
    assert NAME in told and "Siapa yang mengajukan Selesai" in told and "Rekening untuk menerima uang Selesai" in told
    worker.post("isian/kejadian/", ACCIDENT)
    assert worker.post("periksa/")["Location"].endswith("/tanda-terima/")
    assert claim_of(worker.number).channel == Channel.SELF
    listed = text_of(worker.client.get("/klaim/saya/"))
    assert "Kecelakaan kerja" in listed and "berkas" in listed


def test_an_heir_asks_for_the_family() -> None:
    heir = signed_in("dewi", "heir", "self", dead().pk)
    assert kinds_on(heir.client.get("/klaim/saya/")) == {"jkm", "jkk", "jht", "jp_survivor"}
    assert "Pengguna dewi" in heir.client.get("/klaim/saya/jkm/").content.decode(), "the name we know stands there"
    heir.opened(heir.client.post("/klaim/saya/jkm/", {"name": HEIR, "kin": "spouse"}))
    heir.widow()
    assert "PT Contoh Raya" in text_of(heir.get("perkiraan/")), "months of cover with who paid"
    heir.post("periksa/")
    assert claim_of(heir.number).channel == Channel.HEIR


def test_a_scholarship_follows_the_claim_it_comes_from() -> None:
    with cast.everyone():
        at = offices.office()
    heir = signed_in("dewi", "heir", "self", dead().pk)
    heir.opened(heir.client.post("/klaim/saya/jkm/", {"name": HEIR, "kin": "spouse"}))
    heir.widow()
    heir.send_papers()
    party = heir.get("rekening/")["Location"].rstrip("/").split("/")[-1]
    heir.post(f"rekening/{party}/", {"account_bank": "BRI", "account_number": "990000123456", "account_name": HEIR})
    heir.post("periksa/")
    assert heir.get("beasiswa/").status_code == 302
    with cast.everyone():
        offices.checked(claim_of(heir.number), at, TODAY)
        offices.approved(claim_of(heir.number), at, TODAY)
    parent = heir.number
    assert "Ajukan beasiswa anak" in text_of(heir.get())
    heir.opened(heir.post("beasiswa/"))
    assert claim_of(heir.number).parent.number == parent
    heir.post("penerima/tambah/", {"name": "Adi Kecil", "kin": "child", **day("birth_date", dt.date(TODAY.year - 9, 2, 3))})
    heir.post("isian/sekolah/", {**day("child_birth_date", dt.date(TODAY.year - 9, 2, 3)), "level": "primary"})
    heir.post("isian/anak/", {"married": "tidak", "working": "tidak"})
    assert heir.post("periksa/").status_code == 302, text_of(heir.post("periksa/"))


# --- for others ---------------------------------------------------------------------------------------------------------


def test_a_firm_reports_an_accident_a_death_and_a_dismissal() -> None:
    who = alive()
    firm, job = firm_of(who)
    clerk = signed_in("staf", "employer_clerk", "employer", firm.pk)
    assert f"/klaim/perusahaan/{firm.npp}/{job}/" in clerk.client.get(f"/perusahaan/{firm.npp}/pekerja/{job}/").content.decode()
    url = f"/klaim/perusahaan/{firm.npp}/{job}/"
    assert kinds_on(clerk.client.get(url)) == {"jkk", "jkm", "jkp"}
    assert clerk.client.post(f"{url}jht/").status_code == 404
    clerk.opened(clerk.client.post(f"{url}jkk/"))
    clerk.post("isian/kejadian/", ACCIDENT)
    clerk.post("penerima/tambah/", {"name": firm.name, "kin": "employer"})
    assert clerk.post("periksa/").status_code == 302
    claim = claim_of(clerk.number)
    with cast.everyone():
        rows = {(row.kin, row.claimant, row.beneficiary) for row in Party.objects.filter(claim=claim, left_on=None)}
    assert rows == {("employer", True, False), ("self", False, True), ("employer", False, True)}
    assert "Bulan perlindungan" not in text_of(clerk.get("perkiraan/")), "work elsewhere is not the firm's business"
    clerk.opened(clerk.client.post(f"{url}jkm/", {"name": HEIR, "kin": "spouse"}))
    assert claim_of(clerk.number).kind == Kind.JKM
    clerk.opened(clerk.client.post(f"{url}jkp/"))
    assert claim_of(clerk.number).kind == Kind.JKP
    colleague = signed_in("staf2", "employer_clerk", "employer", firm.pk)
    listed = colleague.client.get(f"/klaim/perusahaan/{firm.npp}/")
    assert claim.number not in listed.content.decode(), "a colleague sees that it is there, and no way in"
    assert "Kecelakaan kerja" in text_of(listed)
    colleague.number = claim.number
    assert colleague.get("berkas/")["Location"] == "/klaim/lanjut/"
    assert clerk.client.get(f"/klaim/{claim.number}/").status_code == 200


def test_a_hospital_reports_a_patient_by_number_and_birth_date() -> None:
    from jamsostek.registry.actions.places import register_office

    who = alive()
    with cast.everyone():
        office = register_office(code="RS-9", name="RS Contoh Sehat", kind="hospital", regency_code=cast.SIDOARJO)
    desk = signed_in("loket", "hospital_desk", "office", office.pk)
    blame = "tidak cocok dengan peserta mana pun"
    wrong = {"kpj": who.kpj, **day("birth_date", who.birth_date + dt.timedelta(days=1))}
    assert blame in text_of(desk.client.post("/klaim/rumah-sakit/mulai/", wrong))
    desk.opened(desk.client.post("/klaim/rumah-sakit/mulai/", {"kpj": who.kpj, **day("birth_date", who.birth_date)}))
    desk.post("isian/kejadian/", ACCIDENT)
    told = text_of(desk.get("perkiraan/"))
    assert "Jumlahnya dihitung kantor" in told and "Rp" not in told and "PT Contoh" not in told
    assert desk.post("periksa/").status_code == 302
    claim = claim_of(desk.number)
    assert (claim.channel, claim.office_id, claim.kind) == (Channel.HOSPITAL, office.pk, Kind.JKK)
    other = signed_in("loket2", "hospital_desk", "office", office.pk)
    other.number = desk.number
    assert other.get().status_code == 200, "the desk's work is not one person's"
    assert "Kecelakaan kerja" in text_of(other.client.get("/klaim/rumah-sakit/"))


def test_a_village_files_for_its_people() -> None:
    who = alive(village_code=VILLAGE)
    operator = signed_in("desa", "village_operator", "village", VILLAGE)
    url = f"/klaim/desa/{VILLAGE}/{who.kpj}/"
    assert url in operator.client.get(f"/desa/{VILLAGE}/warga/{who.kpj}/").content.decode()
    assert kinds_on(operator.client.get(url)) == set(map(str, filing.kinds_for(Channel.VILLAGE)))
    operator.opened(operator.client.post(f"{url}jht/", {"kin": "self"}))
    operator.post("isian/alasan/", {"cause": "resigned"})
    operator.post("isian/kapan/", day("event_on", DIED))
    assert operator.post("periksa/").status_code == 302, text_of(operator.post("periksa/"))
    assert claim_of(operator.number).channel == Channel.VILLAGE
    assert NAME in text_of(operator.client.get(f"/klaim/desa/{VILLAGE}/"))
    assert operator.client.get(f"/klaim/desa/{VILLAGE}/{alive('Orang Lain', village_code=None).kpj}/").status_code == 403


def test_an_agent_files_for_whom_they_registered() -> None:
    from jamsostek.registry.actions.people import register_person
    from jamsostek.registry.actions.places import register_office
    from jamsostek.registry.models import Participant

    with cast.everyone():
        office = register_office(code="AGN-9", name="Kios Contoh", kind="agent", regency_code=cast.SIDOARJO)
        user = cast.user("agen", "agent", "office", office.pk, name="Agen Contoh")
    with cast.as_user(user):
        made = register_person(cast.person("Sumi Qerlanta"), via="agent", today=TODAY - dt.timedelta(days=400))
        who = Participant.objects.get(pk=made.participant_id)
    agent = Filer(cast.signed_in(Client(), user))
    url = f"/klaim/agen/{who.kpj}/"
    assert url in agent.client.get(f"/agen/peserta/{who.kpj}/").content.decode()
    assert "Tulis nama yang mengajukan" in text_of(agent.client.post(f"{url}jkk/", {"kin": "spouse"}))
    agent.opened(agent.client.post(f"{url}jkk/", {"kin": "self"}))
    agent.post("isian/kejadian/", ACCIDENT)
    assert agent.post("periksa/").status_code == 302, text_of(agent.post("periksa/"))
    assert "Sumi Qerlanta" in text_of(agent.client.get("/klaim/agen/"))
    assert agent.client.get(f"/klaim/agen/{alive().kpj}/").status_code == 403


def test_an_officer_files_at_the_counter_and_a_colleague_goes_on() -> None:
    who = dead()
    officer = signed_in("petugas", "branch_officer", "region", cast.SIDOARJO)
    colleague = signed_in("rekan", "branch_officer", "region", cast.SIDOARJO)
    far = signed_in("jauh", "branch_officer", "region", cast.LUMAJANG)
    url = f"/klaim/loket/{who.kpj}/"
    assert url in officer.client.get(f"/kantor/peserta/{who.kpj}/").content.decode()
    officer.opened(officer.client.post(f"{url}jkm/", {"kin": "spouse", "name": HEIR}))
    assert NAME in text_of(colleague.client.get("/klaim/loket/"))
    colleague.number = far.number = officer.number
    colleague.widow()
    assert far.get()["Location"] == "/klaim/lanjut/"
    assert colleague.post("periksa/").status_code == 302
    assert claim_of(officer.number).channel == Channel.COUNTER


def test_nobody_opens_what_another_filed() -> None:
    worker, other = signed_in("a1", "worker", "self", alive().pk), signed_in("b1", "worker", "self", alive("Lain Orang").pk)
    worker.opened(worker.client.post("/klaim/saya/jkk/"))
    other.number = worker.number
    for page in ("", "berkas/", "periksa/", "rekening/", "perkiraan/", "isian/kejadian/", "tarik/"):
        assert other.get(page)["Location"] == "/klaim/lanjut/"
        other.post(page, ACCIDENT)
    claim = claim_of(worker.number)
    assert claim.state == State.DRAFT and claim.event_on is None


def test_every_home_leads_to_claims() -> None:
    assert "/klaim/" in Client().get("/").content.decode() and "/klaim/lacak/" in Client().get("/").content.decode()
    who = alive(village_code=VILLAGE)
    firm, _job = firm_of(who)
    homes = (
        (signed_in("w1", "worker", "self", who.pk), "/peserta/", "/klaim/saya/"),
        (signed_in("e1", "employer_clerk", "employer", firm.pk), f"/perusahaan/{firm.npp}/", f"/klaim/perusahaan/{firm.npp}/"),
        (signed_in("v1", "village_operator", "village", VILLAGE), f"/desa/{VILLAGE}/", f"/klaim/desa/{VILLAGE}/"),
        (signed_in("g1", "agent", "office", 0), "/agen/", "/klaim/agen/"),
        (signed_in("h1", "hospital_desk", "office", 0), "/pantau/periksa/", "/klaim/rumah-sakit/"),
        (signed_in("o1", "branch_officer", "region", cast.SIDOARJO), "/kantor/", "/klaim/loket/"),
    )
    for filer, home, link in homes:
        assert f'href="{link}"' in filer.client.get(home).content.decode(), home
    with cast.everyone():
        assert not Claim.objects.exists(), "looking begins nothing"
