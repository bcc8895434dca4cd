"""What people send wrong about claims: each is refused in words with a way out, or told to a human; nothing half done stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jamsostek.access.errors import Refused
from jamsostek.claims.actions import answers, deciding, intake, objecting, parties, paying, rights, rolls, work
from jamsostek.claims.actions.parties import Someone
from jamsostek.claims.choices import Channel, Kind, PayoutState, State
from jamsostek.claims.models import Benefit, Claim, Document, Party, Payout, Transfer
from jamsostek.claims.queries import signals, tracking
from jamsostek.claims.queries.knowing import comes_to
from jamsostek.core.errors import InputError
from jamsostek.law.entitlement import Met, Outcome
from jamsostek.messages.evidence.reader import too_large
from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.payout.camt054 import write_camt054
from jamsostek.messages.payout.records import SETTLED
from jamsostek.portal.filing import limits
from tests import cast
from tests.claims import offices
from tests.claims.test_paying import funds, sent, told
from tests.claims.test_rolls import retired, rolled
from tests.portal.filing import families

pytestmark = pytest.mark.django_db
TODAY, NOW = cast.TODAY, cast.NOW
DIED = "2026-10-05"
MEGABYTE = "kata " * 200_000
COMPUTED = {"claims_assessment", "claims_event"}
"""What was computed before a proposal was refused is kept: it says why."""


def counts(*but: str) -> dict[str, int]:
    """Rows of every table of claims."""
    with cast.everyone():
        rows = {one._meta.db_table: one._default_manager.count() for one in apps.get_app_config("claims").get_models()}
    return {name: count for name, count in rows.items() if name not in but}


@dataclass
class Stage:
    """An office, and claims as far as they came."""

    at: offices.Office
    who: Any
    claim: Claim

    def party(self) -> Party:
        return Party.objects.get(claim=self.claim, claimant=True, left_on=None)

    def state(self, **values: Any) -> Any:
        return intake.state_facts(claim_id=self.claim.pk, values=values, today=TODAY)

    def family(self, one: Someone) -> Party:
        return parties.add_beneficiary(claim_id=self.claim.pk, one=one, today=TODAY)

    def document(self, content: bytes, name: str = "akta.jpg", kind: str = "death_certificate") -> Document:
        return intake.add_document(claim_id=self.claim.pk, kind=kind, content=content, file_name=name, today=TODAY)


@pytest.fixture
def stage(db: None) -> Stage:
    """A widow's draft at a counter."""
    return draft()


def draft(who: Any = None, at: offices.Office | None = None, heir: Someone | None = None, **facts: Any) -> Stage:
    with cast.everyone():
        at = at or offices.office()
        who = who or offices.dead()
    with cast.as_user(at.colleague):
        begun = intake.begin(
            kind=Kind.JKM, participant_id=who.pk, channel=Channel.COUNTER, claimant=heir or offices.heir(), today=TODAY
        )
        values = {"died_on": DIED, "cause": "illness"} | facts
        intake.state_facts(claim_id=begun.claim.pk, values=values, today=TODAY)
    return Stage(at, who, begun.claim)


def handed_in(made: Stage) -> Stage:
    """With every paper, sent and looked at."""
    with cast.everyone():
        offices.papers(made.claim)
    with cast.as_user(made.at.colleague):
        intake.submit(claim_id=made.claim.pk, today=TODAY, now=NOW)
    with cast.everyone():
        offices.checked(made.claim, made.at)
    made.claim.refresh_from_db()
    return made


def approved(made: Stage) -> Stage:
    """Decided."""
    handed_in(made)
    with cast.everyone():
        made.claim = offices.approved(made.claim, made.at)
    return made


# --- typed wrong, and refused -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bad:
    """Something wrong: what is done, words of the refusal, the field it names."""

    act: Callable[[Stage], Any]
    words: str
    field: str | None = None
    error: type[Exception] = InputError


def begins(**given: Any) -> Callable[[Stage], Any]:
    def act(on: Stage) -> Any:
        facts = {"kind": Kind.JKM, "participant_id": on.who.pk, "channel": Channel.COUNTER, "claimant": offices.heir()} | given
        return intake.begin(today=TODAY, **facts)

    return act


def visits(**given: Any) -> Callable[[Stage], Any]:
    def act(on: Stage) -> Any:
        facts = {"kind": Kind.JKM, "number": on.who.kpj, "birth_date": on.who.birth_date, "claimant": offices.heir()} | given
        return intake.begin_as_visitor(today=TODAY, **facts)

    return act


def states(**values: Any) -> Callable[[Stage], Any]:
    return lambda on: on.state(**values)


def joins(name: str = "Rani Kecil", kin: str = "child", **given: Any) -> Callable[[Stage], Any]:
    return lambda on: on.family(Someone(name, kin, **given))


def claims(name: str = "Dewi Lestari", kin: str = "spouse", **given: Any) -> Callable[[Stage], Any]:
    return lambda on: parties.put_claimant(claim_id=on.claim.pk, one=Someone(name, kin, **given), today=TODAY)


def stands_for_minor(on: Stage) -> Any:
    child = on.family(Someone("Adi Kecil", "child", dt.date(2015, 2, 3)))
    return on.family(Someone("Rani Kecil", "child", dt.date(2017, 2, 3), guardian_id=child.pk))


def account(number: str = "990000123456", bank: str = "BRI", name: str = "Dewi Lestari") -> Callable[[Stage], Any]:
    return lambda on: parties.put_account(party_id=on.party().pk, bank=bank, number=number, name=name, today=TODAY)


def gives(content: bytes, name: str = "akta.jpg", kind: str = "death_certificate") -> Callable[[Stage], Any]:
    return lambda on: on.document(content, name, kind)


def bomb(side: int = 40_000) -> bytes:
    """The head of a PNG that would be 4.8 GB decoded; its pixels are never asked for."""
    import struct
    import zlib

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9_000)) + chunk(b"IEND", b"")


