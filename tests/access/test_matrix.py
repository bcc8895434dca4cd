"""Every address of the project, asked by every role: doors hold, nothing fails, and no answer holds a word of others.

New addresses are found by themselves. One with an argument that stands in no table below fails, and says what to add.
"""

from __future__ import annotations

import io
import itertools
import json
import logging
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from jamsostek.access.doors import door_of
from jamsostek.access.roles import FIRST_FACTOR, PUBLIC, SIGNED_IN, Role
from jamsostek.api.references import reference
from jamsostek.ledger.queries import number_of as payment_number
from tests import cast
from tests.access.worlds import COMMON, HERE, ROLE_NAMES, THERE, VILLAGE_HERE, VILLAGE_THERE, World, build

# --- arguments of addresses ------------------------------------------------------------------------------------------


Provider = Callable[[World, str, bool], Any]


def _person(world: World, role: str, mine: bool) -> Any:
    """A person in a role's sight, or out of it."""
    seen = world.in_sight(role)
    wanted = sorted(seen) if mine else [name for name in world.people if name not in seen]
    return world.people[wanted[0] if wanted else "employed_b"]


def _side(name: str) -> Callable[[World, str, bool], Any]:
    """Something made for each side."""
    return lambda world, _role, mine: world.made[f"{name}_{'a' if mine else 'b'}"]


def _referred(name: str, kind: str = "") -> Callable[[World, str, bool], Any]:
    """The same, by the reference that the API gives it."""
    return lambda world, _role, mine: reference(kind or name, world.made[f"{name}_{'a' if mine else 'b'}"])


def _grant(role: str) -> Provider:
    return lambda world, _role, mine: world.users[role if mine else f"{role}_b"].grants.get().pk


def _upload(world: World, role: str, mine: bool) -> int:
    """A file of the payer a role works for."""
    return world.made[f"{'sponsor' if role.startswith('sponsor') else 'employer'}_upload_{'a' if mine else 'b'}"]


def _payment(world: World, role: str, mine: bool) -> str:
    """A payment of the payer a role works for, or of oneself."""
    return _bill(world, role, mine, "payment")


def _payment_referred(world: World, role: str, mine: bool) -> str:
    """The same, by the reference that the API gives it."""
    return reference("payment", payment_number(_payment(world, role, mine)) or 0)


def _bill(world: World, role: str, mine: bool, what: str = "bill") -> str:
    """A bill of the payer a role works for, or of oneself."""
    kind = {"worker": "person", "heir": "heir", "agent": "agent"}.get(
        role, "sponsor" if role.startswith("sponsor") else "employer"
    )
    return str(world.made[f"{kind}_{what}_{'a' if mine else 'b'}"])


def _filed(what: str = "") -> Provider:
    """Something of a claim that a role began, or of one that others did; who files nothing has the worker's for their own."""

    def of(world: World, role: str, mine: bool) -> Any:
        whose = f"{role}_a" if f"filed_{role}_a" in world.made else "worker_a"
        return world.made[f"filed_{what}{whose if mine else 'others_b'}"]

    return of


def _filed_referred(what: str) -> Provider:
    """The same, by the reference that the API gives it."""
    found = _filed(f"{what}_")
    return lambda world, role, mine: reference(what, found(world, role, mine))


def _award(what: str) -> Provider:
    """An entry of the award, or its evidence, of the firm, village or region a role competes for."""

    def of(world: World, role: str, mine: bool) -> str:
        subject = "employer" if role.startswith("employer") else "village" if role.startswith("village") else "regency"
        return str(world.made[f"award_{what}{subject}_{'a' if mine else 'b'}"])

    return of


