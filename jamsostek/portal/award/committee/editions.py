"""Editions: listed, begun from a sample or another one, written, compared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.scope import current
from jamsostek.awards import reading
from jamsostek.awards.actions import editions as actions
from jamsostek.awards.choices import EditionState, Step
from jamsostek.awards.comparing import differences
from jamsostek.awards.edition import end, start, told
from jamsostek.awards.models import Version
from jamsostek.awards.queries import editions as queries
from jamsostek.awards.queries.editions import Standing, standing, standings
from jamsostek.awards.reading import samples
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.portal.award.committee.contents import sections
from jamsostek.portal.award.committee.told import (
    difference_table,
    edition_link,
    editions_link,
    state_tag,
    tabs,
    title_of,
)
from jamsostek.portal.award.frame import COMMITTEE, edition_of, sample_words, screen
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import Column, Empty, Event, Fact, Form, Link, done, table
from jamsostek.portal.screens.words import NOTHING, date

HERE = "award_committee:home"
FAST = N_("Edisi ini rekaan, jadi batas waktunya boleh dimajukan ke hari yang sudah lewat. Edisi yang sungguhan tidak boleh.")
"""What only an invented edition may, said where its versions stand."""


def runs_nation() -> bool:
    """Whether who looks may write editions: ways that would be refused are not shown."""
    try:
        actions.need_nation()
    except Refused:
        return False
    return True


@door(*COMMITTEE)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """All editions, newest first."""
    found = standings()
    columns = [
        Column(_("Edisi"), edition_link),
        Column(_("Tahun yang dinilai"), lambda one: str(one.says.assessment_year), number=True),
        Column(_("Hari terakhir pencalonan"), lambda one: date(one.says.days.nominate_until)),
        Column(_("Hari terakhir bukti"), lambda one: date(one.says.days.evidence_until)),
        Column(_("Versi"), lambda one: str(one.version), number=True),
        Column(_("Keadaan"), state_tag),
    ]
    way = Link(_("Buat edisi"), reverse("award_committee:edition_new"))
    may = runs_nation()
    context = {
        "table": table(_("Edisi, yang terbaru di atas"), columns, found),
        "empty": Empty(
            _("Belum ada edisi"), _("Panitia nasional membuatnya dari contoh, lalu yang lain membukanya."), way if may else None
        ),
        "ways": [way] if may and found else [],
    }  # fmt: skip
    return screen(request, "committee/base.html", context, title=_("Edisi"), here=HERE, above=[_home()])


def _home() -> Link:
    return Link(_("Panitia"), reverse(HERE))


def above(of: Standing | None = None) -> list[Link]:
    """The pages above an edition's."""
    return [_home(), editions_link(), *([edition_link(of)] if of else [])]


@door(*COMMITTEE)
@require_safe
def show(request: HttpRequest, edition: str) -> HttpResponseBase:
    """An edition: where it stands, what comes next, what may be done."""
    of = edition_of(edition)
    says = of.says
    last = queries.versions(of.id)[0]
    facts = [
        Fact(_("Tahun yang dinilai"), str(says.assessment_year)), Fact(_("Sebutan"), says.label),
        Fact(_("Alamat"), of.code), Fact(_("Versi"), version_words(of, last)),
        Fact(_("Kategori"), str(len(says.categories))),
    ]  # fmt: skip
    context = {
        "tag": state_tag(of), "sample": sample_words(of), "parts": tabs(of, "edition"), "facts": facts, "ways": _ways(of),
        "events": _events(of), "notice": _notice(of, last),
    }  # fmt: skip
    return screen(request, "committee/base.html", context, title=title_of(of), here=HERE, above=above())


def version_words(of: Standing, last: Version) -> str:
    """Which version is in force, by whom and since when."""
    return _("Versi {number}, {who}").format(number=of.version, who=by(last.made_by, last.made_at))


