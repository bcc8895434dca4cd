"""Registering and changing employers, their units, and construction projects."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.access.vault import blind_index, house_key
from jamsostek.core.errors import InputError
from jamsostek.core.regions import regency
from jamsostek.core.text import _
from jamsostek.linkage.names import search_key
from jamsostek.registry.actions.people import new_numbers
from jamsostek.registry.choices import EmployerKind, Via
from jamsostek.registry.industries import class_of
from jamsostek.registry.models import Employer, EmployerUnit, Project

CHANGEABLE = ("name", "kind", "kbli", "industry", "scale", "labour_intensive", "regency_code", "address")


@dataclass(frozen=True)
class Firm:
    """An employer to be registered. `industry` is the line ("1.1") of the annex of PP 82/2019 that gives the JKK risk class."""

    name: str
    kind: str
    regency_code: int
    industry: str
    scale: str
    kbli: str = ""
    npwp: str = ""
    address: str = ""
    labour_intensive: bool = False


def npwp_form(text: str) -> str:
    """15 or 16 digits without dots and dashes; "" stays ""; raises `InputError`."""
    digits = re.sub(r"[\s.\-/]", "", text)
    if digits and not re.fullmatch(r"\d{15,16}", digits):
        raise InputError(
            _("NPWP 15 atau 16 angka."), field="npwp", value=f"…{digits[-3:]}", remedy=_("Cocokkan dengan kartu NPWP perusahaan.")
        )
    return digits


def register_employer(firm: Firm, *, via: Via, today: dt.date, reason: str = "") -> Employer:
    """Registers an employer; its JKK risk class follows from the industry. Raises `InputError`, `Refused`."""
    current().need(Can.REGISTER_EMPLOYER, Place(regency=firm.regency_code))
    name = " ".join(firm.name.split())
    if not name:
        raise InputError(_("Nama perusahaan belum diisi."), field="name", remedy=_("Tulis nama seperti di akta atau NIB."))
    if firm.kind not in tuple(EmployerKind):
        raise InputError(_("Jenis pemberi kerja belum dipilih."), field="kind", remedy=_("Pilih salah satu."))
    regency(firm.regency_code)
    npwp = npwp_form(firm.npwp)
    index = blind_index("npwp", npwp) if npwp else None
    if index is not None:
        _refuse_taken(index)
    (npp,) = new_numbers("npp", 1)
    employer = Employer.objects.create(
        npp=npp,
        name=name,
        name_key=search_key(name),
        kind=firm.kind,
        kbli=firm.kbli,
        industry=firm.industry,
        risk_class=class_of(firm.industry, today),
        scale=firm.scale,
        labour_intensive=firm.labour_intensive,
        npwp_index=index,
        npwp=house_key("npwp").seal(npp, npwp) if npwp else None,
        regency_code=firm.regency_code,
        address=firm.address,
        registered_on=today,
        registered_via=str(via),
        created_by=current().user_id,
    )
    audit.record("employer.registered", "employer", employer.pk, fields=("name", "industry", "scale", "npwp"), reason=reason)
    return employer


def _refuse_taken(index: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_npwp_taken(%s)", [index])
        taken = cursor.fetchone()[0]
    if taken is not None:
        raise InputError(
            _("NPWP ini sudah terdaftar."),
            field="npwp",
            remedy=_(
                "Satu NPWP satu perusahaan: daftarkan sebagai cabang, atau minta hak akses perusahaan itu di kantor cabang."
            ),
        )


def change_employer(*, employer_id: int, changes: Mapping[str, Any], today: dt.date, reason: str) -> Employer:
    """Changes facts of an employer; a new industry gives a new risk class."""
    employer = Employer.objects.select_for_update(no_key=True).get(pk=employer_id)
    current().need(Can.EDIT_EMPLOYER, Place(employer=employer.pk, regency=employer.regency_code))
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise InputError(_("Data ini tidak dapat diubah di sini."), field=min(unknown))
    before = {name: getattr(employer, name) for name in changes}
    for name, value in changes.items():
        setattr(employer, name, value)
    employer.name_key = search_key(employer.name)
    if "industry" in changes:
        employer.risk_class = class_of(changes["industry"], today)
    employer.save()
    audit.record(
        "employer.changed",
        "employer",
        employer.pk,
        values={name: [before[name], getattr(employer, name)] for name in changes},
        reason=reason,
    )
    return employer


def add_unit(*, employer_id: int, code: str, name: str, regency_code: int, kind: str = "branch") -> EmployerUnit:
    """Adds a branch or unit; its code is the employer's own and unique there."""
    employer = Employer.objects.select_for_update(no_key=True).get(pk=employer_id)
    current().need(Can.EDIT_EMPLOYER, Place(employer=employer.pk, regency=employer.regency_code))
    regency(regency_code)
    if EmployerUnit.objects.filter(employer=employer, code=code).exists():
        raise InputError(_("Kode unit {code} sudah dipakai.").format(code=code), field="code", remedy=_("Pilih kode lain."))
    unit = EmployerUnit.objects.create(
        employer=employer, code=code, name=name, regency_code=regency_code, kind=kind, created_by=current().user_id
    )
    audit.record("employer.unit_added", "employer", employer.pk, fields=("unit",))
    return unit


def register_project(
    *, employer_id: int, name: str, owner: str, contract_rupiah: int, regency_code: int, starts_on: dt.date, ends_on: dt.date
) -> Project:
    """Registers a construction project of an employer."""
    employer = Employer.objects.select_for_update(no_key=True).get(pk=employer_id)
    current().need(Can.EDIT_EMPLOYER, Place(employer=employer.pk, regency=employer.regency_code))
    regency(regency_code)
    if ends_on < starts_on:
        raise InputError(_("Proyek berakhir sebelum dimulai."), field="ends_on", remedy=_("Periksa kedua tanggalnya."))
    if contract_rupiah <= 0:
        raise InputError(
            _("Nilai kontrak harus lebih dari nol."), field="contract_rupiah", remedy=_("Tulis nilai kontrak dalam rupiah.")
        )
    (number,) = new_numbers("npp", 1)
    project = Project.objects.create(
        number=number,
        employer=employer,
        name=name,
        owner=owner,
        contract_rupiah=contract_rupiah,
        regency_code=regency_code,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=current().user_id,
    )
    audit.record("project.registered", "employer", employer.pk, fields=("project", "contract_rupiah"))
    return project
