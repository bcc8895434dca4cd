"""What several pages show of people: rows of lists, states in a word, the names of what was changed or looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from django.urls import reverse

from jamsostek.core.numbers import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import Column, Link, Tag
from jamsostek.portal.screens.trail import WAYS, actor_words
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.portal.worker.words import FIELDS as KNOWN
from jamsostek.registry.choices import TITLES, Segment
from jamsostek.registry.models import Participant
from jamsostek.registry.queries.people import Masked
from jamsostek.registry.queries.timeline import Standing
from jamsostek.registry.queries.trail import Seen

SEGMENTS: dict[str, str] = {
    **TITLES[Segment],
    "bpu": N_("Bukan penerima upah"),
    "bpu_self": N_("Mandiri, menunggu iuran"),
    "bpu_sponsored": N_("Iurannya dibayarkan"),
    "migrant": N_("Pekerja migran"),
}
"""Ways to be covered, as figures tell them."""
FIELDS: dict[str, str] = {
    **KNOWN, "assumptions": N_("asumsi"),
    "cover": N_("perlindungan"), "industry": N_("jenis usaha"), "scale": N_("skala usaha"), "npwp": N_("NPWP"),
    "npp": N_("NPP"), "kbli": N_("kode KBLI"), "labour_intensive": N_("padat karya"), "file": N_("berkas"), "unit": N_("unit"),
    "criterion": N_("ukuran"), "category": N_("kategori"),
    "project": N_("proyek"), "contract_rupiah": N_("nilai kontrak"), "kind": N_("jenis"), "username": N_("nama pengguna"),
    "adopted_on": N_("tanggal penetapan"), "candidates": N_("calon penerima"), "criteria": N_("ukuran prioritas"),
    "answers": N_("jawaban"), "title": N_("judul"), "quotas": N_("kuota desa"), "rule": N_("aturan prioritas"),
    "sources": N_("sumber dana"), "year": N_("tahun"), "number": N_("nomor"), "register": N_("daftar orang"),
    "digest": N_("sidik"), "level": N_("tingkat"), "accounts": N_("saldo JHT dan JP"),
    "who": N_("nama yang ditulis"), "told": N_("isi permintaan"), "outcome": N_("hasil"), "note": N_("catatan"),
    "reason": N_("alasan"), "scopes": N_("hak token"), "state": N_("keadaan"), "role": N_("peran"), "over": N_("atas apa"),
    "seat": N_("kursi"), "edition": N_("edisi"), "measures": N_("ukuran"),
    "interest": N_("kepentingan"), "marks": N_("nilai"), "jurors": N_("juri"),
    "changes": N_("perubahan"), "holds": N_("utuh"), "broken": N_("tidak cocok"), "bills": N_("tagihan"), "lines": N_("baris"),
    **WAYS,
    "case": N_("kasus"), "step": N_("langkah"),
    "plan": N_("rencana perbaikan"), "mend_by": N_("tanggal pulih"), "ppm": N_("bagian"),
    "amount_rupiah": N_("jumlah uang"), "allocated": N_("yang dibayar"), "approved": N_("keputusan"), "account": N_("rekening"),
    "rupiah": N_("jumlah rupiah"), "count": N_("banyaknya"), "people": N_("banyaknya orang"), "reference": N_("nomor rujukan"),
    "inflation_ppm": N_("tingkat inflasi"), "training": N_("pelatihan"), "columns": N_("kolom"),
    "legal_basis": N_("dasar hukum"), "purpose": N_("tujuan"), "keep_until": N_("batas simpan"), "run": N_("pemadanan"),
    "answer": N_("jawaban"), "campaign": N_("kampanye"), "meeting": N_("pertemuan"), "code": N_("kode rujukan"),
    "text": N_("teks"), "target": N_("sasaran"), "price": N_("harga"), "decree": N_("nomor keputusan"),
}  # fmt: skip
"""Names of data, as inside a sentence."""


def fields_words(names: Sequence[str]) -> str:
    """Names of data in words; one that has none is left as it is. Counts of a check of the trail are no names."""
    return ", ".join(dict.fromkeys(_(FIELDS[name]) if name in FIELDS else name for name in names if not name.isdecimal()))


def actor_of(one: Seen) -> str:
    """Who did what an entry of the trail tells."""
    return actor_words(one.actor, by_system=one.by_system)


def field_label(name: str) -> str:
    """The name of one, as a label."""
    words = fields_words([name])
    return words[:1].upper() + words[1:]


def kpj_words(kpj: str) -> str:
    """A participant's number, to be read aloud."""
    return format_number("kpj", kpj)


def person_link(person: Participant) -> Link:
    """Their page at an office."""
    return Link(person.name, reverse("officer:person", args=[person.kpj]))


def standing_tag(person: Participant, standing: Standing | None) -> Tag:
    """Covered or not, in a word."""
    if person.died_on is not None:
        return Tag(_("Meninggal"), "plain")
    if standing is None:
        return Tag(_("Tidak terlindungi"), "bad")
    if standing.until is None:
        return Tag(_("Terlindungi"), "good")
    return Tag(_("Terlindungi sampai {month}").format(month=month_words(standing.until)), "good")


def place_words(person: Participant, villages: Mapping[int, str] | None = None) -> str:
    """Where somebody lives: the village where its name is known, and the regency."""
    village = (villages or {}).get(person.village_code or 0, "")
    return f"{village}, {regions_name(person.regency_code)}" if village else regions_name(person.regency_code)


def people_columns(masked: Mapping[int, Masked], standing: Mapping[int, Standing]) -> list[Column]:
    """A list of people with their secrets starred."""

    def nik(one: Participant) -> str:
        return masked[one.pk].nik if one.pk in masked else NOTHING

    return [
        Column(_("Nama"), person_link),
        Column(_("KPJ"), lambda one: kpj_words(one.kpj)),
        Column(_("NIK"), nik),
        Column(_("Tanggal lahir"), lambda one: date(one.birth_date)),
        Column(_("Tempat tinggal"), place_words),
        Column(_("Keadaan"), lambda one: standing_tag(one, standing.get(one.pk))),
    ]


def months_words(first: int, last: int | None) -> str:
    """`Januari 2026 sampai Maret 2026`; an open spell says since when."""
    if last is None:
        return _("Sejak {month}").format(month=month_words(first))
    if first == last:
        return month_words(first)
    return _("{first} sampai {last}").format(first=month_words(first), last=month_words(last))


def programmes_words(programmes: Sequence[str]) -> str:
    """`JKK, JKM`."""
    return ", ".join(programme.upper() for programme in programmes)


def age_words(since: dt.date | dt.datetime | None, day: dt.date) -> str:
    """How long something has waited."""
    if since is None:
        return ""
    begun = since.date() if isinstance(since, dt.datetime) else since
    days = max((day - begun).days, 0)
    return _("yang tertua hari ini") if days == 0 else _("yang tertua {days} hari").format(days=days)


def asked_in(text: str, limit: int = 60) -> str:
    """What was typed into a search box, cut to what an address may hold."""
    return " ".join(text.split())[:limit]


def with_search(url: str, text: str) -> str:
    """An address with a search in it."""
    return f"{url}?cari={quote(text)}"
