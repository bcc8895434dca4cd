"""Linking a register: with what, how far it is, what came of it, and how good that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number, separated
from jamsostek.core.text import N_, _
from jamsostek.linkage.decide import USUAL
from jamsostek.linkage.explain import REASONS, bits_text
from jamsostek.outreach.actions import linking
from jamsostek.outreach.actions.linking import KEEPS_OUT, PARTICIPANTS, REGISTER, WITHIN
from jamsostek.outreach.queries import registers, review
from jamsostek.outreach.queries.goodness import WANTED, Goodness, goodness
from jamsostek.portal.movement import frame
from jamsostek.portal.movement.frame import MOVERS, REVIEWERS
from jamsostek.portal.movement.registers import shown
from jamsostek.portal.movement.registers.found import share_words
from jamsostek.portal.screens import Column, Fact, Form, Link, Progress, Tile, done, part, table, wants_part
from jamsostek.portal.screens.words import NOTHING, moment

if TYPE_CHECKING:
    from jamsostek.outreach.models import Register, Run
    from jamsostek.portal.screens.tables import Table

WHY = {**REASONS, KEEPS_OUT: N_("Bila benar, orang ini tidak didaftarkan: harus dipastikan orang.")}
"""Why people are asked."""
GROUPS = {
    "all": N_("Tanpa NIK yang baik (semua)"), "women": N_("Perempuan"), "men": N_("Laki-laki"), "fifty": N_("Umur 50 ke atas"),
    "default_date": N_("Tanggal lahir hanya pengisi"), "single_name": N_("Nama satu kata"),
}  # fmt: skip
QUEUES = {
    "ask": N_("Perlu dijawab"), "third": N_("Dua jawaban berbeda"), "village": N_("Ditanyakan ke desa"),
    "sample": N_("Contoh mutu"),
}  # fmt: skip


class LinkForm(Form):
    """What a register is linked with."""

    against = forms.ChoiceField(label=N_("Padankan dengan"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (PARTICIPANTS, _("Peserta Jamsostek: siapa yang sudah terdaftar")),
            (WITHIN, _("Daftar ini sendiri: siapa yang tertulis dua kali")),
        ]
        others = [
            (f"{REGISTER}-{one.number}", _("{title} ({kind})").format(title=one.title, kind=shown.kind_words(one)))
            for one in registers.others(register)
        ]
        self.fields["against"].choices = choices + others  # type: ignore[attr-defined]


@door(*MOVERS)
def start(request: HttpRequest, number: int) -> HttpResponse:
    """The choice; then the page of the run."""
    register = registers.get(number)
    current().need(Can.IMPORT_REGISTER, Place(regency=register.region_code))
    form = LinkForm(request.POST or None, register=register, initial={"against": PARTICIPANTS})
    if request.method == "POST" and form.is_valid():
        kind, _dash, other = form.cleaned_data["against"].partition("-")
        against = registers.get(int(other)).pk if other else None
        try:
            run = linking.ask_for(register_id=register.pk, against=kind, against_id=against)
        except InputError as error:
            form.refuse(error)
        else:
            text = _("Pemadanan berjalan sendiri; halaman ini boleh ditutup.")
            return done(request, reverse("movement:run", args=[run.pk]), text)
    context = {
        "form": form, "register": register, "back": reverse("movement:register", args=[number]), "thresholds": thresholds(),
    }  # fmt: skip
    return frame.screen(
        request, "movement/registers/link.html", context, title=_("Padankan daftar"), here="registers",
        crumbs=shown.crumbs(shown.link(register)),
    )  # fmt: skip


def thresholds() -> list[Fact]:
    """What the weights mean."""
    high, low = bits_text(USUAL.same), bits_text(USUAL.ask)
    return [
        Fact(_("Bobot {high} ke atas, dan namanya cocok").format(high=high), _("Dianggap orang yang sama.")),
        Fact(
            _("Antara {low} dan {high}, atau petunjuknya bertentangan").format(low=low, high=high), _("Ditanyakan kepada orang.")
        ),
        Fact(_("Di bawah {low}").format(low=low), _("Dianggap orang lain, jadi boleh dilindungi.")),
    ]


@door(*REVIEWERS)
@require_safe
def show(request: HttpRequest, run_id: int) -> HttpResponse:
    """The page in its state."""
    return _page(request, review.run_of(run_id))


@door(*REVIEWERS)
@require_safe
def state(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far it is, for a page that looks again by itself."""
    run = review.run_of(run_id)
    if not wants_part(request):
        return _page(request, run)
    response = part(request, "movement/registers/run_state.html", {"run": run, "tag": shown.run_tag(run)})
    if request.GET.get("dari") != run.state:
        response["HX-Refresh"] = "true"
    return response