def _notice(of: Standing, last: Version) -> str:
    if of.state == EditionState.DRAFT and runs_nation() and last.made_by == current().user_id:
        return _("Anda yang menulis versi ini, jadi anggota panitia nasional yang lain membukanya.")
    return ""


def _ways(of: Standing) -> list[Link]:
    def way(text: str, name: str) -> Link:
        return Link(text, reverse(f"award_committee:{name}", args=[of.code]))

    if not runs_nation() or of.state in (EditionState.CLOSED, EditionState.CANCELLED):
        return []
    if of.state == EditionState.DRAFT:
        mine = queries.versions(of.id)[0].made_by == current().user_id
        return [*([] if mine else [way(_("Buka edisi"), "open")]), way(_("Ubah"), "edit"), way(_("Batalkan"), "cancel")]
    return [way(_("Ubah"), "edit"), way(_("Tutup edisi"), "close"), way(_("Batalkan"), "cancel")]


def _events(of: Standing) -> list[Event]:
    """What was, what is and what comes, by the edition's days; the database's clock decides, these are its days in words."""
    now, days, says = timezone.now(), of.says.days, of.says
    taken = {one.step: one for one in queries.steps(of.id)}

    def point(text: str, begins: Any, ends: Any, when: str) -> Event:
        state = "next" if now < start(begins) else "done" if now >= end(ends) else "now"
        return Event(text, when, state=state if of.state != EditionState.DRAFT else "next")  # type: ignore[arg-type]

    opened = taken.get(Step.OPENED)
    when = by(opened.by_id, opened.at) if opened else ""
    found = [Event(_("Edisi dibuka"), when, state="done" if opened else "next")]
    nominating = _("{first} sampai {last}").format(first=date(days.nominate_from), last=date(days.nominate_until))
    found.append(point(_("Pencalonan"), days.nominate_from, days.nominate_until, nominating))
    evidence = _("Sampai {day}, tengah malam WIB").format(day=date(days.evidence_until))
    found.append(point(_("Bukti dikirim"), days.nominate_from, days.evidence_until, evidence))
    for level, text in (("province", N_("Juri provinsi menilai")), ("nation", N_("Juri nasional menilai"))):
        if level in days.marks_until:
            until = days.marks_until[level]
            found.append(point(_(text), days.evidence_until, until, _("Sampai {day}").format(day=date(until))))
    if says.ceremony_on:
        found.append(point(_("Penganugerahan"), says.ceremony_on, says.ceremony_on, date(says.ceremony_on)))
    for step, text in ((Step.CLOSED, N_("Edisi ditutup")), (Step.CANCELLED, N_("Edisi dibatalkan"))):
        if one := taken.get(step):
            found.append(Event(_(text), by(one.by_id, one.at), one.reason))
    return found


