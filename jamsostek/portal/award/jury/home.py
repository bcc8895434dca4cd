"""Where a juror begins: what is to be done, contest by contest; whom they may not judge; leaving."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.scope import current
from jamsostek.awards.actions import juries as actions
from jamsostek.awards.choices import CONFLICTS, INTERESTS, LEVELS, SUBJECTS, EditionState
from jamsostek.awards.edition import told
from jamsostek.awards.models import Interest, Juror, Strike
from jamsostek.awards.queries import juries as queries
from jamsostek.awards.queries.contests import area_words
from jamsostek.awards.queries.editions import Standing, standing
from jamsostek.awards.queries.juries import Contest
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.award.committee.told import title_of
from jamsostek.portal.award.frame import JURORS, sample_words, screen
from jamsostek.portal.award.marked import contest_words, deadline_words
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Tab, Table, Tag, done, table
from jamsostek.portal.screens.words import moment


@dataclass(frozen=True)
class Sitting:
    """A seat of whoever looks, in its edition."""

    row: Juror
    of: Standing

    @property
    def title(self) -> str:
        """`Serikat pekerja, Jawa Timur`."""
        return _("{seat}, {area}").format(
            seat=seat_words(self.of, self.row), area=area_words(self.of, self.row.level, self.row.area)
        )


def seat_words(of: Standing, row: Juror) -> str:
    """A seat's title; its key where the version in force has it no more."""
    jury = of.says.juries.get(row.level)
    return next((told(one.title) for one in jury.seats if one.key == row.seat), row.seat) if jury else row.seat


def sittings() -> list[Sitting]:
    """Seats of whoever looks in editions that were opened, those they left too."""
    found = []
    for row in Juror.objects.filter(user_id=current().user_id or 0).select_related("edition").order_by("-edition_id", "level"):
        of = standing(row.edition.code)
        if of is not None and of.state != EditionState.DRAFT:
            found.append(Sitting(row, of))
    return found


def sitting(code: str) -> Sitting:
    """One of them; a page that does not exist where it is not theirs."""
    found = next((one for one in sittings() if one.row.code == code), None)
    if found is None:
        raise Http404
    return found


def above(one: Sitting) -> list[Link]:
    """The pages over a seat's pages."""
    return [Link(_("Penilaian"), reverse("award_jury:home")), Link(one.title, reverse("award_jury:seat", args=[one.row.code]))]


def tabs(one: Sitting, here: str) -> list[Tab]:
    """The parts of a seat."""
    shown = (
        ("seat", _("Tugas saya")), ("declare", _("Kepentingan")), ("interviews", _("Wawancara")), ("mine", _("Nilai saya")),
    )  # fmt: skip
    return [Tab(text, reverse(f"award_jury:{name}", args=[one.row.code]), name == here) for name, text in shown]


