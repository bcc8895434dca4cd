"""Results for the committee: computed by one, decided by another, published, annulled by two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.scope import current
from jamsostek.awards.actions import results as actions
from jamsostek.awards.choices import LEVELS, EditionState
from jamsostek.awards.edition import Edition
from jamsostek.awards.outcome import winners_in
from jamsostek.awards.queries import results as queries
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.juries import Contest as JuryContest
from jamsostek.awards.queries.juries import revealed_contests
from jamsostek.awards.queries.results import Contest, ResultRow, ResultState
from jamsostek.awards.rights import runs
from jamsostek.awards.scoring import said
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.award.committee.contests import open_file_facts
from jamsostek.portal.award.committee.told import edition_link, editions_link, tabs, title_of
from jamsostek.portal.award.frame import COMMITTEE, edition_of, sample_words, screen
from jamsostek.portal.award.public.contests import edition_then
from jamsostek.portal.award.shown import area_words, contest_words, points, rank_words, state_tag
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import Column, DecideForm, Empty, Fact, Form, Link, Table, Tag, done, paged, table
from jamsostek.portal.screens.words import NOTHING, moment


def above(of: Standing) -> list[Link]:
    """The way up."""
    return [
        Link(_("Panitia"), reverse("award_committee:home")), editions_link(), edition_link(of),
        Link(_("Hasil"), reverse("award_committee:results", args=[of.code])),
    ]  # fmt: skip


@door(*COMMITTEE)
@require_safe
def listing(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Every contest with its result, and what can be published."""
    of = edition_of(edition)
    mine = [one for one in queries.contests(of.id) if runs(*queries.place_of(one.level, one.area))]
    there = {row.of: row for row in queries.annulled(of.id)}
    there |= {row.of: row for row in reversed(queries.results(of.id)) if row.state in (ResultState.PROPOSED, ResultState.DECIDED)}
    shown = paged(request, mine, total=len(mine))
    columns = [
        Column(_("Lomba"), lambda one: _contest_link(of, one, there.get((one.category, one.level, one.area)))),
        Column(_("Tingkat"), lambda one: _(LEVELS[one.level])),
        Column(_("Di"), lambda one: area_words(of.says, one.level, one.area)),
        Column(_("Calon"), lambda one: format_number(one.entries), number=True),
        Column(_("Hasil"), lambda one: _state(there.get((one.category, one.level, one.area)))),
        Column(_("Pemenang"), lambda one: _winners(there.get((one.category, one.level, one.area)))),
        Column(_("Kerjakan"), lambda one: _way(of, one, there.get((one.category, one.level, one.area)))),
    ]
    places = _places(of, mine, there)
    context = {
        "sample": sample_words(of), "parts": tabs(of, "results"), "paged": shown,
        "table": table(_("Lomba dan hasilnya"), columns, shown.rows),
        "empty": Empty(_("Belum ada lomba"), _("Lomba tampak di sini sesudah calonnya diterima.")),
        "sections": [(_("Pengumuman"), _("Satu tingkat diumumkan sekaligus, sesudah semua lombanya diputuskan."), [places])],
        "ways": [Link(_("Daftar acara"), reverse("award_committee:ceremony", args=[of.code]))],
    }  # fmt: skip
    title = _("Hasil {name}").format(name=title_of(of))
    return screen(request, "committee/base.html", context, title=title, here="award_committee:home", above=above(of)[:-1])


def _contest_link(of: Standing, one: Contest, row: ResultRow | None) -> Link | str:
    name = of.says.categories[one.category].name if one.category in of.says.categories else one.category
    return Link(name, result_url(of.code, row.code)) if row else name


def result_url(edition: str, code: str) -> str:
    """A result's page."""
    return reverse("award_committee:result", args=[edition, code])


def _state(row: ResultRow | None) -> Tag:
    return state_tag(row.state) if row else Tag(_("belum dihitung"), "plain")