@door(*COMMITTEE)
@require_safe
def content(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Everything it says, in tables."""
    of = edition_of(edition)
    context = {"tag": state_tag(of), "sample": sample_words(of), "parts": tabs(of, "content"), "sections": sections(of.says)}
    title = _("Isi {name}").format(name=title_of(of))
    return screen(request, "committee/base.html", context, title=title, here=HERE, above=above(of))


# --- versions ---------------------------------------------------------------------------------------------------------------


@door(*COMMITTEE)
@require_safe
def versions(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Every version: who wrote it, when, why, and what it changed."""
    of = edition_of(edition)
    found = queries.versions(of.id)

    def changed(one: Version) -> Any:
        if one.number == 1:
            return NOTHING
        return Link(_("Lihat perubahannya"), reverse("award_committee:compare", args=[of.code, one.number - 1, one.number]))

    columns = [
        Column(
            _("Versi"),
            lambda one: Link(
                _("Versi {number}").format(number=one.number), reverse("award_committee:version", args=[of.code, one.number])
            ),
        ),
        Column(_("Ditulis"), lambda one: by(one.made_by, one.made_at)),
        Column(_("Alasan"), lambda one: one.reason or NOTHING),
        Column(_("Perubahan"), changed),
    ]
    context = {
        "tag": state_tag(of), "sample": sample_words(of), "parts": tabs(of, "versions"),
        "about": _("Versi lama tidak pernah diubah atau dihapus. Sesudah edisi dibuka, setiap versi menyebut alasannya."),
        "notice": _(FAST) if of.says.invented else "",
        "table": table(_("Versi, yang terbaru di atas"), columns, found),
    }  # fmt: skip
    return screen(
        request, "committee/base.html", context, title=_("Versi {name}").format(name=title_of(of)), here=HERE, above=above(of)
    )


def _version(of: Standing, number: int) -> Version:
    found = next((one for one in queries.versions(of.id) if one.number == number), None)
    if found is None:
        raise Http404
    return found


@door(*COMMITTEE)
@require_safe
def version(request: HttpRequest, edition: str, number: int) -> HttpResponseBase:
    """The text of a version, as it was written."""
    of = edition_of(edition)
    one = _version(of, number)
    facts = [
        Fact(_("Ditulis"), by(one.made_by, one.made_at)), Fact(_("Alasan"), one.reason or NOTHING), Fact(_("Sidik"), one.digest),
    ]  # fmt: skip
    ways = []
    if number > 1:
        ways.append(Link(_("Lihat perubahannya"), reverse("award_committee:compare", args=[of.code, number - 1, number])))
    words = _(FAST) if of.says.invented else ""
    context = {"facts": facts, "content": one.content, "ways": ways, "sample": sample_words(of), "notice": words}
    title = _("{name}, versi {number}").format(name=title_of(of), number=number)
    return screen(request, "committee/text.html", context, title=title, here=HERE, above=above(of))


@door(*COMMITTEE)
@require_safe
def compare(request: HttpRequest, edition: str, older: int, newer: int) -> HttpResponseBase:
    """What changed from one version to another."""
    of = edition_of(edition)
    before, after = _version(of, older), _version(of, newer)
    found = differences(reading.read(before.content), reading.read(after.content))
    facts = [Fact(_("Ditulis"), by(after.made_by, after.made_at)), Fact(_("Alasan"), after.reason or NOTHING)]
    title = _("{name}: dari versi {older} ke {newer}").format(name=title_of(of), older=older, newer=newer)
    context = {
        "facts": facts, "sample": sample_words(of), "table": difference_table(_("Yang berubah"), found),
        "empty": Empty(_("Tidak ada yang berubah"), _("Kedua versi mengatakan hal yang sama.")),
    }  # fmt: skip
    listed = Link(_("Versi"), reverse("award_committee:versions", args=[of.code]))
    return screen(request, "committee/base.html", context, title=title, here=HERE, above=[*above(of), listed])


# --- writing ----------------------------------------------------------------------------------------------------------------


class ContentForm(Form):
    """An edition's text."""

    content = forms.CharField(
        label=N_("Isi edisi (YAML)"), strip=False, help_text=N_("Setiap kesalahan disebut dengan tempatnya di dalam teks ini."),
        widget=forms.Textarea(attrs={"class": "script", "lang": "zxx", "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=N_("Alasan"), max_length=500, required=False,
        help_text=N_("Wajib bila edisi ini sudah dibuka; semua orang dapat membacanya."),
    )  # fmt: skip

    def refuse(self, error: InputError) -> None:
        """Whatever is wrong in the text is told at the text."""
        self.add_error("reason" if error.field == "awards_version_reason" else "content", str(error))

    def clean_content(self) -> str:
        """With one kind of line end, as every version is kept."""
        return str(self.cleaned_data["content"]).replace("\r\n", "\n")


class EditForm(ContentForm):
    """And which version it was written after."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**6)


class NewForm(ContentForm):
    """The first version needs no reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]


def _starts() -> dict[str, tuple[str, str]]:
    """From where a new edition may begin: its name in the address to title and text."""
    known = {f"contoh:{code}": (told(reading.read(text).title), text) for code, text in samples().items()}
    for one in standings():
        known[f"edisi:{one.code}"] = (title_of(one), queries.versions(one.id)[0].content)
    return known


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """A new edition: from which text it begins, then the text itself."""
    actions.need_nation()
    starts = _starts()
    asked = request.GET.get("dari", "")
    if asked not in starts:
        rows = [
            (Link(title, f"?dari={key}"), _("Contoh") if key.startswith("contoh:") else _("Edisi"))
            for key, (title, _content) in starts.items()
        ]
        context = {
            "about": _("Pilih teks yang menjadi awalnya. Kode, tanggal, bobot, dan juri diubah sesudahnya."),
            "table": table(
                _("Awal edisi baru"), [Column(_("Teks"), lambda row: row[0]), Column(_("Jenis"), lambda row: row[1])], rows
            ),
        }
        return screen(request, "committee/base.html", context, title=_("Buat edisi"), here=HERE, above=above())
    form = NewForm(request.POST or None, initial={"content": starts[asked][1]})
    if request.method == "POST" and "lihat" not in request.POST and form.did(lambda: _write_new(form.cleaned_data["content"])):
        code = reading.read(form.cleaned_data["content"]).code
        return done(
            request, reverse("award_committee:edition", args=[code]),
            _("Edisi tersimpan. Anggota panitia nasional yang lain membukanya."),
        )  # fmt: skip
    context = {
        "form": form, "yes": _("Simpan edisi"), "try": _("Lihat isinya dulu"), "back": reverse("award_committee:edition_new"),
        "sections": _preview(request, form),
        "text": _("Ganti kodenya: kode itu menjadi alamat edisi dan tidak dapat diubah lagi."),
    }  # fmt: skip
    return screen(request, "committee/form.html", context, title=_("Buat edisi"), here=HERE, above=above())


def _write_new(text: str) -> None:
    code = reading.read(text).code
    if standing(code) is not None:
        raise InputError(
            _("Edisi {code} sudah ada.").format(code=code),
            field="code",
            value=code,
            remedy=_("Tulis kode yang lain di awal teks."),
        )
    actions.write(content=text)


def _preview(request: HttpRequest, form: Form) -> Any:
    """What a text that was sent says, where it can be read."""
    if request.method != "POST" or not form.is_valid():
        return []
    try:
        return sections(reading.read(form.cleaned_data["content"]))
    except InputError as error:
        form.refuse(error)
        return []


def _number(of: Standing) -> int:
    return queries.versions(of.id)[0].number


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, edition: str) -> HttpResponseBase:
    """The next version."""
    actions.need_nation()
    of = edition_of(edition)
    last = queries.versions(of.id)[0]
    form = EditForm(request.POST or None, initial={"content": last.content, "after": last.number})

    def write() -> None:
        given = form.cleaned_data
        actions.write(content=given["content"], reason=given["reason"], code=of.code, after=given["after"])

    if request.method == "POST" and "lihat" not in request.POST and form.did(write):
        said = _("Versi tersimpan.") if _number(of) > last.number else _("Tidak ada yang berubah, jadi tidak ada versi baru.")
        return done(request, reverse("award_committee:versions", args=[of.code]), said)
    found: list[Any] = []
    if request.method == "POST" and "lihat" in request.POST and (told_now := _preview(request, form)):
        changed = differences(of.says, reading.read(form.cleaned_data["content"]))
        words = "" if changed else _("Teks ini mengatakan hal yang sama dengan versi yang berlaku.")
        found = [(_("Yang berubah"), words, [difference_table(_("Yang berubah"), changed)]), *told_now]
    context = {
        "form": form, "yes": _("Simpan versi"), "try": _("Lihat perubahannya dulu"), "sample": sample_words(of),
        "back": reverse("award_committee:edition", args=[of.code]), "sections": found,
    }  # fmt: skip
    title = _("Ubah {name}").format(name=title_of(of))
    return screen(request, "committee/form.html", context, title=title, here=HERE, above=above(of))