def full(on: Stage) -> Any:
    row = Document(
        claim=on.claim, kind="other", digest="0" * 64, media="image/jpeg", file_name="a.jpg", bytes=1, given_by=on.at.colleague.pk
    )
    Document.objects.bulk_create(
        Document(**{f.attname: getattr(row, f.attname) for f in Document._meta.concrete_fields if f.attname != "id"})
        for _place in range(intake.MOST_DOCUMENTS - Document.objects.filter(claim=on.claim).count())
    )
    return on.document(offices.photo())


TYPED: dict[str, Bad] = {
    # begun wrong
    "a claim kind that is not": Bad(begins(kind="lotre"), "Jenis klaim 'lotre' tidak dikenal"),
    "a kind that is not, by a visitor": Bad(visits(kind="jkx"), "Maksud Anda"),
    "a scholarship that follows nothing": Bad(begins(kind=Kind.SCHOLARSHIP), "Beasiswa dimulai dari klaim kematian", "parent"),
    "a scholarship by a visitor": Bad(visits(kind=Kind.SCHOLARSHIP), "Buka klaim itu dengan nomornya"),
    "a death that follows a claim": Bad(lambda on: begins(parent_id=on.claim.pk)(on), "Beasiswa dimulai dari", "parent"),
    "a birth date that is not the member's": Bad(visits(birth_date=dt.date(1950, 1, 1)), "tidak cocok dengan peserta", "number"),
    "a member number that is not": Bad(visits(number="12345678901"), "Periksa kartunya", "number"),
    "a claim about nobody": Bad(begins(participant_id=987_654_321), "Peserta ini tidak ada", error=Refused),
    "an empty name at the door": Bad(visits(claimant=Someone(" ", "spouse")), "Tulis nama seperti di KTP", "name"),
    # facts
    "a fact that is not": Bad(states(sebab="sakit"), "Fakta 'sebab' tidak dikenal"),
    "a fact that is nearly one": Bad(states(died_no=DIED), "Maksud Anda died_on?"),
    "a choice that is not": Bad(states(cause="kutukan"), "Pilihan: Sakit", "cause"),
    "31 February": Bad(states(died_on="2026-02-31"), "Tulis tanggal seperti 2025-11-03", "died_on"),
    "a death to come": Bad(states(died_on="2026-12-01"), "belum tiba", "died_on"),
    "a death before the Republic": Bad(states(died_on="1944-12-31"), "tanggal ini tidak mungkin", "died_on"),
    "children that are no list": Bad(states(children="dua"), "Kirim daftar", "children"),
    "a million letters as a choice": Bad(states(cause=MEGABYTE), "Pilihan: Sakit", "cause"),
    "NUL in a date": Bad(states(died_on="2026-10-0\x005"), "tidak dapat dibaca", "died_on"),
    "half a letter in a date": Bad(states(died_on="\ud83d"), "tidak dapat dibaca", "died_on"),
    # people
    "an heir under age without a guardian": Bad(
        claims("Rani Kecil", "child", birth_date=dt.date(2014, 5, 6)), "Wali yang mengajukan", "birth_date"
    ),
    "a guardian under age": Bad(
        claims("Rani Kecil", "child", birth_date=dt.date(2014, 5, 6), guardian=Someone("Adi", "guardian", dt.date(2010, 1, 1))),
        "Wali belum berumur 18 tahun. Sebut wali yang sudah dewasa.", "guardian_birth_date",
    ),
    "a child who stands for a child": Bad(stands_for_minor, "Wali belum berumur 18 tahun", "guardian"),
    "a guardian of another claim": Bad(joins(guardian_id=987_654_321), "Orang ini tidak ada dalam klaim", "guardian"),
    "kin that is not": Bad(joins(kin="tetangga"), "'tetangga' tidak dikenal"),
    "a birth to come": Bad(joins(birth_date=dt.date(2027, 1, 1)), "Tanggal lahir tidak mungkin", "birth_date"),
    "a birth in 1850": Bad(joins(birth_date=dt.date(1850, 1, 1)), "Periksa di KTP atau akta", "birth_date"),
    "a share of nothing": Bad(joins(share=0), "Tulis bilangan bulat dari 1", "share"),
    "a share beyond numbers": Bad(joins(share=10**12), "Tulis bilangan bulat dari 1", "share"),
    "a NIK of 15 digits": Bad(joins(nik="351507410180000"), "NIK terdiri dari 16 angka. Salin dari KTP.", "nik"),
    "a NIK with half a letter": Bad(joins(nik="35150741018000\ud83d0"), "NIK terdiri dari 16 angka", "nik"),
    "a telephone that is none": Bad(joins(phone="satu dua tiga"), "", "phone"),
    "a name of one letter": Bad(joins("X"), "Tulis nama seperti di KTP", "name"),
    "a name of a megabyte": Bad(joins(MEGABYTE), "Nama belum lengkap", "name"),
    "a name of nothing that prints": Bad(joins("\x00\x00\ud83d"), "Nama belum lengkap", "name"),
    "a relative of others": Bad(joins(relative_id=987_654_321), "Pilih dari keluarga peserta sendiri", "relative"),
    "the claimant taken out": Bad(
        lambda on: parties.remove(party_id=on.party().pk, because="salah orang", today=TODAY), "Ganti pemohonnya"
    ),
    # accounts
    "an account number with letters": Bad(account("99OO-A123"), "Nomor rekening terdiri dari 5", "account_number"),
    "an account number of four digits": Bad(account("1234"), "Salin dari buku rekeningnya", "account_number"),
    "an account without its holder": Bad(account(name=" \x00 "), "wajib diisi. Salin dari buku rekeningnya", "account_name"),
    # papers
    "a PDF with a script": Bad(gives(offices.scripted_pdf(), "akta.pdf"), "skrip (JavaScript)", "file", FileUnreadable),
    "a program named as a photo": Bad(gives(b"MZ" + b"\0" * 600), "program Windows", "file", FileUnreadable),
    "a web page named as a photo": Bad(gives(b"<html><script>1</script></html>"), "halaman web", "file", FileUnreadable),
    "an empty file": Bad(gives(b""), "Berkas kosong", "file", FileUnreadable),
    "a photo cut short": Bad(gives(offices.photo()[:3000]), "rusak atau terpotong", "file", FileUnreadable),
    "a picture that explodes": Bad(gives(bomb(), "foto.png"), "40000 x 40000 titik", "file", FileUnreadable),
    "too many papers": Bad(full, "Hapus yang tidak perlu"),
    # sent, withdrawn
    "taken back without a reason": Bad(
        lambda on: intake.withdraw(claim_id=on.claim.pk, because=" ", today=TODAY), "sekurang-kurangnya satu kalimat", "reason"
    ),
    "a message of a megabyte": Bad(
        lambda on: work.message(claim_id=on.claim.pk, text=MEGABYTE, today=TODAY), "Paling panjang 2.000 huruf", "text"
    ),
    "a message of NUL": Bad(
        lambda on: work.message(claim_id=on.claim.pk, text="\x00\x00\x00\x00", today=TODAY), "belum ditulis", "text"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(TYPED))
def test_what_is_typed_wrong_is_refused_with_a_way_out(stage: Stage, name: str) -> None:
    bad = TYPED[name]
    before = counts("claims_document") if bad.act is full else counts()
    with cast.as_user(stage.at.colleague), pytest.raises(bad.error) as caught:
        bad.act(stage)
    whole = str(caught.value)
    assert bad.words in whole, whole
    if bad.error is not Refused:
        assert caught.value.remedy, "a way out"  # type: ignore[attr-defined]
        assert bad.field in (None, caught.value.field), whole  # type: ignore[attr-defined]
    assert len(whole) < 1000
    after = counts("claims_document") if bad.act is full else counts()
    if bad.act is stands_for_minor:  # the first child is well said and stays
        before["claims_party"] += 1
    assert after == before
    with cast.everyone():
        assert stage.party().name == "Dewi Lestari" and Claim.objects.get(pk=stage.claim.pk).state == State.DRAFT


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("care_rupiah", "tiga juta", "Tulis rupiah penuh, tanpa sen."),
        ("care_rupiah", -350_000, "Tulis rupiah penuh, tanpa sen."),
        ("care_rupiah", 350_000.5, "Tulis rupiah penuh, tanpa sen."),
        ("care_rupiah", 350_000.0, "Tulis rupiah penuh, tanpa sen."),
        ("care_rupiah", "3.5", "Tulis rupiah penuh, tanpa sen."),
        ("care_rupiah", 10**13, "Tulis rupiah penuh, tanpa sen."),
        ("care_rupiah", "9" * 5_000, "Tulis rupiah penuh, tanpa sen."),
        ("care_rupiah", True, "Tulis rupiah penuh, tanpa sen."),
        ("unfit_days", "1_0", "Tulis bilangan bulat."),
        ("wage_kept", "barangkali", "Jawab ya atau tidak."),
        ("kind", "jatuh", "Pilihan:"),
        ("story", MEGABYTE, "Paling panjang 2.000 huruf."),
        ("happened_on", TODAY + dt.timedelta(days=1), "Periksa tanggalnya."),
        ("diagnosed_on", "2027-01-01", "Periksa tanggalnya."),
        ("by_work", True, "tidak dikenal"),
    ],
)
def test_a_fact_of_the_wrong_sort_is_refused_and_the_others_of_the_same_form_with_it(
    db: None, name: str, value: Any, words: str
) -> None:
    with cast.everyone():
        at, who = offices.office(), offices.member()
    with cast.as_user(at.colleague):
        made = intake.begin(kind=Kind.JKK, participant_id=who.pk, channel=Channel.COUNTER, today=TODAY)
    before = counts()
    with cast.as_user(at.colleague), pytest.raises(InputError, match=words) as caught:
        intake.state_facts(claim_id=made.claim.pk, values={"hospital": "RS Contoh", name: value}, today=TODAY)
    assert caught.value.remedy and len(str(caught.value)) < 500
    assert name in (caught.value.field, caught.value.value)
    assert counts() == before


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Rp 3.500.000", 3_500_000), ("350000", 350_000), (0, 0), ("jatuh\x00 dari\ud83d meja", "jatuh dari meja")],
)
def test_what_is_only_written_oddly_is_taken(db: None, typed: Any, kept: Any) -> None:
    name = "story" if isinstance(kept, str) else "care_rupiah"
    with cast.everyone():
        at, who = offices.office(), offices.member()
    with cast.as_user(at.colleague):
        made = intake.begin(kind=Kind.JKK, participant_id=who.pk, channel=Channel.COUNTER, today=TODAY)
        intake.state_facts(claim_id=made.claim.pk, values={name: typed}, today=TODAY)
    with cast.everyone():
        assert made.claim.facts.get().value == kept


