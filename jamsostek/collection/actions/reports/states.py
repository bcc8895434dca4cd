"""What every step of a report asks first: which report, whose, in which state, by whom."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import connection

from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.collection.models import Report
from jamsostek.collection.models.reports import EDITED
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.registry.models import Employer

ACTOR = N_("Laporan upah")
APPLY, READ = "reports.apply", "reports.read"


class Elsewhere(InputError):
    """The report is in another state by now: somebody else was first."""


def place_of(employer: Employer) -> Place:
    """Where rights over an employer's reports are asked for."""
    return Place(employer=employer.pk, regency=employer.regency_code)


def employer_held(employer_id: int) -> Employer:
    """The employer, held for this transaction: reports of one employer take turns."""
    found = Employer.objects.select_for_update(no_key=True).filter(pk=employer_id).first()
    if found is None:
        raise not_yours(_("Perusahaan ini tidak ada, atau bukan milik Anda."))
    return found


def held(report_id: int, can: Can) -> Report:
    """The report, held for this transaction; raises `Refused`."""
    found = Report.objects.select_for_update(no_key=True).filter(pk=report_id).first()
    if found is None:
        raise not_yours(_("Laporan ini tidak ada, atau bukan milik Anda."))
    current().need(can, place_of(found.employer))
    return found


def editable(report_id: int) -> Report:
    """The report, held, while its rows may be changed."""
    report = held(report_id, Can.REPORT_WAGES)
    if report.state not in EDITED:
        raise Elsewhere(
            _("Laporan ini tidak sedang disusun, jadi barisnya tidak diubah."),
            remedy=_("Tarik kembali ke draf, minta dikembalikan, atau buat laporan perbaikan."),
        )
    return report


def person_acting() -> int:
    """Who acts; a report is never prepared or approved by the installation itself."""
    user_id = current().user_id
    if user_id is None:
        raise Refused(_("Laporan disusun dan disetujui oleh orang yang masuk dengan namanya."))
    return user_id


def name_of(user_id: int | None) -> str:
    """Somebody's name, for what is told of a report."""
    found = get_user_model().objects.filter(pk=user_id or 0).first()
    return str(found.name) if found else ""


def expect(report: Report, *states: str) -> None:
    """Refuses a step from another state, and says where the report is."""
    if report.state not in states:
        raise Elsewhere(_told(report), remedy=_("Buka laporannya untuk melihat keadaannya sekarang."))


def _told(report: Report) -> str:
    if report.state in ("approved", "billed"):
        return _("Laporan ini sudah disetujui oleh {name}.").format(name=name_of(report.approved_by))
    if report.state == "withdrawn":
        return _("Laporan ini sudah ditarik.")
    if report.state == "prepared":
        return _("Laporan ini sudah diajukan dan menunggu persetujuan.")
    return _("Laporan ini belum diajukan.")


def months_billed(employer_id: int) -> list[int]:
    """Contribution months an employer was billed for, in order; also those that only a difference bill asks for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT from_month FROM collection_bill b WHERE employer_id = %s AND payer_kind = 1 AND kind IN (1, 2)"
            " AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = b.id) ORDER BY 1",
            [employer_id],
        )
        return [row[0] for row in cursor.fetchall()]