def _winners(row: ResultRow | None) -> str:
    if row is None or row.state == ResultState.ANNULLED:
        return NOTHING
    return "; ".join(place["name"] for place in winners_in(row.said)) or _("tidak ada pemenang")


def _way(of: Standing, one: Contest, row: ResultRow | None) -> Link | str:
    public = queries.place_of(one.level, one.area) in queries.publications(of.id)
    if of.state != EditionState.OPEN or (public and row is not None and row.state == ResultState.DECIDED):
        return NOTHING
    return compute_link(of, one, _("Hitung lagi") if row else _("Hitung"))


def compute_link(of: Standing, one: Contest | ResultRow, words: str) -> Link:
    """Where a contest is computed."""
    query = urlencode({"kategori": one.category, "tingkat": one.level, "wilayah": str(one.area)})
    return Link(words, f"{reverse('award_committee:compute', args=[of.code])}?{query}")


def _places(of: Standing, mine: Sequence[Contest], there: dict[Any, ResultRow]) -> Table:
    public = queries.publications(of.id)
    places = sorted({queries.place_of(one.level, one.area) for one in mine}, reverse=True)

    def left(place: tuple[str, int]) -> int:
        here = [one for one in mine if queries.place_of(one.level, one.area) == place]
        found = [there.get((one.category, one.level, one.area)) for one in here]
        return sum(row is None or row.state != ResultState.DECIDED for row in found)

    def way(place: tuple[str, int]) -> Link | str:
        if place in public or left(place) or of.state != EditionState.OPEN:
            return NOTHING
        query = urlencode({"tingkat": place[0], "wilayah": str(place[1])})
        return Link(_("Umumkan"), f"{reverse('award_committee:publish', args=[of.code])}?{query}")

    columns = [
        Column(_("Tingkat"), lambda place: _(LEVELS[place[0]])),
        Column(_("Di"), lambda place: _place_words(place)),
        Column(_("Belum diputuskan"), lambda place: format_number(left(place)), number=True),
        Column(_("Diumumkan"), lambda place: moment(public[place].at) if place in public else _("belum")),
        Column(_("Kerjakan"), way),
    ]
    return table(_("Yang diumumkan bersama"), columns, places)


def _place_words(place: tuple[str, int]) -> str:
    return PROVINCES[place[1]].name if place[0] == "province" else _("Seluruh Indonesia")


# --- computing ---------------------------------------------------------------------------------------------------------------