def test_names_and_words_with_signs_that_cannot_be_stored_are_kept_without_them(stage: Stage) -> None:
    with cast.as_user(stage.at.colleague):
        assert stage.family(Someone("Rani\x00 Kecil\ud83d", "child", dt.date(2001, 2, 3))).name == "Rani Kecil"
        row = account("990000123456", "BRI\x00", "Dewi\x00 Lestari")(stage)
        assert (row.account_bank, row.account_name) == ("BRI", "Dewi Lestari")
        assert stage.document(offices.photo(), "ak\x00ta\ud83d.jpg").file_name == "ak ta .jpg"
        assert work.message(claim_id=stage.claim.pk, text="halo\x00 kantor", today=TODAY).text == "halo kantor"


@pytest.mark.parametrize(
    "children",
    [[{"levels": 5}], [{"levels": {"dukun": 3}}], [{"levels": {"primary": "lama"}}], [{"levels": {"primary": -2}}], [{}],
     [{"party": 1, "levels": {"primary": 2}}] * 3, [{"levels": {"primary": 10**30}}], [{"nama": "a\x00b\ud83d"}],
     [{"levels": ["primary"]}], [{"levels": {"primary": None}}], [{"levels": {"primary": True}}]],
)  # fmt: skip
def test_children_at_school_told_wrong_are_refused_or_told_as_unreadable(stage: Stage, children: Any) -> None:
    before = counts()
    with cast.as_user(stage.at.colleague):
        try:
            stage.state(children=children)
        except InputError as error:
            assert error.field == "children" and error.remedy
            assert counts() == before
    found = comes_to_now(stage)
    if counts() != before and any(children):
        assert not any(one.recurs for one in found.parts) or len(children) < 3


