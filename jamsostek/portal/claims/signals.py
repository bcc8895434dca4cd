"""What a human should look at twice, in words: the facts, what usually explains them, what to compare. Never a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.claims.choices import OPEN
from jamsostek.claims.models import Claim
from jamsostek.claims.queries import cases, signals
from jamsostek.claims.queries.signals import Sign, Signal
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.claims import frame, words
from jamsostek.portal.claims.frame import READERS
from jamsostek.portal.screens import Column, Empty, Link, paged, table, today, with_query
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name


@dataclass(frozen=True)
class About:
    """A sign in words: its title, the sentence its facts fill, what usually explains it, what to compare."""

    title: str
    text: str
    innocent: str
    look: str


SIGNS: dict[Sign, About] = {
    Sign.SHARED_ACCOUNT: About(
        N_("Satu rekening untuk beberapa orang"),
        N_("Rekening {name} dipakai {people} orang dalam {claims} klaim."),
        N_("Suami, istri, dan anak sering memakai satu rekening."),
        N_("Cocokkan nama di buku rekening dengan orangnya."),
    ),
    Sign.ACCOUNT_CHANGED: About(
        N_("Rekening baru diganti"),
        N_("Rekening {name} diganti {day}, sesudah klaim dikirim."),
        N_("Bank menolak rekening yang lama, atau ada salah tulis."),
        N_("Hubungi pemohon lewat nomor yang sudah lama tercatat."),
    ),
    Sign.SOON_AFTER_REGISTRATION: About(
        N_("Meninggal tidak lama sesudah mendaftar"),
        N_("Terdaftar {registered}, meninggal {event}: {days} hari kemudian."),
        N_("Orang dapat meninggal kapan saja; pendaftaran massal mencakup yang sakit juga."),
        N_("Baca surat kematiannya, dan siapa yang mendaftarkan."),
    ),
    Sign.SAME_DOOR: About(
        N_("Kematian serupa lewat pintu yang sama"),
        N_("{count} orang lain dari {door} yang sama juga meninggal tidak lama sesudah mendaftar."),
        N_("Desa yang mendaftarkan banyak orang tua akan mengalaminya."),
        N_("Bandingkan tanggal pendaftaran dan surat kematian mereka."),
    ),
    Sign.BEFORE_REGISTRATION: About(
        N_("Kejadian sebelum pendaftaran"),
        N_("Kejadian {event}, terdaftar {registered}."),
        N_("Kepesertaan lama mungkin tercatat di nomor lain yang belum digabungkan."),
        N_("Cari nomor peserta lain milik orang ini."),
    ),
    Sign.WAGE_RAISED: About(
        N_("Upah naik sebelum kejadian"),
        N_("Upah naik dari {before} menjadi {after} mulai {month}."),
        N_("Kenaikan tahunan atau jabatan baru."),
        N_("Minta slip upah beberapa bulan terakhir."),
    ),
    Sign.BUSY_HOSPITAL: About(
        N_("Kasus jauh lebih banyak dari satu rumah sakit"),
        N_("{name}: {count} kasus dalam {days} hari; yang lain biasanya {usual}."),
        N_("Rumah sakit besar di dekat kawasan industri."),
        N_("Bandingkan diagnosis dan kuitansinya."),
    ),
    Sign.SAME_EVENT: About(
        N_("Beberapa klaim untuk satu kejadian"),
        N_("{count} klaim lain tentang orang ini untuk kejadian di sekitar {event}."),
        N_("Keluarga dan perusahaan sama-sama mengajukan."),
        N_("Kerjakan satu, tarik kembali yang lain."),
    ),
}
DOORS = {"agent": N_("agen"), "village": N_("desa")}


@dataclass(frozen=True)
class Told:
    """A signal as a page shows it."""

    title: str
    text: str
    innocent: str
    look: str
    links: Sequence[Link]


def told(found: Sequence[Signal]) -> list[Told]:
    """Signals in words, with the ways to the other claims in sight."""
    return [_told(one) for one in found]


def _told(one: Signal) -> Told:
    about = SIGNS[one.sign]
    links = [Link(words.number_of(number), reverse("claims:case", args=[number])) for number in one.numbers]
    return Told(_(about.title), _(about.text).format(**_filled(one.values)), _(about.innocent), _(about.look), links)


def _filled(values: Mapping[str, Any]) -> dict[str, str]:
    """Facts in the reader's words."""
    found = {}
    for name, value in values.items():
        if name.endswith("_rupiah"):
            found[name.removesuffix("_rupiah")] = format_rupiah(value)
        elif name == "from_month":
            found["month"] = month_words(value)
        elif name in ("registered", "event", "day"):
            found[name] = date(value)
        elif name == "door":
            found[name] = _(DOORS[value])
        else:
            found[name] = format_number(value) if isinstance(value, int) else str(value)
    return found


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Open claims in sight with something to look at, of one region where it is asked for."""
    asked = request.GET.get("wilayah", "")
    regencies = sorted(set(Claim.objects.filter(state__in=OPEN).values_list("regency_code", flat=True)))
    regency = int(asked) if asked in {str(code) for code in regencies} else None
    rows = signals.listing(today(), regency)
    found = paged(request, rows, total=len(rows))
    names = {one.claim.pk: one.name for one in cases.waiting([claim for claim, _signs in found.rows], today())}
    audit.looked([claim.participant_id for claim, _signs in found.rows], ("name", "claim"), "daftar klaim")
    columns = [
        Column(_("Klaim"), lambda one: Link(words.title(one[0]), f"{frame.url('case', one[0])}#tanda")),
        Column(_("Peserta"), lambda one: names.get(one[0].pk, "")),
        Column(_("Wilayah"), lambda one: regions_name(one[0].regency_code)),
        Column(_("Yang perlu dilihat"), lambda one: "; ".join(sign.title for sign in told(one[1]))),
        Column(_("Keadaan"), lambda one: words.state_tag(one[0])),
    ]
    context = {
        "about": _("Tanda bukan tuduhan. Urutan, hak, dan jumlah tidak bergantung padanya; manusia yang melihat dan memutuskan."),
        "regions": [(_("Semua"), with_query(request, wilayah=None, hal=None), regency is None)]
        + [(regions_name(code), with_query(request, wilayah=code, hal=None), code == regency) for code in regencies]
        if len(regencies) > 1
        else [],
        "table": table(_("Klaim terbuka yang perlu dilihat"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada tanda"), _("Tidak ada yang mencolok pada klaim yang terbuka.")),
    }
    return frame.office_page(request, "claims/signals.html", context, title=_("Tanda untuk dilihat"))