ARGUMENTS: dict[str, Provider] = {
    "kpj": lambda world, role, mine: _person(world, role, mine).kpj,
    "participant_id": lambda world, role, mine: _person(world, role, mine).pk,
    "npp": lambda world, _role, mine: world.employers["a" if mine else "b"].npp,
    "employment_id": _side("employment"),
    "cover_id": _side("cover"),
    "relative_id": _side("relative"),
    "upload_id": _upload,
    "token_id": lambda world, role, mine: world.made[f"token_of_{role}" if mine else "token_b"],
    "serial": _side("card"),
    "merge_id": _side("merge"),
    "question_id": lambda world, _role, _mine: world.made["question"],
    "grant_id": _grant("employer_clerk"),
    "user_id": lambda world, _role, mine: world.users["employer_clerk" if mine else "employer_clerk_b"].pk,
    "pk": lambda _world, _role, mine: 1 if mine else 2,
    "month": lambda _world, _role, _mine: "2026-11",
    "agreement_id": _side("agreement"),
    "case_id": _side("case"),
    "step_id": _side("step"),
    "finding_id": _side("finding"),
    "match_id": _side("match"),
    "refund_id": _side("refund"),
    "receipt_id": _side("receipt"),
    "statement_id": _side("statement"),
    "report_id": _side("report"),
    "change_id": _side("report_change"),
    "file_id": _side("report_file"),
    "version": lambda _world, _role, _mine: 1,
    "placement_id": _side("placement"),
    "run_id": _side("run"),
    "rate_id": _side("rate"),
    "floor_id": _side("floor"),
    "proposal_id": _side("proposal"),
    "reassessment_id": _side("reassessment"),
    "batch_id": _side("batch"),
    "answer_id": _side("answer"),
    "roll_id": _side("roll"),
    "benefit_id": _side("right"),
    "proof_id": _side("proof"),
    "paper_id": _side("proof_paper"),
    "overpaid_id": _side("overpaid"),
    "region": lambda _world, _role, mine: HERE if mine else THERE,
    "trainee_id": _side("trainee"),
    "session": lambda _world, _role, _mine: 1,
    "outcome_month": lambda _world, _role, _mine: 3,
    "amount": _side("amount"),
    "attendee_id": _side("attendee"),
    "consent_id": _side("consent"),
    "template_id": _side("template"),
    "mailing_id": _side("mailing"),
    "rule_id": _side("rule"),
    "candidate_id": _side("candidate"),
    "intake_id": _side("intake"),
    "decree_code": _side("decree"),
    "breach_id": _side("breach"),
    "board_limit_id": _side("board_limit"),
    "village": lambda _world, _role, mine: VILLAGE_HERE if mine else VILLAGE_THERE,
    "entry": _award(""),
    "evidence": _award("evidence_"),
    "juror": _side("juror"),
    "interview": _side("interview"),
    "edition": lambda _world, _role, mine: "peragaan-2026" if mine else "lain-2026",
}
"""What stands for an argument, by its name: for somebody of side A something of their own, or something of others."""
BY_PLACE: tuple[tuple[str, str, Provider], ...] = (
    (r"^cakupan/", "region", lambda _world, _role, mine: HERE // 100 if mine else 31),
    (r"^cakupan/", "regency", lambda _world, _role, mine: HERE if mine else THERE),
    (r"^cakupan/", "province", lambda _world, _role, mine: HERE // 100 if mine else 31),
    (r"^cakupan/sejarah/", "series", lambda _world, _role, mine: "peserta" if mine else "dana"),
    (r"^cakupan/data/", "name", lambda _world, _role, mine: "terbitan" if mine else "sumber"),
    (r"^cakupan/", "name", lambda _world, _role, mine: "peserta" if mine else "mandiri"),
    (r"^gerakan/daftar/|/registers/", "number", _side("register")),
    (r"^gerakan/padanan/", "run_id", _side("link_run")),
    (r"^gerakan/padanan/", "person_id", _side("register_person")),
    (r"/links/", "id", _referred("link_run", "link-run")),
    (r"/links/", "person", _referred("register_person", "register-person")),
    (r"/claims/", "number", _filed()),
    (r"^sosialisasi/agen/", "code", _side("code")),
    (r"^sosialisasi/pertemuan/|/meetings/", "number", _side("meeting")),
    (r"^sosialisasi/|/campaigns/", "number", _side("campaign")),
    (r"/claims/.*parties/", "id", _filed_referred("party")),
    (r"/claims/.*documents/", "id", _filed_referred("document")),
    (r"/claims/.*objections/", "id", _referred("desk_objection", "objection")),
    (r"/payout-batches/", "id", _referred("batch")),
    (r"/bank-answers/", "id", _referred("answer")),
    (r"/rolls/", "id", _referred("roll")),
    (r"/rights/", "id", _referred("right")),
    (r"/proofs/", "id", _referred("proof")),
    (r"/proofs/", "paper_id", _referred("proof_paper")),
    (r"/overpayments/", "id", _referred("overpaid")),
    (r"^kantor/klaim/", "number", _side("desk_claim")),
    (r"^kantor/klaim/", "party_id", _side("desk_party")),
    (r"^kantor/klaim/", "document_id", _side("desk_document")),
    (r"^kantor/klaim/", "objection_id", _side("desk_objection")),
    (r"^kantor/klaim/", "point", lambda _world, _role, _mine: 44),
    (r"^kantor/klaim/", "sheet", lambda _world, _role, _mine: 1),
    (r"^hak/", "number", _filed()),
    (r"^(pelatihan/)?klaim/", "number", _filed()),
    (r"pelatihan/|/trainings/", "number", _side("training")),
    (r"/trainees/", "id", _referred("trainee")),
    (r"/award/seats/", "seat", _side("juror")),
    (r"^paritrana/(juri|panitia)/", "category", lambda _world, _role, mine: "regency_coverage" if mine else "village"),
    (r"^paritrana/(juri|panitia)/", "area", lambda _world, _role, mine: HERE // 100 if mine else 33),
    (r"^paritrana/panitia/", "level", lambda _world, _role, mine: "province" if mine else "nation"),
    (r"/bahas/", "criterion", lambda _world, _role, mine: "innovation" if mine else "understanding"),
    (r"/award/editions/.*differences/|/versi/", "older", lambda _world, _role, _mine: 1),
    (r"/award/editions/.*differences/|/versi/", "newer", lambda _world, _role, _mine: 1),
    (r"/snapshot-runs/", "id", lambda _world, _role, mine: reference("award_snapshot_run", 1 if mine else 2)),
    (r"/versi/", "number", lambda _world, _role, _mine: 1),
    (r"^paritrana/arsip/", "year", lambda _world, _role, mine: 2017 if mine else 2016),
    (r"^paritrana/[^/]+/lomba/", "category", lambda _world, _role, mine: "regency_coverage" if mine else "province"),
    (r"^paritrana/[^/]+/lomba/", "level", lambda _world, _role, mine: "province" if mine else "nation"),
    (r"^paritrana/[^/]+/lomba/", "area", lambda _world, _role, mine: 35 if mine else 2),
    (r"award_kind:kind", "kind", lambda _world, _role, mine: "kabupaten" if mine else "provinsi"),
    (r"^paritrana/", "certificate_code", lambda _world, _role, mine: "ABCDEFGHJKLM" if mine else "ABCDEFGHJKLN"),
    (r"^paritrana/", "result_code", lambda _world, _role, mine: "abcdefghjk" if mine else "abcdefghjm"),
    (r"/award/", "result", lambda _world, _role, mine: "abcdefghjk" if mine else "abcdefghjm"),
    (r"/award/", "certificate", lambda _world, _role, mine: "ABCDEFGHJKLM" if mine else "ABCDEFGHJKLN"),
    (r"^paritrana/", "number", lambda _world, _role, mine: 1 if mine else 2),
    (r"/award/entries/", "code", _award("")),
    (r"^paritrana/panitia/edisi/", "number", lambda _world, _role, mine: 1 if mine else 2),
    (r"/award/editions/.*/snapshot", "number", lambda _world, _role, mine: 1 if mine else 2),
    (r"/potret/|/snapshots/", "subject", lambda _world, _role, mine: "regency" if mine else "province"),
    (r"/award/(evidence|receipts)/", "code", _award("evidence_")),
    (r"/award/editions/", "level", lambda _world, _role, mine: "province" if mine else "nation"),
    (r"^peraturan/|^strategi/peraturan/", "number", _side("regulation")),
    (r"/regulations/", "code", _side("regulation")),
    (r"^strategi/sasaran/", "number", _side("goal")),
    (r"/goals/", "code", _side("goal")),
    (r"^strategi/", "year", lambda _world, _role, mine: 2026 if mine else 2025),
    (r"^strategi/butir/", "item_id", _side("plan_item")),
    (r"^strategi/laporan/", "report_id", _side("half_report")),
    (r"/half-reports/", "id", _referred("half_report")),
    (r"^program/|/programmes/", "number", _side("programme")),
    (r"/priority-rules/", "id", _referred("rule", "priority_rule")),
    (r"/candidates/", "id", _referred("candidate")),
    (r"/decrees/", "code", _side("decree")),
    (r"^klaim/", "party_id", _filed("party_")),
    (r"^klaim/", "document_id", _filed("document_")),
    (r"saldo/bulan/", "number", lambda _world, _role, mine: "2020-01" if mine else "2020-02"),
    (r"saldo/", "number", lambda _world, _role, mine: 2020 if mine else 2019),
    (r"^dana/transaksi/", "trade_id", _side("trade")),
    (r"/funds/trades/", "trade_id", _referred("trade")),
    (r"^dana/transaksi/", "fund", lambda _world, _role, mine: "jht" if mine else "jkk"),
    (r"^dana/efek/", "instrument_id", _side("share")),
    (r"^dana/", "instrument_id", _side("instrument")),
    (r"^dana/transaksi/", "kind", lambda _world, _role, mine: "coupon" if mine else "maturity"),
    (r"^dana/transaksi/", "due_on", lambda _world, _role, mine: "2026-11-15" if mine else "2026-11-16"),
    (r"^dana/transaksi/|/funds/", "month", lambda _world, _role, mine: "2026-01" if mine else "2026-02"),
    (r"/funds/events/", "event_id", _referred("fund_event")),
    (r"^dana/proyeksi/|/funds/projections/", "id", _side("projection")),
    (r"^dana/proyeksi/", "programme", lambda _world, _role, mine: "jp" if mine else "jht"),
    (r"/funds/projections/", "number", _side("projection")),
    (r"/funds/projections/", "other", _side("projection")),
    (r"^dana/likuiditas/", "stress_id", _side("stress_run")),
    (r"/funds/stress-runs/", "id", _referred("stress_run")),
    (r"^dana/laporan/", "fund_report_id", _side("fund_report")),
    (r"/funds/reports/", "id", _referred("fund_report")),
    (r"^dana/laporan-tahunan/", "report_year", lambda _world, _role, mine: 2026 if mine else 2019),
    (r"/funds/annual-reports/", "year", lambda _world, _role, mine: 2026 if mine else 2019),
    (r"^dana/likuiditas/", "fund", lambda _world, _role, mine: "jht" if mine else "jkk"),
    (r"^dana/batas/|/funds/", "fund", lambda _world, _role, mine: "jht" if mine else "jkk"),
    (r"^dana/batas/", "rule", lambda _world, _role, mine: "equity.issuer" if mine else "party"),
    (r"^dana/efek/", "issuer_id", _side("issuer")),
    (r"^dana/efek/", "file_id", _side("price_file")),
    (r"^dana/efek/", "custody_id", _side("custody")),
    (r"^dana/efek/", "explanation_id", _side("custody_explanation")),
    (r"/funds/(issuers|instruments)/", "code", _side("share_code")),
    (r"/funds/price-files/", "id", _referred("price_file")),
    (r"/funds/custody-statements/", "id", _referred("custody")),
    (r"/funds/custody-explanations/", "id", _referred("custody_explanation")),
    (r"/funds/limit-breaches/", "id", _referred("breach", "fund_breach")),
    (r"/funds/board-limits/", "id", _referred("board_limit", "fund_boardlimit")),
    (r"^pengkreditan/", "month", lambda _world, _role, mine: 202001 if mine else 202002),
    (r"kenaikan/|/pension-growth/", "year", lambda _world, _role, mine: 2020 if mine else 2019),
    (r"^kantor/pembayaran/pajak/", "month", lambda _world, _role, mine: "2020-01" if mine else "2020-02"),
    (r"/jht/years/", "year", lambda _world, _role, mine: 2020 if mine else 2019),
    (r"sponsor/pengguna/", "grant_id", _grant("sponsor_clerk")),
    (r"peserta/pekerjaan/", "employment_id", _side("own_employment")),
    (r"tiket/", "number", _side("ticket")),
    (r"sponsors?/|pembayar/", "number", lambda world, _role, mine: world.sponsors["a" if mine else "b"].number),
    (r"cards/", "number", _side("card")),
    (r"^buku/|ledger/groups/", "number", lambda _world, _role, mine: "00000000-00000001" if mine else "00000000-00000002"),
    (r"^buku/|/ledger/", "code", lambda _world, _role, mine: "cash:jkk" if mine else "cash:jkm"),
    (r"^buku/", "month", lambda _world, _role, mine: "2026-10" if mine else "2026-09"),
    (r"desa/", "code", lambda _world, _role, mine: VILLAGE_HERE if mine else VILLAGE_THERE),
    (r"regions/|wilayah/", "code", lambda _world, _role, mine: HERE if mine else THERE),
    (r"uploads/", "id", _upload),
    (r"jht/rates/", "id", _referred("rate")),
    (r"/jht/floors/", "id", _referred("floor")),
    (r"/jht/proposals/", "id", _referred("proposal", "jht_proposal")),
    (r"reports/", "id", _side("report")),
    (r"reports/", "change_id", _side("report_change")),
    (r"relatives/", "id", _side("relative")),
    (r"^tagihan/proyek/", "number", _side("project")),
    (r"^uang/tagihan/", "code", _bill),
    (r"^uang/", "name", _payment),
    (r"^tagihan/|/bills/", "code", _bill),
    (r"^tagihan/|^bulan/", "month", lambda _world, _role, mine: 202610 if mine else 202609),
    (r"month-runs/", "id", _referred("run")),
    (r"reassessments/", "id", _referred("reassessment")),
    (r"/payments/", "id", _payment_referred),
    (r"payment-matches/", "id", _referred("match")),
    (r"/refunds/", "id", _referred("refund")),
    (r"/receipts/", "id", _referred("receipt")),
    (r"bank-statements/", "id", _referred("statement")),
    (r"agreements/", "id", _referred("agreement")),
    (r"/cases/", "step_id", _referred("step")),
    (r"/cases/", "id", _referred("case")),
    (r"findings/", "id", _referred("finding")),
    (r"ledger/periods/", "month", lambda _world, _role, mine: "2020-01" if mine else "2020-02"),
)
"""As `ARGUMENTS`, where the same name means different things: a part of the address, the argument, what stands for it."""
OWNERS = {"employment_id": "employed", "cover_id": "sponsored", "relative_id": "self", "serial": "employed"}
"""Whose a thing is, for addresses that name both the person and the thing."""
WORDS: dict[str, tuple[str, ...]] = {
    "kantor/klaim/<klaim:number>/fakta/": ("died_on", "children"),
    "klaim/<filed:number>/isian/": ("kejadian", "kematian"),
    "klaim/<filed:number>/berkas/": ("death_certificate", "doctors_letter"),
    "klaim/": ("jkk", "jkm", "jht"),
    "ikut/<slug:entry>/bukti/": ("innovation", "regulation"),
    "hitung/": ("jkm",),
    "sosialisasi/teks/usul/": ("meeting", "id"),
    "materi/": ("penyandang-disabilitas",),
    "bulan/grafik/": ("aktif",),
    "cakupan/kebijakan/": ("jp-empat-persen",),
    "kantor/pembayaran/rekening/": ("jp",),
    "uang/rekening-koran/": ("unknown",),
    "uang/kwitansi/": ("salah",),
    "daftar/": ("nama", "nik"),
    "peserta/andai/": ("death", "pension"),
    "peserta/data/": ("alamat", "telepon", "rekening"),
    "peserta/minta/": ("data", "upah", "hapus"),
    "gerakan/daftar/<int:number>/masalah/": ("nik_empty",),
    "/masalah/": ("wage",),
    "/jawaban/": ("known",),
    "/laporan/": ("not_here",),
    "templat/": ("employer",),
    "calculations/": ("contribution.pu",),
}
"""Arguments that are words of ours and nobody's: a part of the address, and some of the words."""
STRANGE = "tidak-ada"
"""Besides these words each is asked with one that is none."""

# --- addresses -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Address:
    """A URL pattern with its door."""

    route: str
    view: Any
    arguments: tuple[str, ...]
    api: bool

    @property
    def door(self) -> frozenset[str] | None:
        return door_of(self.view)

    def url(self, values: dict[str, Any]) -> str:
        """The address with its arguments in place."""
        told = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda found: str(values[found[1]]), self.route)
        told = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), told)
        return "/" + told.replace("^", "").replace("$", "").replace("\\", "")