def comes_to_now(on: Stage) -> Any:
    with cast.everyone():
        return comes_to(Claim.objects.get(pk=on.claim.pk), today=TODAY)


# --- sent, decided ------------------------------------------------------------------------------------------------------


def test_what_is_missing_is_named_and_nothing_is_sent(db: None) -> None:
    with cast.everyone():
        at, who = offices.office(), offices.dead()
    with cast.as_user(at.colleague):
        made = intake.begin(kind=Kind.JKM, participant_id=who.pk, channel=Channel.COUNTER, today=TODAY)
        before = counts()
        with pytest.raises(InputError, match="Belum diisi: Hari meninggal, Sebab meninggal") as caught:
            intake.submit(claim_id=made.claim.pk, today=TODAY, now=NOW)
        assert (caught.value.field, caught.value.remedy) == ("died_on", "Lengkapi, lalu kirim.")
        intake.state_facts(claim_id=made.claim.pk, values={"died_on": DIED, "cause": "illness"}, today=TODAY)
        with pytest.raises(InputError, match="Pemohon belum diisi"):
            intake.submit(claim_id=made.claim.pk, today=TODAY, now=NOW)
    assert counts("claims_fact") == {k: v for k, v in before.items() if k != "claims_fact"}


def test_a_claimant_under_age_sends_nothing_alone(db: None) -> None:
    with cast.everyone():
        at, who = offices.office(), offices.dead()
    with cast.as_user(at.colleague):
        child = Someone("Rani Kecil", "child", dt.date(2014, 5, 6))
        made = intake.begin(kind=Kind.JKM, participant_id=who.pk, channel=Channel.COUNTER, claimant=child, today=TODAY)
        intake.state_facts(claim_id=made.claim.pk, values={"died_on": DIED, "cause": "illness"}, today=TODAY)
        before = counts()
        with pytest.raises(InputError, match=r"belum berumur 18 tahun\. Wali yang mengajukan"):
            intake.submit(claim_id=made.claim.pk, today=TODAY, now=NOW)
    assert counts() == before


def test_sent_twice_is_answered_alike(stage: Stage) -> None:
    with cast.as_user(stage.at.colleague):
        first = intake.submit(claim_id=stage.claim.pk, today=TODAY, now=NOW)
        before = counts()
        again = intake.submit(claim_id=stage.claim.pk, today=TODAY + dt.timedelta(days=1), now=NOW)
    assert (again.place, again.submitted_on, again.number) == (first.place, first.submitted_on, first.number)
    assert counts() == before


def test_a_draft_of_somebody_else_is_not_sent(stage: Stage) -> None:
    with cast.everyone():
        far = cast.user("jauh", "branch_officer", "region", cast.LUMAJANG)
        auditor = cast.user("auditor", "auditor", "nation")
    before = counts()
    for user in (far, auditor):
        with cast.as_user(user), pytest.raises(Refused):
            intake.submit(claim_id=stage.claim.pk, today=TODAY, now=NOW)
    assert counts() == before


def proposed(on: Stage, words: str, user: Any = None) -> InputError:
    """The refusal of a proposal to approve; nothing is decided and nothing is owed."""
    before = counts(*COMPUTED)
    with cast.as_user(user or on.at.officer), pytest.raises(InputError, match=words) as caught:
        deciding.propose(claim_id=on.claim.pk, approve=True, reason="sesuai aturan", today=TODAY)
    assert counts(*COMPUTED) == before
    with cast.everyone():
        assert Claim.objects.get(pk=on.claim.pk).state == State.SUBMITTED
        assert not Payout.objects.filter(claim_id=on.claim.pk).exists()
    return caught.value


def condition_of(on: Stage, key: str) -> Any:
    return next(one for one in comes_to_now(on).conditions if one.key == key)


def test_a_death_claim_for_somebody_living_is_taken_and_never_approved(db: None) -> None:
    with cast.everyone():
        who = offices.member()
        cast.works(who, cast.employer(), 202501)
    made = handed_in(draft(who))
    assert made.claim.state == State.SUBMITTED
    found = condition_of(made, "jkm.died")
    assert found.met == Met.UNKNOWN and "belum terbukti" in found.fact_words and "akta kematian" in found.remedy_words
    refusal = proposed(made, "Belum dapat disetujui: Peserta meninggal dunia")
    assert (refusal.field, refusal.value) == ("outcome", "unknown") and refusal.remedy
    with cast.as_user(made.at.officer), pytest.raises(InputError, match="bukan alasan menolak"):
        deciding.propose(claim_id=made.claim.pk, approve=False, reason="masih hidup", today=TODAY)


def test_two_widows_go_to_a_human_and_nobody_is_paid(db: None) -> None:
    made = draft()
    with cast.as_user(made.at.colleague):
        other = made.family(offices.heir("Ratna Sari", account_number="990000999999"))
    handed_in(made)
    found = condition_of(made, "jkm.undisputed")
    assert comes_to_now(made).outcome == Outcome.UNKNOWN and found.met == Met.UNKNOWN
    assert "2 pasangan" in found.fact_words and "penetapan pengadilan" in found.remedy_words
    assert "saling menyangkal" in str(proposed(made, "Belum dapat disetujui"))
    with cast.everyone():
        assert {one.name for one in Party.objects.filter(claim=made.claim)} == {"Dewi Lestari", other.name}


def test_two_widows_with_a_claim_each_are_told_to_the_office_and_one_death_is_paid_once(db: None) -> None:
    first = draft()
    second = draft(first.who, first.at, offices.heir("Ratna Sari", account_number="990000999999"))
    handed_in(second)
    approved(first)
    with cast.as_user(first.at.officer):
        told = signals.of_claims([first.claim, second.claim], TODAY)
    for claim, other in ((first.claim, second.claim), (second.claim, first.claim)):
        assert [one.numbers for one in told[claim.pk] if one.sign == signals.Sign.SAME_EVENT] == [[other.number]]
    assert comes_to_now(second).outcome == Outcome.NOT_ENTITLED
    proposed(second, "Belum dapat disetujui: Belum pernah dibayar")


