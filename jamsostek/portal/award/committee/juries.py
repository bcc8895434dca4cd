"""Seats of the jury: who sits where, appointed, replaced; whose marks are frozen, never the marks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.awards.actions import juries as actions
from jamsostek.awards.choices import LEAVINGS, LEVELS, EditionState, Level
from jamsostek.awards.edition import told
from jamsostek.awards.models import Juror
from jamsostek.awards.queries import juries as queries
from jamsostek.awards.queries.contests import area_words
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.juries import Contest
from jamsostek.awards.rights import runs
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.award.committee.contests import my_provinces
from jamsostek.portal.award.committee.told import edition_link, editions_link, state_tag, tabs, title_of
from jamsostek.portal.award.frame import COMMITTEE, edition_of, sample_words, screen
from jamsostek.portal.award.jury.home import Sitting, found_table, interest_table, seat_words
from jamsostek.portal.award.marked import contest_words
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import Column, Fact, Form, Link, Table, Tag, done, table, today


def above(of: Standing) -> list[Link]:
    """The pages over an edition's juries."""
    return [Link(_("Panitia"), reverse("award_committee:home")), editions_link(), edition_link(of)]


def juries_link(of: Standing) -> Link:
    """The page of an edition's juries."""
    return Link(_("Juri"), reverse("award_committee:juries", args=[of.code]))


def mine(rows: list[Juror]) -> list[Juror]:
    """Those that whoever looks runs."""
    return [one for one in rows if runs(one.level, one.area)]


def my_contests(of: Standing) -> list[Contest]:
    """Judged contests that whoever looks runs."""
    return [one for one in queries.judged_contests(of.id, of.says) if runs(one.level, one.area)]


