"""Snapshots of an edition: taken by a job, listed, one with its digests, what was measured of whom, taken away as a file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
from django import forms
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.awards.actions import snapshots as actions
from jamsostek.awards.choices import LEVELS, SUBJECTS, EditionState
from jamsostek.awards.edition import Edition, told
from jamsostek.awards.measures import ABSENT, UNITS, WORDS
from jamsostek.awards.models import Snapshot, SnapshotRun
from jamsostek.awards.queries import snapshots as queries
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.scoring import MILLION, MISSING
from jamsostek.awards.snapshot.fields import measured_ppm
from jamsostek.awards.snapshot.schema import DEN, NUM, TABLES, criteria_of, measures, subjects_of
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.award.committee.told import edition_link, editions_link, state_tag, tabs, title_of
from jamsostek.portal.award.frame import COMMITTEE, edition_of, sample_words, screen
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Progress, Tag, done, export, paged, part, table, wants_part
from jamsostek.portal.screens.words import NOTHING, month

HERE = "award_committee:home"
KINDS = {"measured": N_("Ukuran saja"), "final": N_("Lengkap: ukuran, calon, nilai juri, daftar bukti")}
TITLES = {"entries": N_("Calon yang diterima"), "marks": N_("Nilai juri"), "evidence": N_("Bukti yang diterima")}


def _above(of: Standing, *more: Link) -> list[Link]:
    return [Link(_("Panitia"), reverse(HERE)), editions_link(), edition_link(of), *more]


def _list_link(of: Standing) -> Link:
    return Link(_("Potret"), reverse("award_committee:snapshots", args=[of.code]))


def _url(of: Standing, one: Snapshot, name: str = "snapshot", *more: str) -> str:
    return reverse(f"award_committee:{name}", args=[of.code, one.number, *more])


def _found(edition: str, number: int) -> tuple[Standing, Snapshot]:
    of = edition_of(edition)
    try:
        return of, queries.snapshot(of.id, number)
    except Refused:
        raise Http404 from None


@door(*COMMITTEE)
@require_safe
def listing(request: HttpRequest, edition: str) -> HttpResponseBase:
    """All that were taken, and what is under way."""
    of = edition_of(edition)
    shown = paged(request, queries.snapshots(of.id))
    columns = [
        Column(_("Potret"), lambda one: Link(_("Potret {number}").format(number=one.number), _url(of, one))),
        Column(_("Tingkat"), lambda one: _(LEVELS[one.level])),
        Column(_("Jenis"), lambda one: _(KINDS[one.kind])),
        Column(_("Versi edisi"), lambda one: str(one.version), number=True),
        Column(_("Sidik"), lambda one: one.root[:16]),
        Column(_("Diambil"), lambda one: by(one.made_by, one.made_at)),
    ]
    way = Link(_("Ambil potret"), reverse("award_committee:snapshot_take", args=[of.code]))
    may = of.state != EditionState.CANCELLED
    context = {
        "tag": state_tag(of), "sample": sample_words(of), "parts": tabs(of, "snapshots"), "paged": shown,
        "notice": _("Potret menyimpan semua ukuran pada bulan {month}. Nilai dihitung dari potret, dan siapa pun yang memegang "
                    "berkasnya dapat menghitungnya ulang.").format(month=month(of.says.measured_month)),
        "table": table(_("Potret, yang terbaru di atas"), columns, shown.rows),
        "empty": Empty(_("Belum ada potret"), _("Ambil yang pertama setelah bulan ukuran selesai."), way if may else None),
        "ways": [way] if may and shown.rows else [],
        "sections": [(_("Permintaan terakhir"), "", [_runs(of)])] if queries.runs(of.id) else [],
    }  # fmt: skip
    title = _("Potret {name}").format(name=title_of(of))
    return screen(request, "committee/base.html", context, title=title, here=HERE, above=_above(of))


def _runs(of: Standing) -> Any:
    columns = [
        Column(_("Diminta"), lambda one: Link(
            by(one.asked_by, one.asked_at), reverse("award_committee:snapshot_run", args=[of.code, one.pk])
        )),
        Column(_("Tingkat"), lambda one: _(LEVELS[one.level])),
        Column(_("Jenis"), lambda one: _(KINDS[one.kind])),
        Column(_("Keadaan"), _run_tag),
    ]  # fmt: skip
    return table(_("Lima permintaan terakhir"), columns, queries.runs(of.id))


def _run_tag(one: SnapshotRun) -> Tag:
    if one.ended_at is None:
        return Tag(_("Sedang diambil"), "info")
    return Tag(_("Gagal"), "bad") if one.problem else Tag(_("Selesai"), "good")


class TakeForm(Form):
    """Which snapshot."""

    level = forms.ChoiceField(
        label=N_("Tingkat"), choices=[(name, words) for name, words in LEVELS.items()], widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(
        label=N_("Isi potret"), choices=list(KINDS.items()), widget=forms.RadioSelect,
        help_text=N_("Hasil diputuskan dari potret lengkap, setelah nilai juri dibuka."),
    )  # fmt: skip


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Asks for one; a job takes it."""
    of = edition_of(edition)
    form = TakeForm(request.POST or None, initial={"level": "province", "kind": "measured"})
    if request.method == "POST" and form.is_valid():
        try:
            run = actions.ask(code=of.code, level=form.cleaned_data["level"], kind=form.cleaned_data["kind"])
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, reverse("award_committee:snapshot_run", args=[of.code, run.pk]), _("Potretnya diambil."))
    context = {
        "form": form, "sample": sample_words(of), "yes": _("Ambil potret"), "back": _list_link(of).url,
        "text": _("Yang dihitung: semua yang dinilai edisi ini, dari catatan sampai hari ini. Hanya jumlah yang disimpan, tidak "
                  "ada nama orang."),
    }  # fmt: skip
    return screen(request, "committee/form.html", context, title=_("Ambil potret"), here=HERE, above=_above(of, _list_link(of)))


