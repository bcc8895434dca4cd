"""What a region's weeks with registers leave: one waits for its columns, one is read and linked, a village is asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.scope import acting, scope_of
from jamsostek.core.months import month_of
from jamsostek.messages.guards import check_upload
from jamsostek.messages.register.looked import look
from jamsostek.outreach.actions import linking, registers
from jamsostek.outreach.models import Link, Register

TITLES = ("Nelayan pesisir", "Daftar dusun", "Pedagang pasar lama")
BASIS, PURPOSE = "Perjanjian kerja sama contoh", "Mencari pekerja rentan"
NAMES = ("Sumarni Contoh Satu", "Wagiyem Contoh Dua", "Paijo Contoh Tiga", "Tukinem Contoh Empat")


def move(regency: int, officer: User, village: int, today: dt.date, now: dt.datetime) -> list[str]:
    """What was typed."""

    def mine() -> Any:
        return acting(scope_of(officer, month_of(today)))

    twice = [f"{name},,P,{at + 3:02d}-05-197{at},{village}" for at, name in enumerate(NAMES)]
    others = [f"Orang Dusun {letter},,L,{at + 1:02d}-01-19{60 + at},{village}" for at, letter in enumerate("ABCDEFGHIJKL")]
    content = "\n".join(["Nama,NIK,JK,Tanggal Lahir,Kode Desa", *twice, *twice, *others, "123,,,,"]).encode()
    about = {
        "region_code": regency, "kind": "village", "snapshot_on": today - dt.timedelta(days=30), "legal_basis": BASIS,
        "purpose": PURPOSE, "keep_until": today + dt.timedelta(days=300), "today": today,
    }  # fmt: skip
    with mine():
        dropped = registers.begin(content=content[:-20], file_name="pasar.csv", title=TITLES[2], **about)
        registers.delete(register_id=dropped.pk, reason="Keliru kirim", now=now)
        made = registers.receive(
            content=content, file_name="dusun.csv", title=TITLES[1], columns=look(check_upload(content, "a.csv")).mapping, **about
        )
        registers.begin(content=content[:-9], file_name="nelayan.csv", title=TITLES[0], **about)
    registers.read(made.pk, now=now)
    for against in (linking.WITHIN, linking.PARTICIPANTS):
        with mine():
            run = linking.ask_for(register_id=made.pk, against=against)
        linking.work(run.pk, now=now)
        if against == linking.WITHIN:
            with mine():
                asked = list(Link.objects.filter(run_id=run.pk, outcome="ask").order_by("person_id"))
                for one, said in zip(asked, ("same", "village"), strict=False):
                    linking.answer(
                        run_id=run.pk, person_id=one.person_id, answer=said, reason="Nama dan tanggal lahir", blind=True
                    )
    with mine():
        assert Register.objects.get(pk=made.pk).state == "ready"
    return [
        *TITLES,
        BASIS,
        PURPOSE,
        *NAMES,
        "Keliru kirim",
        "Nama dan tanggal lahir",
        "nelayan.csv",
        "dusun.csv",
        "pasar.csv",
    ]