def _page(request: HttpRequest, run: Run) -> HttpResponse:
    live = run.state in ("waiting", "linking")
    context: dict[str, Any] = {
        "run": run, "tag": shown.run_tag(run), "running": live, "facts": _facts(run), "about": shown.against_words(run),
    }  # fmt: skip
    if run.state == "done":
        gone = run.register.state != "ready" or bool(run.register.deleted_reason)
        good = goodness(run)
        context |= {
            "tiles": _tiles(run), "queues": [] if gone else _queues(run), "progress": None if gone else _progress(run),
            "thresholds": thresholds(), "recall": _recall(good), "bands": _bands(good), "precision": _precision(good),
            "gone": gone, "others": [] if gone else _narrowed(run),
        }  # fmt: skip
    return frame.screen(
        request, "movement/registers/run.html", context, title=_("Pemadanan: {title}").format(title=run.register.title),
        here="registers", crumbs=shown.crumbs(shown.link(run.register)), live=live,
    )  # fmt: skip


def _facts(run: Run) -> list[Fact]:
    facts = [Fact(_("Dipadankan dengan"), shown.against_words(run)), Fact(_("Dimulai"), moment(run.made_at))]
    if run.finished_at:
        facts.append(Fact(_("Selesai"), moment(run.finished_at)))
    return facts


def _tiles(run: Run) -> list[Tile]:
    counts = run.counts
    tiles = [
        Tile(_("Orang yang sama"), format_number(counts.get("same", 0)), tone="info"),
        Tile(_("Ditanyakan"), format_number(counts.get("ask", 0)), tone="warn" if counts.get("ask") else "good"),
        Tile(_("Tidak ditemukan"), format_number(counts.get("different", 0)), tone="plain"),
    ]
    if run.recall_ppm is not None:
        share = separated(f"{run.recall_ppm / 10_000:.1f}") + " %"
        tiles.append(Tile(_("Taksiran: ditemukan juga tanpa NIK"), share, _("NIK disembunyikan, lalu dicari lagi")))
    return tiles


def _progress(run: Run) -> Progress | None:
    settled, whole = review.progress(run)
    if not whole:
        return None
    text = _("{done} dari {whole} yang ditanyakan sudah pasti.")
    return Progress(text.format(done=format_number(settled), whole=format_number(whole)), settled, whole)


def _queues(run: Run) -> list[Tile]:
    url = reverse("movement:review", args=[run.pk])
    counts = review.waiting(run)
    return [
        Tile(
            _(QUEUES[name]), format_number(count), url=f"{url}?antrean={name}" if count else "", tone="warn" if count else "plain"
        )
        for name, count in counts.items()
    ]


def _narrowed(run: Run) -> list[tuple[str, list[Link]]]:
    """Ways into parts of the queue, by reason and by village."""
    url = reverse("movement:review", args=[run.pk])
    reasons, villages = review.places(run)
    by_reason = [
        Link(f"{_(WHY[name])} ({format_number(count)})", f"{url}?sebab={name}") for name, count in reasons.items() if name in WHY
    ]
    by_village = [
        Link(f"{shown.village_words(code)} ({format_number(count)})", f"{url}?desa={code}")
        for code, count in list(villages.items())[:12] if code is not None
    ]  # fmt: skip
    return [one for one in ((_("Menurut sebab"), by_reason), (_("Menurut desa"), by_village)) if one[1]]


def _recall(good: Goodness) -> Table | None:
    if not good.recall.get("all", (0, 0))[0]:
        return None
    rows = [
        (_(GROUPS[name]), format_number(hidden), share_words(found, hidden))
        for name, (hidden, found) in good.recall.items()
        if hidden
    ]
    rows += [
        (_("NIK baik"), NOTHING, _("ditemukan lewat NIK-nya; tidak ditaksir")),
        (_("NIK milik orang lain"), NOTHING, _("tidak dapat ditaksir")),
    ]
    columns = [
        Column(_("Kelompok"), lambda one: one[0]),
        Column(_("NIK disembunyikan"), lambda one: one[1], number=True),
        Column(_("Taksiran ditemukan lagi"), lambda one: one[2]),
    ]
    return table(_("Taksiran: berapa peserta ditemukan"), columns, rows)


def _bands(good: Goodness) -> Table | None:
    rows = [one for one in good.bands if one.pairs]
    columns = [
        Column(_("Bobot paling sedikit"), lambda one: bits_text(one.least) if one.least > -1e9 else NOTHING),
        Column(_("Pasangan"), lambda one: format_number(one.pairs), number=True),
        Column(_("Dinilai"), lambda one: format_number(one.judged), number=True),
        Column(_("Benar orang yang sama"), lambda one: share_words(one.right, one.judged) or NOTHING, number=True),
    ]
    return table(_("Contoh mutu menurut bobot"), columns, rows) if rows else None


def _precision(good: Goodness) -> str:
    """How many of those that are linked without people are right, in a sentence."""
    if good.precision is None:
        told = _(
            "Belum dapat ditaksir: {judged} dari {sample} contoh sudah dinilai dua orang; setiap bobot perlu sedikitnya satu."
        )
        return told.format(judged=format_number(good.judged), sample=format_number(good.sample))
    shares = {name: separated(f"{100 * getattr(good.precision, name):.1f}") for name in ("value", "low", "high")}
    text = _("Taksiran: {value} % dari yang dianggap sama memang orang yang sama (antara {low} % dan {high} %).").format(**shares)
    if good.least is not None:
        wanted = separated(f"{100 * WANTED:.0f}")
        text += " " + _("Mulai bobot {least}, {wanted} % benar.").format(least=bits_text(good.least), wanted=wanted)
    return text
