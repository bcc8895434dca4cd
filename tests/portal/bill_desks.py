"""The town of `desks` with bills: an employer's and two sponsors' months, own cover, a project, a contract abroad."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from desks import MONTH, TODAY, VILLAGE, Town, resident

from jamsostek.core.months import add_months
from tests import cast


@dataclass
class Bills:
    """Bills by the name the tests call them, and who opens what."""

    town: Town
    bills: dict[str, Any] = field(default_factory=dict)

    def url(self, name: str, page: str = "bill", *more: object) -> str:
        from jamsostek.portal.bills.who import url

        return url(self.bills[name], page, *more)

    @property
    def urls(self) -> list[tuple[str, str]]:
        """Visitors and the pages they open."""
        payers, people = self.town.payers, self.town.people
        firm, regency = payers["firm"].npp, payers["regency"].number
        budi, nelayan = people["budi"].kpj, people["nelayan"].kpj
        found = [
            ("clerk", f"/perusahaan/{firm}/tagihan/"), ("officer", f"/kantor/perusahaan/{firm}/tagihan/"),
            ("officer", f"/kantor/perusahaan/{firm}/tagihan/buat/"), ("officer", f"/kantor/pembayar/{regency}/tagihan/"),
            ("officer", f"/kantor/pembayar/{regency}/tagihan/buat/"), ("sponsor", f"/sponsor/{regency}/tagihan/"),
            ("sponsor", f"/sponsor/{regency}/tagihan/buat/"), ("village", f"/desa/{VILLAGE}/tagihan/"),
            ("officer", f"/kantor/peserta/{nelayan}/tagihan/"), ("officer", f"/kantor/peserta/{nelayan}/bayar/"),
            ("officer", f"/kantor/peserta/{budi}/bayar/"), ("fisher", "/peserta/tagihan/"), ("fisher", "/peserta/bayar/"),
            ("agent", f"/agen/peserta/{people['agented'].kpj}/tagihan/"),
            ("agent", f"/agen/peserta/{people['agented'].kpj}/bayar/"), ("officer", "/tagihan/"),
        ]  # fmt: skip
        for who, name in (
            ("clerk", "firm"),
            ("officer", "firm"),
            ("head", "firm"),
            ("sponsor", "regency"),
            ("village", "village"),
            ("fisher", "own"),
            ("officer", "own"),
            ("agent", "agented"),
            ("auditor", "firm"),
        ):
            found += [(who, self.url(name, page)) for page in ("bill", "lines", "why", "pdf")]
        found += [("officer", self.url("project")), ("officer", self.url("project", "why")), ("officer", self.url("trip", "why"))]
        found += [
            ("officer", self.url("project", "pdf")),
            ("head", self.url("firm", "check")),
            ("auditor", self.url("own", "check")),
        ]
        found += [
            ("clerk", self.url("firm", "line", people["siti"].kpj, add_months(MONTH, -1))),
            ("fisher", self.url("own", "line", nelayan, MONTH)),
        ]
        return found


def bill_all(town: Town) -> Bills:
    """Bills everybody there."""
    from jamsostek.collection.actions import bills
    from jamsostek.registry.actions.places import Contract, place_abroad
    from jamsostek.registry.actions.sponsors import Covering, cover_oneself

    made = Bills(town)
    before = add_months(MONTH, -1)
    with cast.everyone():
        sponsor = town.payers["regency"].pk
        town.users["sponsor"] = cast.user("pembayar", "sponsor_approver", "sponsor", sponsor, name="Bu Pembayar")
        town.users["village"] = cast.user("desa", "village_operator", "village", VILLAGE, name="Pak Desa")
        town.people["nelayan"] = resident("Nelayan Mandiri", sex="m")
        town.users["fisher"] = cast.user("nelayan", "worker", "self", town.people["nelayan"].pk, name="Nelayan Mandiri")
        cover_oneself(Covering(town.people["nelayan"].pk, before, 1_000_000, "Nelayan", None, "other", True))
    with cast.as_user(town.users["agent"]):
        from jamsostek.registry.actions.people import register_person
        from jamsostek.registry.models import Participant

        one = register_person(cast.person("Dari Agen", village_code=VILLAGE), via="agent", today=TODAY).participant_id
        cover_oneself(Covering(one, MONTH, 1_500_000, "Ojek", None, "transport"))
        town.people["agented"] = Participant.objects.get(pk=one)
        made.bills["agented"] = bills.bill_person(participant_id=one, from_month=MONTH, months=3, today=TODAY)
    with cast.everyone():
        made.bills["firm"] = bills.bill_employer(employer_id=town.payers["firm"].pk, month=before, today=TODAY)
        made.bills["regency"] = bills.bill_sponsor(sponsor_id=town.payers["regency"].pk, month=before, today=TODAY)
        made.bills["village"] = bills.bill_sponsor(sponsor_id=town.payers["village"].pk, month=before, today=TODAY)
        made.bills["far"] = bills.bill_sponsor(sponsor_id=town.payers["far_sponsor"].pk, month=before, today=TODAY)
        made.bills["own"] = bills.bill_person(
            participant_id=town.people["nelayan"].pk, from_month=MONTH, months=3, today=TODAY
        )  # fmt: skip
        from jamsostek.registry.models import Placement, Project

        project = Project.objects.get(employer=town.payers["builder"])
        made.bills["project"] = bills.bill_project(project_id=project.pk, today=TODAY)
        place_abroad(contracts=[Contract(town.people["budi"].pk, "agency", "MY", MONTH, 24)])
        made.bills["trip"] = bills.bill_placement(placement_id=Placement.objects.get().pk, today=TODAY)
    return made


def read_pdf(content: bytes) -> str:
    """What all pages of a PDF say."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        told = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"\s+", " ", told)