def test_an_heir_under_age_without_a_guardian_is_told_before_anything_is_approved(db: None) -> None:
    made = draft()
    with cast.as_user(made.at.colleague):
        child = offices.heir("Rani Kecil", "child", birth_date=dt.date(2014, 5, 6), account_number="990000888888")
        made.family(child)
    handed_in(made)
    found = condition_of(made, "jkm.guardian")
    assert found.met == Met.UNKNOWN and "Sebut walinya" in found.remedy_words
    proposed(made, "diwakili wali")


def test_an_account_of_somebody_else_is_told_and_not_paid_into(db: None) -> None:
    made = draft()
    with cast.as_user(made.at.colleague):
        account("777000777000", "BCA", "Orang Lain")(made)
    with cast.everyone():
        offices.papers(made.claim)
    with cast.as_user(made.at.colleague):
        intake.submit(claim_id=made.claim.pk, today=TODAY, now=NOW)
    with cast.as_user(made.at.colleague), pytest.raises(InputError, match=r"diperiksa orang lain\. Minta rekan Anda"):
        parties.check_account(party_id=made.party().pk, verified=True, note="", today=TODAY)
    with cast.as_user(made.at.officer), pytest.raises(InputError, match="Alasannya belum ditulis"):
        parties.check_account(party_id=made.party().pk, verified=False, note="", today=TODAY)
    with cast.as_user(made.at.officer):
        parties.check_account(party_id=made.party().pk, verified=False, note="Buku atas nama Orang Lain", today=TODAY)
    with cast.everyone():
        assert made.party().account_state == "differs"
        offices.checked(made.claim, made.at)
    refusal = proposed(made, "Rekening Dewi Lestari belum diperiksa")
    assert refusal.field == "account_state" and refusal.remedy


def test_one_account_for_many_claims_is_a_signal(db: None) -> None:
    first = handed_in(draft())
    with cast.everyone():
        other = offices.dead("Agus Wijaya")
    second = handed_in(draft(other, first.at))
    with cast.as_user(first.at.officer):
        found = [one for one in signals.of_claim(second.claim, TODAY) if one.sign == signals.Sign.SHARED_ACCOUNT]
    assert [one.numbers for one in found] == [[first.claim.number]]


def test_a_death_before_registration_is_not_met_and_a_signal(db: None) -> None:
    with cast.everyone():
        who = offices.dead(died_on=dt.date(2026, 10, 5), since=dt.date(2026, 10, 20))
    made = handed_in(draft(who))
    assert condition_of(made, "jkm.registered").met == Met.NOT_MET
    proposed(made, "Belum dapat disetujui: Terdaftar sebelum hari kejadian")
    with cast.as_user(made.at.officer):
        assert signals.Sign.BEFORE_REGISTRATION in {one.sign for one in signals.of_claim(made.claim, TODAY)}


def test_an_accident_claimed_after_five_years_has_lapsed(db: None) -> None:
    with cast.everyone():
        at, who = offices.office(), offices.member(since=dt.date(2019, 1, 2))
        cast.works(who, cast.employer(), 201901)
    with cast.as_user(at.colleague):
        made = intake.begin(kind=Kind.JKK, participant_id=who.pk, channel=Channel.COUNTER, today=TODAY)
        values = {"happened_on": "2020-11-02", "kind": "accident", "story": "jatuh dari tangga"}
        intake.state_facts(claim_id=made.claim.pk, values=values, today=TODAY)
    on = handed_in(Stage(at, who, made.claim))
    found = condition_of(on, "jkk.in_time")
    assert found.met == Met.NOT_MET and "gugur setelah" in found.fact_words and "5 tahun" in found.fact_words
    proposed(on, "Belum dapat disetujui")


def test_a_death_claimed_after_five_years_shows_both_readings(db: None) -> None:
    with cast.everyone():
        who = offices.dead(died_on=dt.date(2020, 11, 2), since=dt.date(2019, 1, 2))
    made = draft(who, died_on="2020-11-02")
    found = condition_of(made, "jkm.in_time")
    assert found.met == Met.MET and found.unsettled == 43 and found.other == Met.NOT_MET


def test_a_third_childs_scholarship_is_told_to_a_human(db: None) -> None:
    parent = approved(draft())
    with cast.as_user(parent.at.colleague):
        made = intake.begin(
            kind=Kind.SCHOLARSHIP, participant_id=parent.who.pk, channel=Channel.COUNTER, parent_id=parent.claim.pk, today=TODAY,
            claimant=offices.heir(),
        )  # fmt: skip
        values = {"child_birth_date": "2015-02-03", "level": "primary", "married": False, "working": False}
        intake.state_facts(claim_id=made.claim.pk, values=values, today=TODAY)
    on = Stage(parent.at, parent.who, made.claim)
    with cast.everyone():
        offices.papers(on.claim)
    with cast.as_user(on.at.colleague):
        intake.submit(claim_id=on.claim.pk, today=TODAY, now=NOW)
    with cast.everyone():
        offices.checked(on.claim, on.at, is_child=True, at_school=True, contribution_months=60, place=3)
    found = condition_of(on, "scholarship.place")
    assert found.met == Met.NOT_MET and "Anak ke-3; paling banyak 2 anak." in found.fact_words
    assert found.unsettled == 63 and comes_to_now(on).outcome != Outcome.ENTITLED, "told with its other reading, for a human"


def test_a_scholarship_after_a_claim_about_somebody_else_is_not_begun(db: None) -> None:
    parent = draft()
    with cast.everyone():
        other = offices.dead("Agus Wijaya")
    before = counts()
    with cast.as_user(parent.at.colleague), pytest.raises(InputError, match="Beasiswa dimulai dari klaim"):
        intake.begin(
            kind=Kind.SCHOLARSHIP, participant_id=other.pk, channel=Channel.COUNTER, parent_id=parent.claim.pk, today=TODAY,
            claimant=offices.heir(),
        )  # fmt: skip
    assert counts() == before


