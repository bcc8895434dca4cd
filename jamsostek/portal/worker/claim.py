"""What to prepare for a claim, and who may make it. Claims themselves are made at a branch office."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.roles import Role
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.law import law_on
from jamsostek.law.labels import citation
from jamsostek.portal.public.home import figures
from jamsostek.portal.screens import page, today
from jamsostek.portal.worker.family import ranks_of
from jamsostek.portal.worker.home import BY_HEIR
from jamsostek.portal.worker.who import about, crumbs
from jamsostek.registry.queries.own import Me

DEATH = (
    N_("Kartu peserta atau nomor peserta (KPJ)"),
    N_("KTP peserta dan KTP ahli waris"),
    N_("Kartu Keluarga"),
    N_("Akta kematian, atau surat keterangan kematian dari desa atau rumah sakit"),
    N_("Surat keterangan ahli waris"),
    N_("Buku nikah atau akta lahir, menurut hubungan ahli waris"),
    N_("Buku tabungan atas nama ahli waris"),
)
ACCIDENT = (
    N_("Berobat dahulu: fasilitas kesehatan yang bekerja sama tidak menagih Anda."),
    N_("Laporkan kecelakaan kepada perusahaan atau kantor cabang dalam {hours} jam."),
    N_("Simpan kuitansi, dan catat saksi serta tempat kejadian."),
)


@about(Role.WORKER, Role.HEIR)
@require_safe
def claim(request: HttpRequest, me: Me) -> HttpResponse:
    """Papers, days and articles; of an accident only for those alive."""
    day = me.person.died_on or today()
    law = law_on(day)
    paid, reported = law.in_force("jkm.payment.working_days"), law.in_force("jkk.report.first_hours")
    death, _wage, _income = figures(day)
    ranks, source = ranks_of(me)
    audit.looked([me.person.pk], ("name", "relatives"), _(BY_HEIR))
    context = {
        "is_self": me.is_self,
        "documents": [_(one) for one in DEATH],
        "accident": [_(one).format(hours=reported.value) for one in ACCIDENT] if me.is_self else [],
        "accident_source": _source(reported),
        "death": format_rupiah(death),
        "paid_days": paid.value,
        "paid_source": _source(paid),
        "ranks": ranks,
        "source": source,
    }
    title = _("Bila terjadi sesuatu") if me.is_self else _("Yang perlu disiapkan untuk klaim")
    return page(request, "worker/claim.html", context, title=title, crumbs=crumbs())


def _source(found: object) -> str:
    row = getattr(found, "row", None)
    return citation(f"{row.regulation} {row.article}") if row else ""
