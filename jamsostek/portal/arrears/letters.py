"""What letters say, in both languages one after the other: an agreement, and each step of a sanction with its article."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings

from jamsostek.access.models import User
from jamsostek.collection import codes
from jamsostek.collection.actions.arrears.cases import FINE, FIRST_WARNING, SECOND_WARNING, SERVICES, STEPS
from jamsostek.collection.queries import arrears
from jamsostek.collection.queries.arrears import PROGRAMMES
from jamsostek.core.months import month_of
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _, speaking
from jamsostek.law import law_at
from jamsostek.law.labels import citation
from jamsostek.messages.letter import Letter, Part, Table, draw_letter_pdf
from jamsostek.portal.arrears import frame
from jamsostek.portal.arrears.facts import facts_of
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name

if TYPE_CHECKING:
    from jamsostek.collection.models import Agreement, Bill, Case, Step
    from jamsostek.registry.models import Employer, Sponsor

SERVICE_WORDS = {
    "business_licences": N_("perizinan terkait usaha"), "tender_permits": N_("izin mengikuti tender proyek"),
    "foreign_worker_permits": N_("izin mempekerjakan tenaga kerja asing"),
    "labour_supply_licence": N_("izin perusahaan penyedia jasa pekerja"), "building_permit": N_("izin mendirikan bangunan"),
}  # fmt: skip
TERMS = {
    FIRST_WARNING: "sanction.warning_working_days", SECOND_WARNING: "sanction.warning_working_days", FINE: "sanction.fine_days",
}  # fmt: skip


def code_words(bill: Bill) -> str:
    """A bill's payment code, in groups."""
    return format_public("bill", codes.code_of(bill.number))


def _name(user_id: int | None) -> str:
    return User.objects.filter(pk=user_id or 0).values_list("name", flat=True).first() or ""


def _to(payer: Employer | Sponsor) -> list[str]:
    place = getattr(payer, "regency_code", None)
    lines = [payer.name, f"{'NPP' if place else 'No.'} {frame.number_words(payer)}"]
    if getattr(payer, "address", ""):
        lines.append(payer.address)  # type: ignore[union-attr]
    return [*lines, regions_name(place)] if place else lines


def _draw(
    number: str, on: Any, payer: Employer | Sponsor, signer: int | None, part: Callable[[str], Part]
) -> bytes:  # fmt: skip
    """The same in Indonesian and then in English."""
    parts = []
    for language in ("id", "en"):
        with speaking(language):
            parts.append(part(language))
    with speaking("id"):
        made = date(on)
    sample = bool(getattr(settings, "JAMSOSTEK_DEMO", False))
    return draw_letter_pdf(Letter(number, on, made, _to(payer), parts, _name(signer), sample))


# --- an agreement ---------------------------------------------------------------------------------------------------------


def agreement(made: Agreement, payer: Employer | Sponsor) -> bytes:
    """Who agreed to what, which bills, and the days."""
    instalments = list(made.instalments.all())
    bills = arrears.agreed_bills(made)

    def part(language: str) -> Part:
        schedule = Table(
            _("Jadwal angsuran"), [_("Angsuran"), _("Paling lambat"), _("Jumlah")],
            [[str(one.number), date(one.due_on), format_rupiah(one.rupiah)] for one in instalments], 2,
            [_("Jumlah"), "", format_rupiah(made.total_rupiah)],
        )  # fmt: skip
        agreed = Table(
            _("Tagihan yang diangsur"), [_("Bulan"), _("Kode bayar"), _("Belum dibayar ketika itu")],
            [[month_words(bill.from_month), code_words(bill), format_rupiah(rupiah)] for bill, rupiah in bills], 2,
        )  # fmt: skip
        return Part(
            language, _("Kesepakatan angsuran tunggakan"), "",
            [
                _("Tunggakan iuran {name} sebesar {rupiah} dibayar dengan angsuran di bawah ini.").format(
                    name=payer.name, rupiah=format_rupiah(made.total_rupiah)
                ),
            ],
            [(_("Alasan"), made.reason)],
            [schedule, agreed],
            [
                _("Selama ditepati, sanksi tidak dilanjutkan. Denda menurut undang-undang tetap berjalan sampai dibayar."),
                _("Bayar memakai kode tagihannya masing-masing; uang dipakai untuk tagihan yang terlama dahulu."),
            ],
            _("Disetujui oleh"),
        )  # fmt: skip

    return _draw(f"A-{made.pk}", made.decided_on, payer, made.decided_by, part)