@pytest.mark.parametrize(
    ("values", "words"),
    [({"died_on": "2027-03-01"}, "belum tiba|tidak mungkin"), ({"died_on": "1944-01-01"}, "Periksa tahunnya"),
     ({"sebab": "sakit"}, "tidak dikenal"), ({"arrears_months": "banyak"}, "bilangan bulat"), ({"disputed": 7}, "Jawab ya")],
)  # fmt: skip
def test_an_officer_finds_nothing_that_cannot_be(db: None, values: dict[str, Any], words: str) -> None:
    made = handed_in(draft())
    before = counts()
    with cast.as_user(made.at.officer), pytest.raises(InputError, match=words):
        work.find_facts(claim_id=made.claim.pk, values=values, note="menurut surat", today=TODAY)
    assert counts() == before


@pytest.mark.parametrize("day", ["1950-01-01", "2008-12-31", "2014-06-01"])
def test_a_day_of_which_no_law_is_known_is_unknown_and_can_be_mended(stage: Stage, day: str) -> None:
    with cast.as_user(stage.at.colleague):
        stage.state(died_on=day)
    assert comes_to_now(stage).outcome == Outcome.UNKNOWN
    with cast.as_user(stage.at.colleague):
        stage.state(died_on=DIED)
    assert comes_to_now(stage).outcome == Outcome.ENTITLED


def test_nobody_decides_twice_withdraws_late_or_objects_to_nothing(db: None) -> None:
    made = handed_in(draft())
    with cast.as_user(made.at.officer):
        deciding.propose(claim_id=made.claim.pk, approve=True, reason="sesuai aturan", today=TODAY)
    before = counts()
    with cast.as_user(made.at.officer), pytest.raises((Refused, InputError)):
        deciding.decide(claim_id=made.claim.pk, agrees=True, today=TODAY)
    with cast.as_user(made.at.supervisor), pytest.raises(InputError, match="sekurang-kurangnya satu kalimat"):
        deciding.decide(claim_id=made.claim.pk, agrees=False, reason=" ", today=TODAY)
    with cast.as_user(made.at.colleague), pytest.raises(InputError, match=r"tidak lagi di tahap itu\. Muat ulang"):
        objecting.object_to(claim_id=made.claim.pk, grounds="terlalu lama", today=TODAY)
    assert counts() == before
    with cast.as_user(made.at.supervisor):
        deciding.decide(claim_id=made.claim.pk, agrees=True, reason="setuju\x00", today=TODAY)
    before = counts()
    with cast.as_user(made.at.supervisor), pytest.raises(InputError, match="tidak lagi di tahap itu"):
        deciding.decide(claim_id=made.claim.pk, agrees=True, today=TODAY)
    with cast.as_user(made.at.colleague), pytest.raises(InputError, match="tidak lagi di tahap itu"):
        intake.withdraw(claim_id=made.claim.pk, because="tidak jadi", today=TODAY)
    for grounds in ("", " \n ", "\x00\x00\x00", "x", MEGABYTE):
        with (
            cast.as_user(made.at.colleague),
            pytest.raises(InputError, match=r"belum ditulis|terlalu panjang") as caught,
        ):
            objecting.object_to(claim_id=made.claim.pk, grounds=grounds, today=TODAY)
        assert caught.value.field == "grounds" and caught.value.remedy
    with cast.as_user(made.at.colleague), pytest.raises(InputError, match="Pilihan: objection, inspector"):
        objecting.object_to(claim_id=made.claim.pk, grounds="salah hitung", level="presiden", today=TODAY)
    assert counts() == before
    with cast.as_user(made.at.colleague):
        objecting.object_to(claim_id=made.claim.pk, grounds="salah hitung", today=TODAY)
        before = counts()
        with pytest.raises(InputError, match=r"sudah kami terima\. Tunggu keputusannya"):
            objecting.object_to(claim_id=made.claim.pk, grounds="salah hitung", today=TODAY)
    assert counts() == before


# --- the bank, months, proofs -------------------------------------------------------------------------------------------


def bank_says(on: Stage, content: bytes) -> Any:
    with cast.as_user(on.at.head):
        return answers.take(content=content, file_name="jawaban\x00.xml", today=TODAY)


