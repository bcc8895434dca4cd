"""Writing the next version of a priority rule: points in boxes, what was written read back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from jamsostek.access.doors import door
from jamsostek.core.text import N_, _
from jamsostek.outreach import priority
from jamsostek.outreach.actions import rules as actions
from jamsostek.outreach.models import Rule
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import PLANNERS
from jamsostek.portal.programmes.rules import above, value_words
from jamsostek.portal.screens import Fact, Form, done, today
from jamsostek.registry import occupations


def _whole(label: str, help_text: str = "") -> forms.IntegerField:
    box = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "class": "w-4"})
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=0, max_value=priority.MOST_POINTS, required=False, widget=box
    )


class RuleForm(Form):
    """Points for each measure; an empty box gives none."""

    region_code = forms.TypedChoiceField(label=N_("Daerah"), coerce=int)
    name = forms.CharField(label=N_("Nama aturan"), max_length=120, help_text=N_("Nama yang sama menjadi versi berikutnya."))
    regulation = forms.CharField(
        label=N_("Dasar hukum"), max_length=200, help_text=N_("Misalnya nomor peraturan bupati yang menetapkannya.")
    )
    sample = forms.BooleanField(label=N_("Ini contoh yang dikarang, bukan aturan sungguhan"), required=False)
    decile_1 = _whole(N_("Desil 1"), N_("Nilai dari 0 sampai 1.000. Kosongkan ukuran yang tidak dipakai."))
    decile_2 = _whole(N_("Desil 2"))
    decile_3 = _whole(N_("Desil 3"))
    decile_4 = _whole(N_("Desil 4"))
    decile_5 = _whole(N_("Desil 5"))
    risk_1 = _whole(N_("Risiko pekerjaan sangat rendah"), N_("Kelas risiko JKK yang paling dekat dengan pekerjaannya."))
    risk_2 = _whole(N_("Risiko pekerjaan rendah"))
    risk_3 = _whole(N_("Risiko pekerjaan sedang"))
    risk_4 = _whole(N_("Risiko pekerjaan tinggi"))
    risk_5 = _whole(N_("Risiko pekerjaan sangat tinggi"))
    disability = _whole(N_("Penyandang disabilitas"))
    woman_head = _whole(N_("Perempuan kepala keluarga"))
    children_each = _whole(N_("Tiap anak bersekolah"))
    children_most = _whole(N_("Paling banyak bagi anak bersekolah"))
    female = _whole(N_("Perempuan"))
    male = _whole(N_("Laki-laki"))
    age_each = _whole(N_("Tiap tahun umur"))
    age_most = _whole(N_("Paling banyak bagi umur"))
    occupation = forms.CharField(
        label=N_("Pekerjaan"), required=False, max_length=2000, widget=forms.Textarea,
        help_text=N_("Satu baris satu pekerjaan, lalu nilainya, misalnya: Nelayan 20"),
    )  # fmt: skip
    village = forms.CharField(
        label=N_("Desa"), required=False, max_length=8000, widget=forms.Textarea,
        help_text=N_("Satu baris satu kode desa sepuluh angka, lalu nilainya, misalnya: 3515012001 10"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region_code"].choices = [(one, frame.region_words(one)) for one in frame.regions()]  # type: ignore[attr-defined]

    def clean_occupation(self) -> dict[str, int]:
        """Keys with their points."""
        titles = {_(one.title).casefold(): key for key, one in occupations.BY_KEY.items()}
        told = {}
        for name, points in _lines(self.cleaned_data["occupation"]):
            key = titles.get(name.casefold()) or occupations.kind_of(name)
            if key in ("", occupations.NONE) or (key == occupations.OTHER.key and name.casefold() not in titles):
                raise forms.ValidationError(_("Pekerjaan ini tidak dikenal: {name}.").format(name=name))
            told[key] = points
        return told

    def clean_village(self) -> dict[str, int]:
        """Codes with their points."""
        told = dict(_lines(self.cleaned_data["village"]))
        for code in told:
            if len(code) != 10 or not code.isdecimal():
                raise forms.ValidationError(_("Kode desa terdiri dari sepuluh angka: {code}.").format(code=code))
        return told

    def rule(self) -> priority.Rule:
        """What was written."""
        told = self.cleaned_data
        values: dict[str, dict[str, int | None]] = {
            "decile": {str(at): told[f"decile_{at}"] for at in range(1, 6)},
            "occupation_risk": {str(at): told[f"risk_{at}"] for at in range(1, 6)},
            "disability": {"true": told["disability"]}, "woman_head": {"true": told["woman_head"]},
            "sex": {"f": told["female"], "m": told["male"]}, "occupation": told["occupation"], "village_code": told["village"],
        }  # fmt: skip
        found = []
        for field, points in values.items():
            given = {value: point for value, point in points.items() if point}
            if given:
                found.append(priority.Criterion(field, given))
        for field, name in (("children_school", "children"), ("age", "age")):
            if told[f"{name}_each"]:
                found.append(priority.Criterion(field, None, told[f"{name}_each"], told[f"{name}_most"] or priority.MOST_POINTS))
        return priority.Rule(told["name"], 1, tuple(found), told["regulation"], told["sample"])


def _lines(text: str) -> list[tuple[str, int]]:
    """`Nelayan 20` -> (`Nelayan`, 20), line by line."""
    told = []
    for line in text.splitlines():
        name, _space, points = line.strip().rstrip(".").replace("\t", " ").rpartition(" ")
        if not line.strip():
            continue
        if not (points.isascii() and points.isdecimal() and len(points) <= 4 and name.strip()):
            raise forms.ValidationError(_("Baris ini belum lengkap: {line}.").format(line=line.strip()[:60]))
        told.append((name.strip(" :=-"), int(points)))
    return told


@door(*PLANNERS)
def write(request: HttpRequest) -> HttpResponseBase:
    """The next version of a rule."""
    regions = frame.regions()
    form = RuleForm(request.POST or None, initial={"region_code": regions[0] if regions else None})
    it: Ask[Rule] = Ask(
        title=_("Tulis aturan prioritas"), crumbs=above(), yes=_("Usulkan aturan"), base=frame.BASE,
        text=_("Yang menulis aturan tidak dapat menetapkannya. Akibatnya tampak sebelum ditetapkan."),
        act=lambda told: actions.propose_rule(region_code=told["region_code"], rule=form.rule(), today=today()),
        facts=lambda told: [
            Fact(_("Nama aturan"), told["name"]), Fact(_("Dasar hukum"), told["regulation"]),
            Fact(_("Sifat"), _("Contoh") if told["sample"] else _("Aturan daerah")),
            *(Fact(*one) for one in _read_back(form.rule(), told["region_code"])),
        ],
        done=lambda rule, _told: done(request, reverse("programmes:rule", args=[rule.pk]), _("Aturan diusulkan.")),
    )  # fmt: skip
    return ask(request, form, it)


def _read_back(rule: priority.Rule, region_code: int) -> list[tuple[str, str]]:
    names = frame.village_names(region_code)
    told = []
    for one in rule.criteria:
        each = _("{points} tiap satuan, paling banyak {most}").format(points=one.each, most=one.most)
        values = [f"{value_words(one.field, value, names)}: {points}" for value, points in (one.values or {}).items()]
        told.append((_(priority.FIELDS[one.field]), "; ".join(values) or each))
    return told