@door(*COMMITTEE)
@require_safe
def listing(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Seats by level, and contests with how far their juries are."""
    of = edition_of(edition)
    found = mine(queries.jurors(of.id))
    seat = Link(_("Angkat juri"), reverse("award_committee:appoint", args=[edition]))
    context = {
        "tag": state_tag(of), "sample": sample_words(of), "parts": tabs(of, "juries"),
        "about": _("Nilai juri tidak tampak bagi siapa pun sebelum dibuka; di sini hanya siapa yang sudah mengunci."),
        "ways": [
            *([seat] if of.state == EditionState.OPEN else []),
            Link(_("Kepentingan juri"), reverse("award_committee:interests")),
        ],
        "sections": [
            (_("Kursi"), "" if found else _("Belum ada juri yang diangkat."), [_seats(of, found)]),
            (_("Nilai setiap lomba"), "", [_contests(of)]),
        ],
    }  # fmt: skip
    title = _("Juri {name}").format(name=title_of(of))
    return screen(request, "committee/base.html", context, title=title, here="award_committee:home", above=above(of))


def _seats(of: Standing, found: list[Juror]) -> Table:
    declared = set(Juror.objects.filter(pk__in=[one.pk for one in found], interests__isnull=False).values_list("pk", flat=True))
    columns = [
        Column(_("Juri"), lambda one: Link(one.name, reverse("award_committee:juror", args=[of.code, one.code]))),
        Column(_("Kursi"), lambda one: seat_words(of, one)),
        Column(_("Wilayah"), lambda one: area_words(of, one.level, one.area)),
        Column(_("Tempat tinggal"), lambda one: REGENCIES[one.home_regency].name if one.home_regency in REGENCIES else ""),
        Column(
            _("Kepentingan"),
            lambda one: Tag(_("Sudah dinyatakan"), "good") if one.pk in declared else Tag(_("Belum"), "warn"),
        ),
        Column(_("Keadaan"), _sits),
    ]
    return table(_("Juri menurut kursi"), columns, found)


def _sits(one: Juror) -> Tag:
    return Tag(_("Duduk"), "info") if one.left_at is None else Tag(_(LEAVINGS[one.left_how]), "plain")


def _contests(of: Standing) -> Table:
    opened = queries.revealed_contests(of.id)
    seats = {one: queries.seated(of.id, one) for one in my_contests(of)}
    columns = [
        Column(_("Lomba"), lambda one: Link(
            contest_words(of, one), reverse("award_committee:marks", args=[of.code, one.category, one.level, one.area])
        )),
        Column(_("Tingkat"), lambda one: _(LEVELS[one.level])),
        Column(_("Sudah mengunci"), lambda one: _("{done} dari {whole} juri").format(
            done=format_number(sum(seat.frozen for seat in seats[one])), whole=format_number(len(seats[one]))
        )),
        Column(_("Keadaan"), lambda one: Tag(_("Sudah dibuka"), "good") if one in opened else Tag(_("Tertutup"), "plain")),
    ]  # fmt: skip
    return table(_("Lomba yang dinilai juri"), columns, list(seats))


class AppointForm(Form):
    """Who, where, and where they live."""

    level = forms.ChoiceField(label=N_("Tingkat"), widget=forms.RadioSelect)
    area = forms.TypedChoiceField(
        label=N_("Provinsi"), coerce=int, required=False, empty_value="0", help_text=N_("Hanya untuk tingkat provinsi.")
    )
    seat = forms.ChoiceField(label=N_("Kursi"))
    username = forms.CharField(label=N_("Nama pengguna"), max_length=60, help_text=N_("Seorang pengguna dengan hak juri."))
    home_regency = forms.TypedChoiceField(
        label=N_("Kabupaten atau kota tempat tinggal"), coerce=int, help_text=N_("Juri tidak menilai daerahnya sendiri.")
    )

    def __init__(self, *args: Any, of: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces = my_provinces()
        levels = [level for level in of.says.juries if provinces is None or level == Level.PROVINCE]
        seats = {seat.key: told(seat.title) for jury in of.says.juries.values() for seat in jury.seats}
        shown = sorted(PROVINCES.values() if provinces is None else [PROVINCES[one] for one in provinces if one in PROVINCES],
                       key=lambda one: one.name)  # fmt: skip
        homes = sorted(REGENCIES.values(), key=lambda one: (PROVINCES[one.province_code].name, one.name))
        choices: dict[str, list[tuple[str, str]]] = {
            "level": [(level, _(LEVELS[level])) for level in levels],
            "area": [*([("", _("Pilih"))] if len(shown) != 1 else []), *((str(one.code), one.name) for one in shown)],
            "seat": [("", _("Pilih")), *seats.items()],
            "home_regency": [
                ("", _("Pilih")), *((str(one.code), f"{one.name}, {PROVINCES[one.province_code].name}") for one in homes),
            ],
        }  # fmt: skip
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]
        if Level.NATION not in levels:
            self.needed = ("area",)
            self.fields["area"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """The province's level names the province."""
        given = super().clean() or {}
        if given.get("level") == Level.PROVINCE and "area" not in self.errors and not int(given.get("area") or 0):
            self.add_error("area", _("Provinsi belum dipilih."))
        return given

    @property
    def where(self) -> int:
        """The area: nothing but the nation at its level."""
        return 0 if self.cleaned_data["level"] == Level.NATION else int(self.cleaned_data["area"] or 0)


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Seats a user."""
    of = edition_of(edition)
    form = AppointForm(request.POST or None, of=of)

    def act() -> object:
        given = form.cleaned_data
        return actions.appoint(
            edition=edition, level=given["level"], area=form.where, seat=given["seat"], username=given["username"],
            home_regency=given["home_regency"], today=today(),
        )  # fmt: skip

    if form.did(act):
        return done(request, juries_link(of).url, _("Juri diangkat."))
    context = {
        "sample": sample_words(of), "form": form, "yes": _("Angkat juri"), "back": juries_link(of).url,
        "text": _("Satu orang satu kursi di setiap tingkat. Juri menyatakan kepentingannya sebelum menilai."),
    }  # fmt: skip
    return screen(
        request, "committee/form.html", context, title=_("Angkat juri"), here="award_committee:home",
        above=[*above(of), juries_link(of)],
    )  # fmt: skip


def _juror(of: Standing, code: str) -> Juror:
    found = Juror.objects.filter(edition_id=of.id, code=code).first()
    if found is None or not runs(found.level, found.area):
        raise Http404
    return found


@door(*COMMITTEE)
@require_safe
def show(request: HttpRequest, edition: str, juror: str) -> HttpResponseBase:
    """A juror: seat, interests, which contests are frozen."""
    of = edition_of(edition)
    row = _juror(of, juror)
    facts = [
        Fact(_("Kursi"), seat_words(of, row)),
        Fact(_("Wilayah"), area_words(of, row.level, row.area)),
        Fact(_("Tempat tinggal"), REGENCIES[row.home_regency].name if row.home_regency in REGENCIES else ""),
        Fact(_("Diangkat"), by(row.appointed_by, row.appointed_at)),
    ]
    if row.left_at is not None:
        facts.append(Fact(_(LEAVINGS[row.left_how]), f"{by(row.left_by, row.left_at)}. {row.left_reason}"))
    sits = row.left_at is None and of.state == EditionState.OPEN
    context = {
        "sample": sample_words(of), "facts": facts, "tag": _sits(row),
        "ways": [Link(_("Ganti juri ini"), reverse("award_committee:replace_juror", args=[edition, juror]))] if sits else [],
        "sections": [
            (_("Kepentingan"), "", [interest_table(of, [row]), found_table([Sitting(row, of)])]),
            (_("Kunci nilai"), "", [_frozen(of, row)]),
        ],
    }  # fmt: skip
    return screen(
        request, "committee/base.html", context, title=row.name, here="award_committee:home", above=[*above(of), juries_link(of)]
    )  # fmt: skip


def _frozen(of: Standing, row: Juror) -> Table:
    contests = [one for one in my_contests(of) if one.level == row.level and (row.level == Level.NATION or one.area == row.area)]
    frozen = {
        one: any(seat.frozen for seat in queries.seated(of.id, one) if seat.juror.pk == row.pk) for one in contests
    }  # fmt: skip
    columns = [
        Column(_("Lomba"), lambda one: contest_words(of, one)),
        Column(_("Keadaan"), lambda one: Tag(_("Sudah dikunci"), "good") if frozen[one] else Tag(_("Belum dikunci"), "warn")),
    ]
    return table(_("Lomba yang dinilainya"), columns, contests)


class ReplaceForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=actions.MOST_NOTE)


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, edition: str, juror: str) -> HttpResponseBase:
    """Takes a juror out of the seat, which is free for another then."""
    of = edition_of(edition)
    row = _juror(of, juror)
    form = ReplaceForm(request.POST or None)
    back = reverse("award_committee:juror", args=[edition, juror])
    if form.did(lambda: actions.leave(juror=juror, how="replaced", reason=form.cleaned_data["reason"])):
        return done(request, juries_link(of).url, _("Kursinya bebas. Angkat juri lain bila perlu."))
    context = {
        "sample": sample_words(of), "form": form, "yes": _("Ganti juri ini"), "danger": True, "back": back,
        "text": _("Nilai yang sudah dikuncinya tetap dihitung. Yang belum dikunci tidak dihitung."),
    }  # fmt: skip
    return screen(
        request, "committee/form.html", context, title=_("Ganti {name}").format(name=row.name), here="award_committee:home",
        above=[*above(of), juries_link(of), Link(row.name, back)],
    )  # fmt: skip
