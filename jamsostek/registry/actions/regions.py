"""Districts and villages: they come from files, for no register of them with a clear licence ships with this project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.regions import REGENCIES
from jamsostek.core.text import _
from jamsostek.registry.models import Region

DISTRICT, VILLAGE = 3, 4


@dataclass(frozen=True)
class Place:
    """A district (6 digits) or village (10) by its Kemendagri code."""

    code: int
    name: str
    bps_code: int | None = None


@dataclass(frozen=True)
class Imported:
    """What an import did: rows written, and what was wrong with the others (each names its row, from 1)."""

    written: int
    wrong: tuple[InputError, ...]


def import_regions(*, places: Sequence[Place], invented: bool = False) -> Imported:
    """Enters or renames districts and villages; the same list again changes nothing. Wrong rows are told, good ones kept."""
    current().need(Can.IMPORT_REGIONS)
    known = set(Region.objects.filter(level=DISTRICT).values_list("code", flat=True))
    known |= {place.code for place in places if 100_000 <= place.code < 1_000_000}
    good, wrong = [], []
    for row, place in enumerate(places, 1):
        problem = _problem(place, known)
        if problem is None:
            good.append(_region(place, invented))
        else:
            problem.row = row
            wrong.append(problem)
    Region.objects.bulk_create(
        good, batch_size=2_000, update_conflicts=True, unique_fields=["code"], update_fields=["name", "bps_code", "invented"]
    )
    audit.record("regions.imported", "region", None, fields=("name",))
    return Imported(len(good), tuple(wrong))


def _problem(place: Place, districts: set[int]) -> InputError | None:
    if not place.name.strip():
        return InputError(_("Nama wilayah kosong."), field="name", value=place.code, remedy=_("Isi nama kecamatan atau desa."))
    if 100_000 <= place.code < 1_000_000:
        parent = place.code // 100
        known = parent in REGENCIES
    elif 10**9 <= place.code < 10**10:
        parent = place.code // 10_000
        known = parent in districts
    else:
        return InputError(
            _("Kode wilayah bukan kecamatan (6 angka) atau desa (10 angka)."),
            field="code",
            value=place.code,
            remedy=_("Tulis kode Kemendagri tanpa titik; provinsi dan kabupaten sudah ada."),
        )
    if known:
        return None
    return InputError(
        _("Wilayah induk {code} tidak ada.").format(code=parent),
        field="code",
        value=place.code,
        remedy=_("Masukkan kecamatannya dalam berkas yang sama, atau periksa kodenya."),
    )


def _region(place: Place, invented: bool) -> Region:
    is_district = place.code < 1_000_000
    return Region(
        code=place.code,
        parent_code=place.code // 100 if is_district else place.code // 10_000,
        level=DISTRICT if is_district else VILLAGE,
        name=" ".join(place.name.split()),
        bps_code=place.bps_code,
        invented=invented,
    )