@door(*COMMITTEE)
@require_safe
def run(request: HttpRequest, edition: str, number: int) -> HttpResponseBase:
    """How far a request is, and what came of it."""
    of = edition_of(edition)
    try:
        one = queries.run(of.id, number)
    except Refused:
        raise Http404 from None
    running = one.ended_at is None
    made = one.snapshot
    share = int(100 * (queries.progress(one.pk) or 0))
    context = {
        "run": one, "running": running, "of": of, "sample": sample_words(of), "parts": tabs(of, "snapshots"),
        "tag": _run_tag(one), "here_url": reverse("award_committee:snapshot_run", args=[of.code, one.pk]),
        "progress": Progress(_("{share} % selesai").format(share=share), share, 100) if running else None,
        "made": Link(_("Buka potret {number}").format(number=made.number), _url(of, made)) if made else None,
        "facts": [
            Fact(_("Tingkat"), _(LEVELS[one.level])), Fact(_("Isi potret"), _(KINDS[one.kind])),
            Fact(_("Diminta"), by(one.asked_by, one.asked_at)),
        ],
    }  # fmt: skip
    if wants_part(request):
        return part(request, "award/committee/snapshot_state.html", context)
    return screen(
        request,
        "committee/snapshot_run.html",
        context,
        title=_("Pengambilan potret"),
        here=HERE,
        above=_above(of, _list_link(of)),
    )