def test_a_bank_answer_that_does_not_fit_pays_nobody_and_says_why(db: None) -> None:
    made = approved(draft())
    with cast.everyone():
        funds()
        batch = sent(made.at)
    before = counts()
    broken = b"<?xml version='1.0'?><Document><BkToCstmrDbtCdtNtfctn>"
    for content in (b"", b"\x89PNG\r\n", b"<html>masuk dahulu</html>", broken, b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'):
        with pytest.raises(FileUnreadable) as caught:
            bank_says(made, content)
        assert caught.value.remedy
    with cast.as_user(made.at.officer), pytest.raises(Refused):
        answers.take(content=broken, file_name="a.xml", today=TODAY)
    assert counts() == before
    whole = told(batch, (1, SETTLED, ""), (2, SETTLED, ""))
    other = [
        type(one)(name, one.status, one.reason_code, one.reason, one.reference, one.booked_on, rupiah)
        for one, name, rupiah in zip(
            whole.outcomes, (paying.end_to_end(987_654, 1), whole.outcomes[1].end_to_end_id), (20_000_000, 1), strict=True
        )
    ]
    with cast.everyone():
        content = write_camt054(type(whole)("camt.054", "A-9", batch.message_id, "", tuple(other)), batch.debtor_account, TODAY)
    kept = bank_says(made, content)
    assert [one["what"] for one in kept.problems] == [answers.UNKNOWN, answers.AMOUNT] and kept.counts == {}
    assert kept.problems[1]["told"] == 1 and kept.problems[1]["sent"] != 1
    with cast.everyone():
        assert {row.state for row in Payout.objects.filter(claim_id=made.claim.pk)} == {PayoutState.SENT}
        assert set(Transfer.objects.values_list("outcome", flat=True)) == {None}
    assert counts("claims_answer") == {name: count for name, count in before.items() if name != "claims_answer"}


def test_a_month_is_not_rolled_twice_and_a_proof_fits_its_right(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = retired(at)
        rolled(at, 202612)
        right = Benefit.objects.get(claim=claim)
    before = counts()
    for month, kind, words in (
        (202612, "pension", "Bulan 2026-12 sudah dibayarkan"), (202611, "pension", "Tidak ada yang harus dibayar. Pilih bulan"),
        (202613, "pension", "antara 2009-01 dan 2100-12"), (0, "pension", "tidak dikenal"), (202701, "arisan", "tidak dikenal"),
    ):  # fmt: skip
        with cast.as_user(at.head), pytest.raises(InputError, match=words) as caught:
            rolls.prepare(kind=kind, month=month, pay_on=TODAY, now=NOW)
        assert caught.value.remedy
    for month, words in ((202611, "di luar hak ini. Pilih bulan"), (202706, "di luar hak"), (202613, "antara 2009-01")):
        with cast.as_user(at.officer), pytest.raises(InputError, match=words) as caught:
            rights.give_proof(benefit_id=right.pk, month=month, data={}, today=TODAY)
        assert caught.value.field == "month"
    with cast.as_user(at.officer), pytest.raises(Refused):
        rights.give_proof(benefit_id=987_654_321, month=202612, data={}, today=TODAY)
    assert counts() == before


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("unfit", {"days": 40}, "Satu bulan paling banyak 31 hari. Tulis hari menurut surat dokter."),
        ("unfit", {"days": "banyak"}, "paling banyak 31 hari"),
        ("unfit", {}, "paling banyak 31 hari"),
        ("unfit", {"days": -3}, "paling banyak 31 hari"),
        ("activity", {"applications": "lima"}, "Tulis bilangan bulat dari nol"),
        ("activity", {"attendance_ppm": 10**9}, "Tulis bilangan bulat dari nol"),
        ("school", {"level": "pesantren kilat"}, "Jenjang sekolah"),
    ],
)
def test_a_proof_that_says_what_cannot_be_is_refused(kind: str, data: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        rights._data(kind, data)
    assert caught.value.remedy


# --- through the pages --------------------------------------------------------------------------------------------------


@pytest.fixture
def widow(db: None) -> Iterator[families.Filer]:
    """A widow's draft in a browser without an account."""
    cache.clear()
    filer = families.Filer()
    filer.begin("jkm", families.dead())
    filer.widow()
    yield filer
    cache.clear()


def files(*pairs: tuple[str, bytes]) -> dict[str, Any]:
    return {"berkas": [SimpleUploadedFile(name, content) for name, content in pairs]}


CHILD = {"name": "Rani Zalvinda", "kin": "child", "phone": "081234567890"}
BORN = dt.date(families.TODAY.year - 10, 5, 6)
GUARDIAN = {"guardian_name": "Adi Zalvinda", "guardian_phone": "081234567891"}
PERSON = {"kin": "child"} | families.day("birth_date", dt.date(2001, 2, 3))
DEATH = {"cause": "illness"}
PAPER = "berkas/death_certificate/"
PAGES: dict[str, tuple[str, dict[str, Any], str, int]] = {
    "a death to come": (
        "isian/kematian/", DEATH | families.day("died_on", families.TODAY + dt.timedelta(days=2)), "belum tiba", 200
    ),
    "31 February": (
        "isian/kematian/", DEATH | {"died_on-d": "31", "died_on-m": "2", "died_on-y": "2026"}, "Hari meninggal", 200
    ),
    "before the Republic": ("isian/kematian/", DEATH | families.day("died_on", dt.date(1944, 1, 1)), "Periksa tahunnya", 200),
    "a cause that is not": ("isian/kematian/", families.day("died_on", families.DIED) | {"cause": "kutukan"}, "Sebab", 200),
    "a child alone": ("pemohon/?ubah=1", CHILD | families.day("birth_date", BORN), "Nama wali", 200),
    "a child for a child": (
        "pemohon/?ubah=1",
        CHILD | families.day("birth_date", BORN) | GUARDIAN | families.day("guardian_birth_date", dt.date(2012, 1, 2)),
        "Wali belum berumur 18 tahun. Sebut wali yang sudah dewasa.", 200,
    ),
    "a birth to come": (
        "penerima/tambah/",
        {"name": "Rani", "kin": "child"} | families.day("birth_date", families.TODAY + dt.timedelta(days=9)), "Tanggal lahir",
        200,
    ),
    "kin that is not": ("penerima/tambah/", PERSON | {"name": "Rani", "kin": "tetangga"}, "Siapanya peserta", 200),
    "a name of NUL": ("penerima/tambah/", PERSON | {"name": "\x00\x00"}, "Nama", 200),
    "a name of a megabyte": ("penerima/tambah/", PERSON | {"name": MEGABYTE}, "120", 200),
    "a telephone without digits": (
        "pemohon/?ubah=1",
        {"name": "Dewi", "kin": "spouse", "phone": "ada di rumah"} | families.day("birth_date", dt.date(1985, 3, 4)),
        "Tulis seperti 0812", 200,
    ),
    "a school year of letters": (
        "anak/tambah/",
        {"name": "Adi", "level": "primary", "years": "lama"} | families.day("birth_date", BORN), "Berapa tahun lagi", 200,
    ),
    "no file": (PAPER, {}, "Pilih foto atau berkasnya dahulu.", 422),
    "an empty file": (PAPER, files(("kosong.jpg", b"")), "kosong.jpg: Berkas kosong (0 byte).", 422),
    "a program as a photo": (PAPER, files(("akta.jpg", b"MZ" + b"\0" * 600)), "program Windows", 422),
    "a page as a photo": (PAPER, files(("akta.jpg", b"<html><script>x</script>")), "halaman web", 422),
    "a PDF with a script": (PAPER, files(("akta.pdf", offices.scripted_pdf())), "skrip (JavaScript)", 422),
    "a photo cut short": (PAPER, files(("akta.jpg", offices.photo()[:3000])), "rusak atau terpotong", 422),
    "a picture that explodes": (PAPER, files(("akta.png", bomb())), "paling banyak 60 juta titik", 422),
}  # fmt: skip


@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_tells_what_is_wrong_and_keeps_nothing_of_it(widow: families.Filer, name: str) -> None:
    page, typed, words, status = PAGES[name]
    before = counts()
    assert words in families.text_of(widow.post(page, typed), status)
    assert counts() == before
    with cast.everyone():
        assert Party.objects.get(claim__number=widow.number, claimant=True, left_on=None).name == families.HEIR


def test_an_account_with_letters_is_told_at_its_field(widow: families.Filer) -> None:
    party = widow.get("rekening/")["Location"].rstrip("/").split("/")[-1]
    typed = {"account_bank": "BRI", "account_number": "99OO-A123", "account_name": "Dewi"}
    assert "Nomor rekening terdiri dari 5 sampai 25 angka" in families.text_of(widow.post(f"rekening/{party}/", typed))
    assert "Bank" in families.text_of(widow.post(f"rekening/{party}/", typed | {"account_bank": "BANK BULAN"}))
    with cast.everyone():
        assert Party.objects.get(pk=party).account_state == ""


def test_two_hundred_megabytes_are_refused_before_they_are_read(widow: families.Filer) -> None:
    assert too_large(200 << 20) is not None
    url, kind = f"/klaim/{widow.number}/{PAPER}", "multipart/form-data; boundary=x"
    answer = widow.client.generic("POST", url, b"x", content_type=kind, CONTENT_LENGTH=str(200 << 20))
    assert "lebih besar dari" in families.text_of(answer, 413)


def test_too_many_files_at_once_keep_the_first_and_name_the_rest(widow: families.Filer) -> None:
    many = files(*((f"{at}.jpg", offices.photo((at * 20, 90, 90), (400, 300))) for at in range(6)))
    assert "Paling banyak 4 berkas sekali kirim" in families.text_of(widow.post(PAPER, many), 422)
    with cast.everyone():
        assert Document.objects.filter(claim__number=widow.number).count() == 4


@pytest.mark.parametrize("year", [1950, 2006, 2014])
def test_a_mistyped_year_of_death_leaves_every_page_open_to_mend_it(widow: families.Filer, year: int) -> None:
    wrong = DEATH | families.day("died_on", dt.date(year, 10, 5))
    assert widow.post("isian/kematian/", wrong).status_code == 302
    for page in ("", "isian/kematian/", "berkas/", "perkiraan/", "periksa/", "penerima/", "anak/"):
        assert widow.get(page).status_code in (200, 302), page
    assert widow.post("isian/kematian/", DEATH | families.day("died_on", families.DIED)).status_code == 302
    assert "Rp" in families.text_of(widow.get("perkiraan/"))


def test_a_mistyped_year_that_was_sent_is_still_served(widow: families.Filer) -> None:
    with cast.everyone():
        at = offices.office()
    widow.post("isian/kematian/", DEATH | families.day("died_on", dt.date(2006, 10, 5)))
    assert widow.post("periksa/").status_code == 302
    claim = families.claim_of(widow.number)
    assert claim.state in (State.SUBMITTED, State.WAITING)
    assert widow.get().status_code == 200
    officer = cast.signed_in(Client(), at.officer)
    assert officer.get(f"/kantor/klaim/{widow.number}/").status_code == 200
    assert officer.get(f"/kantor/klaim/{widow.number}/usulkan/").status_code == 200


def test_nothing_is_sent_while_answers_are_missing(db: None) -> None:
    cache.clear()
    filer = families.Filer()
    filer.begin("jkm", families.dead())
    before = counts()
    assert "Masih ada yang belum diisi" in families.text_of(filer.post("periksa/"))
    assert counts() == before


@pytest.mark.parametrize("text", ["", "x", "\x00\x00\x00", MEGABYTE])
def test_words_to_the_office_that_say_nothing_or_too_much_are_refused(widow: families.Filer, text: str) -> None:
    widow.post("periksa/")
    before = counts()
    for page, field in (("pesan/", "text"), ("tarik/", "because")):
        answer = widow.post(page, {field: text})
        assert "Ada yang perlu diperbaiki" in families.text_of(answer), page
    assert counts() == before


def test_a_wrong_birth_date_and_a_wrong_number_are_tracked_alike(widow: families.Filer) -> None:
    from jamsostek.core.numbers import make

    widow.post("periksa/")
    claim = families.claim_of(widow.number)
    with cast.everyone():
        born = claim.participant.birth_date
    other = make("claim", lambda count: b"\x17" * count)
    told = []
    for number, day in ((claim.number, born + dt.timedelta(days=1)), (other, born)):
        with pytest.raises(InputError) as caught:
            tracking.by_number(number=number, birth_date=day)
        told.append(str(caught.value))
        answer = Client().post("/klaim/lacak/", {"number": number, **families.day("birth_date", day)})
        assert "tidak cocok" in families.text_of(answer)
    assert told[0] == told[1]
    check = families.text_of(Client().post("/klaim/lacak/", {"number": "123", **families.day("birth_date", born)}))
    assert "12" in check


def test_a_code_of_nobody_is_told_and_guessing_ends(widow: families.Filer, one_window: None) -> None:
    cache.clear()
    client = Client(REMOTE_ADDR="10.7.7.7")
    for code in ("AAAAA-AAAAA", "' OR 1=1 --", "\ud7ff" * 20, "0"):
        assert "Tidak ada klaim dengan kode ini" in families.text_of(client.post("/klaim/lanjut/", {"code": code}))
    for place in range(limits.CODE.wrong):
        last = client.post("/klaim/lanjut/", {"code": f"BBBBB-{place:05d}"})
    assert last.status_code == 429
    other = families.Filer(client)
    other.number = widow.number
    assert other.get()["Location"] == "/klaim/lanjut/"


def test_a_kind_or_a_claim_that_is_not_there_is_not_found(widow: families.Filer) -> None:
    assert Client().get("/klaim/mulai/lotre/").status_code == 404
    assert widow.post("berkas/paspor/", {}).status_code == 404
    assert widow.get("isian/rahasia/").status_code == 404
    assert Client().get("/klaim/000000000000/").status_code in (302, 404)


def test_a_bank_answer_that_is_none_is_told_on_its_page(db: None) -> None:
    with cast.everyone():
        at = offices.office()
    treasurer = cast.signed_in(Client(), at.head)
    before = counts()
    for content in (b"<Document>", b"\x89PNG\r\n", b"<?xml version='1.0'?><html/>"):
        answer = treasurer.post("/kantor/pembayaran/jawaban/", {"file": SimpleUploadedFile("jawaban.xml", content)})
        assert "jawaban bank" in families.text_of(answer) and "Ada yang perlu diperbaiki" in families.text_of(answer)
    assert counts() == before