def addresses() -> list[Address]:
    """All addresses of the project."""

    def walk(patterns: Sequence[Any], above: str) -> Iterator[Address]:
        for one in patterns:
            route = above + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, route)
            elif isinstance(one, URLPattern):
                names = (
                    list(one.pattern.converters) if isinstance(one.pattern, RoutePattern) else re.findall(r"\?P<(\w+)>", route)
                )
                yield Address(route, one.callback, tuple(names), route.startswith("api/"))

    return list(walk(get_resolver().url_patterns, ""))


ADDRESSES = addresses()


def provider(address: Address, name: str) -> Provider | tuple[str, ...]:
    """What stands for an argument of an address. Fails with what to add where nothing is known."""
    for place, argument, found in BY_PLACE:
        if argument == name and re.search(place, address.route):
            return found
    if name in ARGUMENTS:
        return ARGUMENTS[name]
    for place, words in WORDS.items():
        if place in address.route:
            return (*words, STRANGE)
    raise AssertionError(
        f"/{address.route}: what is <{name}>? Say in tests/access/test_matrix.py what stands for it, of one's own and of others:"
        " in ARGUMENTS, in BY_PLACE where the name has several meanings, or in WORDS where it is a word of ours."
    )


def filled(address: Address, world: World, role: str, *, mine: bool) -> list[str]:
    """The address as a role asks it: with what is its own, or in every way with something of others in it."""
    choices: list[list[tuple[bool, Any]]] = []
    owner = next((OWNERS[name] for name in address.arguments if name in OWNERS), "")
    for name in address.arguments:
        found = provider(address, name)
        if name == "kpj" and owner:
            choices.append([(side == "a", world.people[f"{owner}_{side}"].kpj) for side in "ab"])
        elif isinstance(found, tuple):
            choices.append([(True, word) for word in found])
        else:
            choices.append([(True, found(world, role, True)), (False, found(world, role, False))])
    return [
        address.url(dict(zip(address.arguments, (value for _own, value in combination), strict=True)))
        for combination in itertools.product(*choices)
        if all(own for own, _value in combination) is mine
    ]