# --- a sanction -----------------------------------------------------------------------------------------------------------


def sanction(case: Case, step: Step, employer: Employer) -> bytes:
    """A warning, the fine, or the request to withhold services."""

    def part(language: str) -> Part:
        return Part(
            language,
            _(STEPS[step.step]),
            citation(str(step.facts.get("article", ""))),
            _opening(case, step, employer),
            _told(step),
            _tables(step),
            _closing(step),
            _("Kepala kantor cabang"),
        )

    return _draw(f"K-{case.pk}/{step.step}", step.signed_on, employer, step.signed_by, part)


def _opening(case: Case, step: Step, employer: Employer) -> list[str]:
    if step.step == SERVICES:
        return [
            _("Kepada instansi yang berwenang: {name} tidak memenuhi kewajibannya sesudah dua teguran dan denda.").format(
                name=employer.name
            ),
            _("Kami minta agar kepadanya tidak diberikan pelayanan publik berikut sampai kewajibannya dipenuhi:"),
            "; ".join(_(SERVICE_WORDS[one]) for one in step.facts.get("services", []) if one in SERVICE_WORDS) + ".",
        ]
    if case.cause == "arrears":
        lines = [_("Menurut catatan kami, iuran berikut sudah lewat jatuh tempo dan belum dibayar.")]
    else:
        lines = [_("Menurut pemeriksaan kami, kewajiban berikut belum dipenuhi.")]
    if step.step == SECOND_WARNING:
        lines.append(_("Teguran pertama sudah lewat jangka waktunya tanpa dipenuhi."))
    if step.step == FINE:
        lines.append(_("Dua teguran sudah lewat jangka waktunya tanpa dipenuhi; karena itu dikenakan denda administratif."))
    return lines


def _told(step: Step) -> list[tuple[str, str]]:
    return [(one.label, str(one.value)) for one in facts_of({**step.facts, "programmes": _lacking(step)})]


def _lacking(step: Step) -> list[str] | None:
    """Programmes as a list are a finding; by amounts they stand in the table."""
    found = step.facts.get("programmes")
    return found if isinstance(found, list) else None


def _tables(step: Step) -> list[Table]:
    programmes = step.facts.get("programmes")
    if not isinstance(programmes, dict):
        return []
    names = [name for name in PROGRAMMES if programmes.get(name)]
    rows = [[name.upper(), format_number(programmes[name])] for name in names]
    if step.facts.get("fine_rupiah"):
        rows.append([_("Denda"), format_number(step.facts["fine_rupiah"])])
    return [Table(_("Rincian"), [_("Program"), _("Rupiah")], rows, 1, [_("Jumlah"), format_number(step.facts.get("rupiah", 0))])]


def _closing(step: Step) -> list[str]:
    if step.step == SERVICES:
        return []
    days = law_at(month_of(step.signed_on or step.decided_on)).number(TERMS[step.step])
    if step.step == FINE:
        term = _("Denda ini dibayar dalam {days} hari sejak surat ini diterima, bersama kewajibannya.")
    else:
        term = _("Penuhi kewajiban ini dalam {days} hari kerja sejak surat ini diterima.")
    return [
        term.format(days=days),
        _("Bila sudah dipenuhi, abaikan surat ini. Bila sedang kesulitan, hubungi kami: tunggakan dapat diangsur."),
    ]