@door(*COMMITTEE)
@require_safe
def show(request: HttpRequest, edition: str, number: int) -> HttpResponseBase:
    """One: its digests, how much is in it, what each measure is of."""
    of, one = _found(edition, number)
    kinds = [name for name in SUBJECTS if f"measures-{name}" in one.counts]
    facts = [
        Fact(_("Tingkat"), _(LEVELS[one.level])), Fact(_("Isi potret"), _(KINDS[one.kind])),
        Fact(_("Bulan ukuran"), month(one.month)), Fact(_("Versi edisi"), str(one.version)),
        Fact(_("Sidik"), one.root), Fact(_("Sidik berkas"), one.file_digest),
        Fact(_("Besar berkas, kB"), format_number(-(-one.bytes // 1_000))), Fact(_("Diambil"), by(one.made_by, one.made_at)),
    ]  # fmt: skip
    columns = [
        Column(_("Isi potret"), lambda name: Link(_(SUBJECTS[name]), _url(of, one, "snapshot_table", name))),
        Column(_("Baris"), lambda name: format_number(one.counts[f"measures-{name}"]), number=True),
    ]
    others = [
        Column(_("Isi potret"), lambda name: _(TITLES[name])),
        Column(_("Baris"), lambda name: format_number(one.counts.get(name, 0)), number=True),
    ]
    says = queries.edition_of(one)
    sections = [
        (_("Ukuran"), "", [table(_("Berapa yang diukur"), columns, kinds)]),
        *([(_("Penilaian"), "", [table(_("Yang ikut disegel"), others, list(TABLES))])] if one.kind == "final" else []),
        (_("Diukur dengan apa"), "", [_measured_by(says, name) for name in kinds]),
    ]
    context = {
        "sample": sample_words(of), "parts": tabs(of, "snapshots"), "facts": facts, "sections": sections,
        "ways": [Link(_("Unduh berkas potret"), _url(of, one, "snapshot_file"))],
        "notice": _("Periksa berkasnya dengan perintah jamsostek award verify, di mesin mana pun."),
    }  # fmt: skip
    title = _("Potret {number} {name}").format(number=one.number, name=title_of(of))
    return screen(request, "committee/base.html", context, title=title, here=HERE, above=_above(of, _list_link(of)))


def _measured_by(says: Edition, subject: str) -> Any:
    columns = [
        Column(_("Ukuran"), lambda key: told(says.criteria[key].title)),
        Column(_("Yang dihitung"), lambda key: _(WORDS[says.criteria[key].measure].above)),
        Column(_("Pembagi"), lambda key: _(WORDS[says.criteria[key].measure].below)),
        Column(_("Satuan"), lambda key: _(UNITS[WORDS[says.criteria[key].measure].unit])),
        Column(_("Yang tidak terlihat"), lambda key: _(WORDS[says.criteria[key].measure].unseen)),
    ]
    return table(_("{subject}: apa per apa").format(subject=_(SUBJECTS[subject])), columns, list(criteria_of(says, subject)))


@door(*COMMITTEE)
@require_safe
def measured(request: HttpRequest, edition: str, number: int, subject: str) -> HttpResponseBase:
    """What was measured of a kind of subject, one by one."""
    of, one = _found(edition, number)
    says = queries.edition_of(one)
    if subject not in subjects_of(says):
        raise Http404
    found = queries.table(one, measures(subject))
    criteria = criteria_of(says, subject)
    if request.GET.get("bentuk"):
        headings = [_("Kode"), _("Nama")]
        for key in criteria:
            name = told(says.criteria[key].title)
            headings += [name, _("Yang dihitung: {name}").format(name=name), _("Pembagi: {name}").format(name=name)]
        headings += [sample_words(of)] if sample_words(of) else []
        return export(request, f"potret-{of.code}-{one.number}-{subject}", headings, _lines(found, criteria))
    places = paged(request, range(found.num_rows))
    rows = found.take(list(places.rows)) if places.rows else found.slice(0, 0)
    values = {key: measured_ppm(rows, key) for key in criteria}
    told_rows = rows.to_pylist()
    columns = [
        Column(_("Nama"), lambda at: told_rows[at]["name"]),
        Column(_("Kode"), lambda at: told_rows[at]["code"]),
        *(Column(told(says.criteria[key].title), partial(_value, values[key]), number=True) for key in criteria),
        Column(_("Yang tidak dapat dihitung"), lambda at: absent_words(says, told_rows[at]["absent"])),
    ]
    caption = _("{subject}, bulan {month}").format(subject=_(SUBJECTS[subject]), month=month(one.month))
    context = {
        "sample": sample_words(of), "parts": tabs(of, "snapshots"), "paged": places,
        "table": table(caption, columns, range(rows.num_rows)),
        "empty": Empty(_("Tidak ada yang diukur"), _("Tidak ada yang tercatat pada bulan ukuran.")),
        "export_url": "?" if found.num_rows else "",
    }  # fmt: skip
    link = Link(_("Potret {number}").format(number=one.number), _url(of, one))
    title = _("{subject}: yang diukur").format(subject=_(SUBJECTS[subject]))
    return screen(request, "committee/base.html", context, title=title, here=HERE, above=_above(of, _list_link(of), link))


def ppm_words(value: int) -> str:
    """A measure as per cent with two decimals; a dash where it is missing."""
    if value == MISSING:
        return NOTHING
    hundredths = (abs(value) * 20_000 + MILLION) // (2 * MILLION)
    text = f"{hundredths // 100:,}".replace(",", ".") + f",{hundredths % 100:02d} %"
    return f"−{text}" if value < 0 else text


def _value(values: Any, at: int) -> str:
    return ppm_words(int(values[at]))


def absent_words(says: Edition, absent: str) -> str:
    """Why measures of a subject are missing, each reason with what it is about."""
    reasons: dict[str, list[str]] = {}
    for one in absent.split():
        key, _sign, why = one.partition("=")
        reasons.setdefault(why, []).append(told(says.criteria[key].title))
    return "; ".join(f"{', '.join(names)}: {_(ABSENT[why])}" for why, names in reasons.items()) or NOTHING


def _lines(found: Any, criteria: tuple[str, ...]) -> Iterator[list[object]]:
    values = {key: measured_ppm(found, key) for key in criteria}
    for first in range(0, found.num_rows, 10_000):
        for at, row in enumerate(found.slice(first, 10_000).to_pylist(), first):
            line: list[object] = [row["code"], row["name"]]
            for key in criteria:
                value = values[key][at]
                line += [None if value == MISSING else float(np.float64(value) / MILLION), row[f"{NUM}{key}"], row[f"{DEN}{key}"]]
            yield line


@door(*COMMITTEE)
@require_safe
def file(request: HttpRequest, edition: str, number: int) -> HttpResponseBase:
    """The file itself."""
    import shutil
    import tempfile

    of, one = _found(edition, number)
    taken = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    with queries.opened(one) as kept:
        shutil.copyfileobj(kept, taken)
    taken.seek(0)
    name = f"potret-{of.code}-{one.number}.zip"
    return FileResponse(taken, as_attachment=True, filename=name, content_type="application/zip")