# --- what an answer holds --------------------------------------------------------------------------------------------


def told_by(response: Any) -> str:
    """All text of an answer: pages, JSON, CSV, workbooks and PDF."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    if content[:5] == b"%PDF-":
        return _pdf(content)
    return content.decode("utf-8", "replace") if "image/" not in kind else ""


def _pdf(content: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


@dataclass
class Asker:
    """Somebody who asks for everything and keeps what is wrong with the answers."""

    world: World
    role: str
    client: Client
    wrong: list[str]

    def ask(self, url: str, method: str = "get", **given: Any) -> Any:
        """One request; whatever it answers is searched for words of others."""
        response = getattr(self.client, method)(url, **given)
        if response.status_code >= 500:
            self.wrong.append(f"{method} {url}: {response.status_code}")
        text = told_by(response)
        for word, what in self.world.words_hidden_from(self.role).items():
            if word in text or word.upper() in text:
                self.wrong.append(f"{method} {url} tells of {what} ({response.status_code})")
        for kpj, name in self.hidden_numbers().items():
            if kpj in re.sub(r"(?<=\d)[ -](?=\d)", "", text) and kpj not in url and kpj not in str(given):
                self.wrong.append(f"{method} {url} tells the number of {name}")
        return response

    def hidden_numbers(self) -> dict[str, str]:
        """KPJ of people out of sight."""
        seen = self.world.in_sight(self.role) if self.role else set()
        return {person.kpj: name for name, person in self.world.people.items() if name not in seen}


@pytest.fixture(scope="module")
def world(module_db: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world, with a store of files of its own: a test beside this one may forget the same content in another database."""
    with override_settings(JAMSOSTEK_DATA=tmp_path_factory.mktemp("data")):
        yield build()