class ComputeForm(Form):
    """From which snapshot, and why again."""

    snapshot = forms.ChoiceField(label=N_("Potret akhir"))
    reason = forms.CharField(
        label=N_("Mengapa dihitung lagi"),
        max_length=500,
        required=False,
        help_text=N_("Wajib bila lomba ini sudah ada hasilnya."),
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, options: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["snapshot"].choices = list(options)  # type: ignore[attr-defined]


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def compute(request: HttpRequest, edition: str) -> HttpResponseBase:
    """The result of a contest (`?kategori=&tingkat=&wilayah=`) out of a final snapshot."""
    of = edition_of(edition)
    contest = next(
        (one for one in queries.contests(of.id) if (one.category, one.level, str(one.area)) == _asked(request)), None
    )  # fmt: skip
    if contest is None or not runs(*queries.place_of(contest.level, contest.area)):
        raise Http404
    kept = queries.final_snapshots(of.id, contest.level, of.version, _revealed_at(of, contest))
    words = _("Potret {number}, {when}")
    options = [(str(one.number), words.format(number=one.number, when=moment(one.made_at))) for one in kept]
    form = ComputeForm(request.POST or None, options=options)
    made: list[ResultRow] = []

    def act() -> None:
        made.append(
            actions.compute(
                edition=of.code, category=contest.category, level=contest.level, area=contest.area,
                snapshot=int(form.cleaned_data["snapshot"]), reason=form.cleaned_data["reason"],
            )
        )  # fmt: skip

    if form.did(act):
        return done(request, result_url(of.code, made[0].code), _("Hasil dihitung. Berlaku sesudah orang lain memutuskannya."))
    context = {
        "sample": sample_words(of), "form": form, "yes": _("Hitung hasil"),
        "back": reverse("award_committee:results", args=[of.code]),
        "facts": [Fact(_("Lomba"), contest_words(of.says, contest.category, contest.level, contest.area)),
                  Fact(_("Calon"), format_number(contest.entries)),
                  *open_file_facts(of, contest.category, contest.level, contest.area)],
        "text": "" if options else _why_no_snapshot(of, contest),
    }  # fmt: skip
    return screen(
        request, "committee/form.html", context, title=_("Hitung hasil lomba"), here="award_committee:home", above=above(of)
    )  # fmt: skip


def _revealed_at(of: Standing, contest: Contest) -> dt.datetime | None:
    """When the marks of a judged contest were revealed: a snapshot from before does not hold them."""
    if not of.says.judged(contest.category):
        return None
    found = revealed_contests(of.id, contest.level).get(JuryContest(contest.category, contest.level, contest.area))
    return found.at if found is not None else None


def _why_no_snapshot(of: Standing, contest: Contest) -> str:
    if queries.final_snapshots(of.id, contest.level, of.version):
        return _("Potret akhir yang ada diambil sebelum nilai juri lomba ini dibuka; ambil potret akhir yang baru dahulu.")
    return _("Belum ada potret akhir dari versi aturan yang berlaku; ambil potretnya dahulu.")


def _asked(request: HttpRequest) -> tuple[str, str, str]:
    return request.GET.get("kategori", ""), request.GET.get("tingkat", ""), request.GET.get("wilayah", "")


# --- one result --------------------------------------------------------------------------------------------------------------


def found_result(of: Standing, code: str) -> ResultRow:
    """A result of an edition that whoever looks runs; a page that does not exist where there is none."""
    row = queries.result(code)
    if row is None or row.edition_id != of.id or not runs(*queries.place_of(row.level, row.area)):
        raise Http404
    return row


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, edition: str, result_code: str) -> HttpResponseBase:
    """A result whole; another than who computed it decides here."""
    of = edition_of(edition)
    row = found_result(of, result_code)
    says = edition_then(row)
    form = DecideForm(request.POST or None)
    if form.did(lambda: actions.decide(code=row.code, decided=form.approved, reason=form.cleaned_data["decision"])):
        return done(request, request.path, _("Hasil ditolak.") if not form.approved else _decided_words(of, row))
    why_not = _("Anda sendiri yang menghitung hasil ini; orang lain memutuskannya.") if row.made_by == current().user_id else ""
    waits = row.state == ResultState.PROPOSED
    context = {
        "sample": sample_words(of), "tag": state_tag(row.state), "facts": _facts(of, row), "table": _ranking(says, row),
        "form": form if waits and not why_not else None,
        "notices": [one for one in (why_not, _old_rules(of, row), _at_once(of, row)) if one] if waits else [],
        "yes": _("Simpan keputusan"), "ways": _ways(of, row),
    }  # fmt: skip
    title = contest_words(says, row.category, row.level, row.area)
    return screen(request, "committee/result.html", context, title=title, here="award_committee:home", above=above(of))


def _is_public(of: Standing, row: ResultRow) -> bool:
    return queries.place_of(row.level, row.area) in queries.publications(of.id)


def _at_once(of: Standing, row: ResultRow) -> str:
    """In a public level a decision is read by everybody at once."""
    if not _is_public(of, row):
        return ""
    return _("Tingkat ini sudah diumumkan: begitu diputuskan, hasil ini dibaca semua orang dan sertifikatnya terbit.")


def _old_rules(of: Standing, row: ResultRow) -> str:
    if row.version == of.version:
        return ""
    words = _("Hasil ini dari aturan versi {old}; yang berlaku versi {new}. Ambil potret akhir yang baru, lalu hitung lagi.")
    return words.format(old=row.version, new=of.version)


