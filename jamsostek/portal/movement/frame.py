"""What stands above every page of the movement, who comes in, and the parts there are. A new part is a line in `PARTS`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.roles import Role
from jamsostek.access.scope import current
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import Link, Tab, page

MOVERS = (Role.REGIONAL_OFFICER, Role.REGIONAL_HEAD, Role.HEAD_OFFICE)
"""Who brings registers in."""
REVIEWERS = (*MOVERS, Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR)
"""Who also looks at pairs."""


@dataclass(frozen=True)
class Part:
    """A part of the movement: the page it begins with, what it is for, and whose it is."""

    name: str
    page: str
    title: str
    text: str
    who: tuple[Role, ...]


PARTS: tuple[Part, ...] = (
    Part(
        "monthly", "strategy:months", N_("Halaman bulanan"),
        N_("Di mana kita, apa yang berubah, desa dan perusahaan yang didatangi, sisa dana, dan surat siap ditandatangani."),
        (Role.REGIONAL_OFFICER, Role.REGIONAL_HEAD),
    ),
    Part(
        "registers", "movement:registers", N_("Daftar orang"),
        N_("Masukkan daftar warga miskin atau pekerja, lalu padankan dengan peserta."), REVIEWERS,
    ),
    Part(
        "programmes", "programmes:home", N_("Program perlindungan"),
        N_("Pilih siapa yang dibayari, dari dana apa, lalu daftarkan dengan keputusan."), REVIEWERS,
    ),
    Part(
        "campaigns", "campaigns:home", N_("Sosialisasi"), N_("Pertemuan desa, agen, pengingat, dan hasilnya."),
        (Role.REGIONAL_OFFICER, Role.REGIONAL_HEAD),
    ),
    Part(
        "strategy", "strategy:home", N_("Strategi daerah"), N_("Peraturan, rencana setahun, dan laporan semester."),
        (Role.REGIONAL_OFFICER, Role.REGIONAL_HEAD),
    ),
    Part(
        "award", "award_entries:home", N_("Penghargaan Paritrana"),
        N_("Calonkan daerah ini, kirim bukti, dan simpan tanda terima."), (Role.REGIONAL_OFFICER, Role.REGIONAL_HEAD),
    ),
)  # fmt: skip


def parts() -> list[Part]:
    """The parts that whoever looks may open."""
    return [one for one in PARTS if current().roles & frozenset(one.who)]


def tabs(here: str) -> list[Tab]:
    """The first page and the parts."""
    found = [Tab(_(one.title), reverse(one.page), one.name == here) for one in parts()]
    return [Tab(_("Ringkasan"), reverse("movement:home"), here == "home"), *found]


def above(*more: Link) -> list[Link]:
    """The pages above one of a part."""
    return [Link(_("Gerakan"), reverse("movement:home")), *more]


def screen(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    here: str,
    crumbs: Sequence[Link] = (),
    status: int = 200,
    live: bool = False,
) -> HttpResponse:
    """A page of the movement; `here` is the name of its part, or "home"."""
    whole = {"movement_tabs": tabs(here), **context}
    return page(request, template, whole, title=title, crumbs=crumbs, status=status, live=live)