def asker(world: World, role: str) -> Asker:
    client = Client(raise_request_exception=False)
    return Asker(world, role, cast.signed_in(client, world.users[role]) if role else client, [])


@pytest.fixture(autouse=True)
def asks_in_peace(module_db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for everything is no guessing; and of thousands of refusals none needs a line in a log."""
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_cache")
        cursor.execute("DELETE FROM api_count")


# --- doors -----------------------------------------------------------------------------------------------------------


def test_every_address_has_a_door() -> None:
    assert [address.route for address in ADDRESSES if address.door is None] == []
    assert len(ADDRESSES) > 100


def test_every_argument_is_known(world: World) -> None:
    for address in ADDRESSES:
        assert filled(address, world, "worker", mine=True), address.route


def test_doors_name_roles_that_exist() -> None:
    known = {*map(str, Role), PUBLIC, SIGNED_IN, FIRST_FACTOR}
    assert [(one.route, one.door) for one in ADDRESSES if not one.door or not one.door <= known] == []


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_a_door_keeps_out_all_it_does_not_name(world: World, role: str) -> None:
    asks = asker(world, role)
    for address in ADDRESSES:
        door = address.door or frozenset()
        if not address.api and not door & {PUBLIC, SIGNED_IN, FIRST_FACTOR, role}:
            url = filled(address, world, role, mine=True)[0]
            assert asks.ask(url).status_code == 403, f"{url} is not for {role}"
    assert not asks.wrong, "\n".join(asks.wrong)


def test_nobody_gets_past_a_door_without_signing_in(world: World) -> None:
    asks = asker(world, "")
    for address in ADDRESSES:
        for mine in (True, False):
            for url in filled(address, world, "worker", mine=mine):
                for method in ("get", "post"):
                    answer = asks.ask(url, method)
                    if not address.api and PUBLIC not in (address.door or ()):
                        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/masuk/"), url
    assert not asks.wrong, "\n".join(asks.wrong)


def test_staff_get_past_no_door_without_a_second_factor(world: World) -> None:
    client = Client()
    client.force_login(world.users["branch_supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in ADDRESSES:
        if address.api or (address.door or frozenset()) & {PUBLIC, FIRST_FACTOR}:
            continue
        url = filled(address, world, "branch_supervisor", mine=True)[0]
        answer = client.get(url)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/akun/pengaman/"), url


# --- nothing of others -----------------------------------------------------------------------------------------------


ANSWERS = (200, 302, 303, 304, 400, 401, 404, 405, 409, 410, 422, 428)


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_no_answer_tells_anything_of_others(world: World, role: str) -> None:
    """Pages, parts of pages, downloads and the API, asked for one's own and for what is others'."""
    asks = asker(world, role)
    for address in ADDRESSES:
        door = address.door or frozenset()
        if not door & {PUBLIC, SIGNED_IN, FIRST_FACTOR, role} or (PUBLIC in door and not address.api and role not in FEW):
            continue
        for url in filled(address, world, role, mine=True):
            answer = asks.ask(url)
            if not (address.api or answer.status_code in ANSWERS or _may_refuse(address, role)):
                asks.wrong.append(f"{url} is for {role}, and answers {answer.status_code}")
            for question in questions(world, role, address, answer):
                asks.ask(url + question, headers={"HX-Request": "true"} if "hal=" in question else {})
        for url in filled(address, world, role, mine=False):
            asks.ask(url)
    assert not asks.wrong, "\n".join(asks.wrong)


def _may_refuse(address: Address, role: str) -> bool:
    if role in WITHOUT_FILES and ("upload_id" in address.arguments or address.route.startswith("tagihan/<bill:code>")):
        return True
    return (address.route, role) in REFUSED


FEW = ("worker", "branch_supervisor", "hospital_desk")
"""Roles that ask for the pages for everyone too; to all others they answer the same."""
REFUSED = {
    ("perusahaan/<npp:npp>/data/ubah/", "employer_clerk"),
    ("wilayah/pekerja/unduh/", "regional_viewer"),
    ("tagihan/<bill:code>/batalkan/", "branch_officer"),
}
"""Addresses whose door is wider than the right behind it: this role is shown no way there, and is refused."""
WITHOUT_FILES = ("village_operator",)
"""Roles for which the world has no file and no bill of their own."""


def questions(world: World, role: str, address: Address, answer: Any) -> list[str]:
    """Searches, pages and downloads of a list: for what all are called, and for the number of somebody out of sight."""
    if answer.status_code != 200 or answer.streaming:
        return []
    other, text = _person(world, role, False), answer.content.decode("utf-8", "replace")
    if address.api:
        asked = [COMMON, other.kpj] if '"items"' in text else []
        return [f"?name={one}&q={one}&text={one}&kpj={one}&limit=100" for one in asked]
    found = [f"?cari={COMMON}", f"?cari={other.kpj}", f"?cari={COMMON}&hal=1"] if 'name="cari"' in text else []
    return found + sorted({f"?{one}" for one in re.findall(r"(?:unduh|bentuk|cetak)=\w+", text)})


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_no_search_by_the_api_finds_others(world: World, role: str) -> None:
    asks = asker(world, role)
    hidden = [world.people[name] for name in world.people if name not in world.in_sight(role)]
    for person in hidden[:1]:
        number = cast.nik(person.birth_date, person.sex, person.regency_code, 1)
        for address in ADDRESSES:
            if address.api and not address.arguments:
                for at, fields in enumerate(({"text": COMMON}, {"text": person.kpj}, {"nik": number}, {"kpj": person.kpj})):
                    answer = asks.ask(address.url({}), "post", **_json(fields, f"matrix-{role}-{at}"))
                    if answer.status_code == 405:
                        break
    assert not asks.wrong, "\n".join(asks.wrong)


def _json(told: dict[str, Any], key: str) -> dict[str, Any]:
    return {"data": json.dumps(told), "content_type": "application/json", "headers": {"Idempotency-Key": key}}


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_no_post_changes_anything_of_others(world: World, module_db: Any, role: str) -> None:
    """Every form and every write of the API, sent at what is others': nothing of the registry or the accounts changes."""
    asks = asker(world, role)
    before = state(module_db)
    for address in ADDRESSES:
        if address.arguments and (address.door or frozenset()) & {PUBLIC, SIGNED_IN, FIRST_FACTOR, role}:
            for url in filled(address, world, role, mine=False):
                for method in ("post", "delete", "put", "patch") if address.api else ("post",):
                    asks.ask(url, method, **_form(address))
    assert not asks.wrong, "\n".join(asks.wrong)
    if world.hidden_from(role):
        assert state(module_db) == before


def _form(address: Address) -> dict[str, Any]:
    """Answers that most forms would take."""
    told = {
        "reason": "Diminta oleh yang bersangkutan", "name": "Nama Lain", "left_on": "2026-11-01", "from_month": "2026-11",
        "month": "2026-11", "to_month": "2026-11", "wage_rupiah": "5000000", "wage": "5000000", "way": "printed",
        "outcome": "other", "role": "employer_clerk", "died_on": "2026-11-01", "what": "nik",
    }  # fmt: skip
    if not address.api:
        return {"data": told}
    return _json(told, "matrix-other-1")


def state(database: Any) -> dict[str, str]:
    """A digest of every table a person, a payer or an account is written to."""
    skipped = ("access_auditentry", "access_auditblock", "access_cache", "access_donerequest")
    with database.connect("postgres", autocommit=True) as owner:
        tables = [
            row[0] for row in owner.execute("SELECT tablename FROM pg_tables WHERE tablename ~ '^(registry|access|claims)_'")
        ]
        return {
            table: owner.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t").fetchone()[0]
            for table in sorted(tables)
            if not table.startswith(skipped)
        }