def _decided_words(of: Standing, row: ResultRow) -> str:
    if _is_public(of, row):
        return _("Hasil diputuskan, dan langsung diumumkan: tingkat ini sudah diumumkan sebelumnya. Sertifikatnya terbit.")
    return _("Hasil diputuskan.")


def _facts(of: Standing, row: ResultRow) -> list[Fact]:
    facts = [
        Fact(_("Dihitung"), by(row.made_by, row.made_at)),
        Fact(_("Dari potret"), str(row.snapshot)),
        Fact(_("Akar potret"), row.root),
        Fact(_("Sidik digital hasil (SHA-256)"), row.digest),
        Fact(_("Versi aturan"), str(row.version)),
        Fact(_("Tempat pemenang"), str(row.said["winners"])),
        Fact(_("Yang maju"), str(row.said["promoted"]) if row.said["promoted"] else NOTHING),
        *open_file_facts(of, row.category, row.level, row.area),
    ]
    if row.replaces:
        facts += [Fact(_("Menggantikan"), Link(row.replaces, result_url(of.code, row.replaces))), Fact(_("Karena"), row.reason)]
    if row.answered_at:
        text = f"{by(row.answered_by, row.answered_at)} {row.answer_reason}".strip()
        facts.append(Fact(_("Ditolak") if row.state == ResultState.REFUSED else _("Diputuskan"), text))
    if row.annulled_why:
        facts.append(Fact(_("Dibatalkan karena"), row.annulled_why))
    return facts


def _ranking(says: Edition, row: ResultRow) -> Table:
    columns = [
        Column(_("Nama calon"), lambda place: place["name"]),
        Column(_("Peringkat"), lambda place: rank_words(place, row.said["rows"])),
        Column(_("Nilai keseluruhan"), lambda place: points(place["score"]), number=True),
        Column(
            _("Penghargaan"),
            lambda place: Tag(_("menerima"), "good") if place["honoured"]
            else "; ".join(said(reason, dict(says.criteria)) for reason in place["why"]) or NOTHING,
        ),
    ]  # fmt: skip
    return table(_("Peringkat"), columns, row.said["rows"])


def _ways(of: Standing, row: ResultRow) -> list[Link]:
    if row.state == ResultState.PROPOSED and row.version != of.version and of.state == EditionState.OPEN:
        return [compute_link(of, row, _("Hitung lagi"))]
    if row.state != ResultState.DECIDED:
        return []
    if row.asked is not None:
        return [Link(_("Jawab permintaan pembatalan"), reverse("award_committee:annulment", args=[of.code, row.code]))]
    return [Link(_("Minta pembatalan"), reverse("award_committee:annul", args=[of.code, row.code]))]


# --- publishing and annulling ------------------------------------------------------------------------------------------------


class SureForm(Form):
    """Nothing but yes."""

    sure = forms.BooleanField(label=N_("Saya sudah memeriksa daftar pemenangnya"))


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, edition: str) -> HttpResponseBase:
    """A level of an edition (`?tingkat=&wilayah=`) becomes public."""
    of = edition_of(edition)
    level, asked = request.GET.get("tingkat", ""), request.GET.get("wilayah", "")
    area = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else -1
    if level not in LEVELS or (level == "province") != (area in PROVINCES) or not runs(level, area):
        raise Http404
    if (level, area) in queries.publications(of.id):
        return done(request, reverse("award_committee:results", args=[of.code]), _already(of, level, area))
    rows = [row for row in queries.decided(of.id, level=level) if queries.place_of(row.level, row.area) == (level, area)]
    form = SureForm(request.POST or None)
    if form.did(lambda: actions.publish(edition=of.code, level=level, area=area)):
        words = _("Hasil diumumkan, sertifikat diterbitkan, dan yang terbaik maju ke tingkat berikutnya.")
        return done(request, reverse("award_committee:results", args=[of.code]), words)
    columns = [
        Column(_("Lomba"), lambda row: contest_words(of.says, row.category, row.level, row.area)),
        Column(_("Pemenang"), _winners),
        Column(_("Diputuskan"), lambda row: by(row.answered_by, row.answered_at)),
    ]
    context = {
        "sample": sample_words(of), "form": form, "yes": _("Umumkan"), "back": reverse("award_committee:results", args=[of.code]),
        "about": _("Sesudah diumumkan semua orang membacanya. Membatalkannya memerlukan dua orang dan alasan."),
        "sections": [(_("Yang diumumkan"), "", [table(_("Yang diumumkan"), columns, rows)])],
    }  # fmt: skip
    title = _("Umumkan hasil: {place}").format(place=f"{_(LEVELS[level])}, {_place_words((level, area))}")
    return screen(request, "committee/form.html", context, title=title, here="award_committee:home", above=above(of))