@door(*JURORS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The seats of whoever looks, and what waits in each."""
    columns = [
        Column(_("Kursi"), lambda one: Link(one.title, reverse("award_jury:seat", args=[one.row.code]))),
        Column(_("Edisi"), lambda one: title_of(one.of)),
        Column(_("Tingkat"), lambda one: _(LEVELS[one.row.level])),
        Column(_("Nilai paling lambat"), lambda one: deadline_words(one.of, one.row.level)),
        Column(_("Yang harus dikerjakan"), _next),
    ]
    found = sittings()
    context = {
        "about": _("Anda menilai tanpa melihat nilai juri lain. Semua nilai dibuka bersama sesudah dikunci."),
        "sample": next((sample_words(one.of) for one in found if sample_words(one.of)), ""),
        "table": table(_("Kursi Anda"), columns, found),
        "empty": Empty(_("Anda belum duduk dalam juri"), _("Panitia mengangkat juri; kursi Anda muncul di sini.")),
    }
    return screen(request, "committee/base.html", context, title=_("Penilaian Paritrana"), here="award_jury:home")


def _next(one: Sitting) -> Tag:
    if one.row.left_at is not None:
        return Tag(_("Sudah keluar"), "plain")
    if one.of.state != EditionState.OPEN:
        return Tag(_("Edisi sudah selesai"), "plain")
    if not one.row.interests.exists():
        return Tag(_("Nyatakan kepentingan Anda"), "warn")
    waiting = sum(len(queries.missing(one.row.pk, contest)) for contest in contests(one))
    if waiting:
        return Tag(_("{count} calon belum dinilai").format(count=format_number(waiting)), "warn")
    open_ones = [contest for contest in contests(one) if not _frozen(one, contest)]
    return Tag(_("Kunci nilai Anda"), "warn") if open_ones else Tag(_("Tidak ada"), "good")


def contests(one: Sitting) -> list[Contest]:
    """What a seat judges."""
    area = one.row.area if one.row.level == "province" else None
    return queries.judged_contests(one.of.id, one.of.says, level=one.row.level, area=area)


def _frozen(one: Sitting, contest: Contest) -> bool:
    return any(seat.frozen for seat in queries.seated(one.of.id, contest) if seat.juror.pk == one.row.pk)


@door(*JURORS)
@require_safe
def seat(request: HttpRequest, juror: str) -> HttpResponseBase:
    """A seat: its contests with the progress in each."""
    one = sitting(juror)
    facts = [
        Fact(_("Kursi"), one.title),
        Fact(_("Edisi"), title_of(one.of)),
        Fact(_("Nilai paling lambat"), deadline_words(one.of, one.row.level)),
        Fact(_("Pernyataan kepentingan"), _declared(one)),
    ]
    sits = one.row.left_at is None
    context = {
        "sample": sample_words(one.of), "facts": facts, "parts": tabs(one, "seat"),
        "ways": [
            Link(_("Nyatakan kepentingan"), reverse("award_jury:declare", args=[juror])),
            Link(_("Keluar dari juri"), reverse("award_jury:leave", args=[juror])),
        ] if sits else [],
        "table": _contests(one),
        "empty": Empty(_("Belum ada calon"), _("Calon yang diterima panitia muncul di sini.")),
    }  # fmt: skip
    crumbs = [Link(_("Penilaian"), reverse("award_jury:home"))]
    return screen(request, "committee/base.html", context, title=one.title, here="award_jury:home", above=crumbs)


def _declared(one: Sitting) -> Tag | str:
    rows = list(one.row.interests.all())
    if not rows:
        return Tag(_("Belum"), "warn")
    named = [row.subject_name for row in rows if row.subject]
    return ", ".join(named) if named else _(INTERESTS["none"])


def _contests(one: Sitting) -> Table:
    opened = queries.revealed_contests(one.of.id, one.row.level)

    def progress(contest: Contest) -> str:
        entries = queries.competing(one.of.id, contest)
        excused = queries.conflicts(one.row.pk, [entry.pk for entry in entries])
        left = len(queries.missing(one.row.pk, contest))
        return _("{done} dari {whole} dinilai").format(
            done=format_number(len(entries) - len(excused) - left), whole=format_number(len(entries) - len(excused))
        )

    def state(contest: Contest) -> Tag:
        if contest in opened:
            return Tag(_("Sudah dibuka"), "good")
        return Tag(_("Sudah dikunci"), "info") if _frozen(one, contest) else Tag(_("Belum dikunci"), "warn")

    columns = [
        Column(_("Lomba"), lambda contest: Link(
            contest_words(one.of, contest), reverse("award_jury:contest", args=[one.row.code, contest.category, contest.area])
        )),
        Column(_("Nilai Anda"), progress),
        Column(_("Keadaan"), state),
    ]  # fmt: skip
    return table(_("Yang Anda nilai"), columns, contests(one))


class InterestForm(Form):
    """In whom, and how."""

    kind = forms.ChoiceField(label=N_("Kepentingan Anda"), widget=forms.RadioSelect, choices=list(INTERESTS.items()))
    entry = forms.ChoiceField(label=N_("Pada calon"), required=False, help_text=N_("Kosongkan bila tidak ada kepentingan."))
    note = forms.CharField(
        label=N_("Keterangan"), required=False, max_length=actions.MOST_NOTE, help_text=N_("Wajib untuk kepentingan lain.")
    )

    def __init__(self, *args: object, one: Sitting, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        found = {
            (entry.subject, entry.subject_code): entry
            for contest in contests(one)
            for entry in queries.competing(one.of.id, contest)
        }
        choices = [("", _("Tidak ada")), *(
            (entry.code, _("{name}, {kind}").format(name=entry.name, kind=_(SUBJECTS[entry.subject])))
            for entry in sorted(found.values(), key=lambda e: e.name)
        )]  # fmt: skip
        self.fields["entry"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """A kind other than none names the candidate."""
        given = super().clean() or {}
        if given.get("kind") not in (None, "none") and not given.get("entry"):
            self.add_error("entry", _("Pilih calonnya."))
        return given


@door(*JURORS)
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, juror: str) -> HttpResponseBase:
    """What a juror declares; what the system found by itself stands below."""
    one = sitting(juror)
    form = InterestForm(request.POST or None, one=one)

    def act() -> object:
        given = form.cleaned_data
        return actions.declare(juror=juror, kind=given["kind"], entry=given["entry"], note=given["note"])

    if form.did(act):
        return done(request, reverse("award_jury:declare", args=[juror]), _("Pernyataan Anda tercatat."))
    context = {
        "sample": sample_words(one.of), "parts": tabs(one, "declare"), "form": form, "yes": _("Nyatakan"),
        "text": _("Calon yang Anda sebut tidak Anda nilai. Bila sudah Anda nilai, nilainya dicoret tetapi tetap tersimpan."),
        "back": reverse("award_jury:seat", args=[juror]),
        "sections": [(_("Yang sudah tercatat"), "", [interest_table(one.of, [one.row]), found_table([one])])],
    }  # fmt: skip
    return screen(
        request, "committee/form.html", context, title=_("Kepentingan Anda"), here="award_jury:home", above=above(one)
    )  # fmt: skip


def interest_table(of: Standing, rows: list[Juror]) -> Table:
    """What jurors declared, and when."""
    columns = [
        Column(_("Juri"), lambda one: one.juror.name),
        Column(_("Kepentingan"), lambda one: _(INTERESTS[one.kind])),
        Column(_("Pada calon"), lambda one: one.subject_name),
        Column(_("Keterangan"), lambda one: one.note),
        Column(_("Dinyatakan"), lambda one: moment(one.made_at)),
    ]
    found = Interest.objects.filter(juror__in=rows).select_related("juror")
    return table(_("Pernyataan juri"), columns, list(found))


def found_table(seats: list[Sitting]) -> Table:
    """Whom jurors may not judge, and whether marks were struck."""
    rows = []
    for one in seats:
        entries = [entry for contest in contests(one) for entry in queries.competing(one.of.id, contest)]
        found = queries.conflicts(one.row.pk, [entry.pk for entry in entries])
        struck = set(Strike.objects.filter(juror=one.row).values_list("entry_id", flat=True))
        rows += [(one, entry, found[entry.pk], entry.pk in struck) for entry in entries if entry.pk in found]
    columns = [
        Column(_("Juri"), lambda row: row[0].row.name),
        Column(_("Nama calon"), lambda row: row[1].name),
        Column(_("Lomba"), lambda row: contest_words(row[0].of, Contest(row[1].category, row[1].level, row[1].area))),
        Column(_("Mengapa tidak menilai"), lambda row: _(CONFLICTS[row[2]])),
        Column(_("Nilai juri ini"), lambda row: Tag(_("Dicoret"), "warn") if row[3] else Tag(_("Tidak dinilai"), "plain")),
    ]
    return table(_("Calon yang tidak dinilai"), columns, rows)


class LeaveForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=actions.MOST_NOTE)


@door(*JURORS)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, juror: str) -> HttpResponseBase:
    """Leaving by one's own wish."""
    one = sitting(juror)
    form = LeaveForm(request.POST or None)
    if form.did(lambda: actions.leave(juror=juror, how="own_wish", reason=form.cleaned_data["reason"])):
        return done(request, "award_jury:home", _("Anda keluar dari juri."))
    context = {
        "sample": sample_words(one.of), "form": form, "yes": _("Keluar dari juri"), "danger": True,
        "text": _("Nilai yang sudah Anda kunci tetap dihitung. Yang belum dikunci tidak dihitung. Anda tidak dapat kembali."),
        "back": reverse("award_jury:seat", args=[juror]),
    }  # fmt: skip
    return screen(
        request, "committee/form.html", context, title=_("Keluar dari juri"), here="award_jury:home", above=above(one)
    )  # fmt: skip
