"""Which column of a file holds what: suggestions with their reasons, the first rows, and what was decided before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, language
from jamsostek.messages.register.fields import FIELDS, IGNORED, PAIRS, title_of
from jamsostek.messages.register.looked import Looked
from jamsostek.messages.register.mapping import Mapping as Columns
from jamsostek.outreach.actions import registers as actions
from jamsostek.outreach.queries import registers
from jamsostek.portal.movement import frame
from jamsostek.portal.movement.frame import MOVERS
from jamsostek.portal.movement.registers import shown
from jamsostek.portal.screens import done

if TYPE_CHECKING:
    from jamsostek.outreach.models import Mapping, Register

SURE = 80
"""Per cent from which a suggestion is not pointed out."""


@door(*MOVERS)
def choose(request: HttpRequest, number: int) -> HttpResponse:
    """The page; after it the file is read."""
    register = registers.get(number)
    current().need(Can.IMPORT_REGISTER, Place(regency=register.region_code))
    seen = registers.looked(register)
    if seen is None:
        return done(request, reverse("movement:register", args=[number]))
    kept = registers.kept_mappings(seen.fingerprint, register.region_code)
    chosen, used = _start(request, seen, kept)
    problem = ""
    if request.method == "POST":
        chosen, used = _posted(request, seen), None
        try:
            actions.choose(register_id=register.pk, columns=chosen)
            if request.POST.get("simpan"):
                name, shared = request.POST.get("nama", "")[:80], bool(request.POST.get("bagikan"))
                actions.keep_mapping(region_code=register.region_code, name=name, columns=chosen, shared=shared)
        except InputError as error:
            problem = str(error)
        else:
            text = _("Kolom disimpan. Daftar sedang dibaca; halaman ini boleh ditutup.")
            return done(request, reverse("movement:register", args=[number]), text)
    context = {
        "register": register, "seen": seen, "problem": problem, "lines": _lines(seen, chosen),
        "kept": _kept(register, kept, used), "used": used,
        "heads": [one.letter for one in seen.columns], "first": seen.first,
        "same_language": register.profile.get("language") == language(),
    }  # fmt: skip
    return frame.screen(
        request, "movement/registers/columns.html", context, title=_("Isi setiap kolom"), here="registers",
        crumbs=shown.crumbs(shown.link(register)), status=422 if problem else 200,
    )  # fmt: skip


def _start(request: HttpRequest, seen: Looked, kept: list[Mapping]) -> tuple[Columns, Mapping | None]:
    """What is chosen at first: what was decided before about these titles, else the suggestion."""
    asked = request.GET.get("pemetaan", "")
    for one in kept:
        if asked in ("", str(one.pk)):
            return registers.columns_from(one, seen), one
    return seen.mapping, None


def _posted(request: HttpRequest, seen: Looked) -> Columns:
    columns = []
    for one in seen.mapping.columns:
        told = tuple(request.POST.get(f"kolom-{one.position}", IGNORED).split("+"))
        columns.append(replace(one, fields=told if all(name in FIELDS for name in told) else (IGNORED,)))
    return replace(seen.mapping, columns=tuple(columns))


def _lines(seen: Looked, chosen: Columns) -> list[dict[str, Any]]:
    told = {one.position: "+".join(one.fields) for one in chosen.columns}
    options = [(name, title_of(name)) for name in FIELDS] + [
        ("+".join(pair), _(" dan ").join(map(title_of, pair))) for pair in PAIRS
    ]
    return [
        {
            "column": one, "name": f"kolom-{one.position}", "samples": "; ".join(one.samples[:3]),
            "suggested": _(" dan ").join(map(title_of, one.fields)),
            "unsure": one.confidence < SURE and one.fields != (IGNORED,),
            "options": [(value, text, value == told.get(one.position)) for value, text in options],
        }
        for one in seen.columns
    ]  # fmt: skip


def _kept(register: Register, kept: list[Mapping], used: Mapping | None) -> list[tuple[str, str, bool]]:
    """Mappings to begin with: address, words, whether it is the one."""
    url = reverse("movement:register_columns", args=[register.number])
    rows = [
        (
            f"{url}?pemetaan={one.pk}",
            one.name if one.region_code == register.region_code
            else _("{name}, dari {region}").format(name=one.name, region=shown.region_words(one.region_code)),
            used is not None and one.pk == used.pk,
        )
        for one in kept
    ]  # fmt: skip
    return [*rows, (f"{url}?pemetaan=0", _("Usulan dari isi berkas"), used is None)] if rows else []