def _already(of: Standing, level: str, area: int) -> str:
    """When a level became public, and what is still to be decided there."""
    when = moment(queries.publications(of.id)[level, area].at)
    there = {row.of for row in queries.decided(of.id, level=level)}
    left = [
        one for one in queries.contests(of.id, level=level)
        if queries.place_of(one.level, one.area) == (level, area) and (one.category, one.level, one.area) not in there
    ]  # fmt: skip
    if not left:
        return _("Tingkat ini sudah diumumkan pada {when}.").format(when=when)
    words = _("Tingkat ini sudah diumumkan pada {when}. Belum diputuskan: {names}; masing-masing diumumkan begitu diputuskan.")
    names = ", ".join(contest_words(of.says, one.category, one.level, one.area) for one in left)
    return words.format(when=when, names=names)


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=500, widget=forms.Textarea, help_text=N_("Semua orang membacanya."))


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def annul(request: HttpRequest, edition: str, result_code: str) -> HttpResponseBase:
    """Asks that a decided result be annulled."""
    of = edition_of(edition)
    row = found_result(of, result_code)
    form = ReasonForm(request.POST or None)
    if form.did(lambda: actions.ask_annulment(code=row.code, reason=form.cleaned_data["reason"])):
        return done(request, result_url(of.code, row.code), _("Diminta. Berlaku sesudah orang lain mengesahkannya."))
    words = _("Sesudah disahkan orang lain, sertifikatnya dicabut. Calon yang sudah maju didiskualifikasi tersendiri.")
    context = {
        "sample": sample_words(of), "form": form, "yes": _("Minta pembatalan"), "danger": True, "about": words,
        "back": result_url(of.code, row.code),
    }  # fmt: skip
    return screen(
        request, "committee/form.html", context, title=_("Minta pembatalan hasil"), here="award_committee:home", above=above(of)
    )  # fmt: skip


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def annulment(request: HttpRequest, edition: str, result_code: str) -> HttpResponseBase:
    """Confirms that a result is annulled, or turns it down; another than who asked."""
    of = edition_of(edition)
    row = found_result(of, result_code)
    if row.asked is None:
        return done(request, result_url(of.code, row.code), _("Tidak ada pembatalan yang menunggu."))
    form = DecideForm(request.POST or None)
    if form.did(
        lambda: actions.answer_annulment(code=row.code, confirmed=form.approved, reason=form.cleaned_data["decision"])
    ):  # fmt: skip
        return done(request, result_url(of.code, row.code), _("Dijawab."))
    context = {
        "sample": sample_words(of), "form": form, "yes": _("Simpan jawaban"), "danger": True,
        "facts": [Fact(_("Diminta"), by(row.asked.asked_by, row.asked.asked_at)), Fact(_("Alasan"), row.asked.reason)],
        "back": result_url(of.code, row.code),
    }  # fmt: skip
    return screen(
        request,
        "committee/form.html",
        context,
        title=_("Jawab permintaan pembatalan"),
        here="award_committee:home",
        above=above(of),
    )
