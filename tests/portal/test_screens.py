"""Helpers of views: words, forms, tables, downloads, ways back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.views.defaults import server_error
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.access.roles import Role
from jamsostek.core.errors import InputError
from jamsostek.core.regions import REGENCIES
from jamsostek.core.text import N_, speaking
from jamsostek.portal.screens import (
    Column,
    DateField,
    Form,
    MoneyField,
    MonthField,
    ShareField,
    YesNoField,
    back_to,
    export_csv,
    export_xlsx,
    page,
    paged,
    sorting,
    table,
    with_query,
    words,
)  # fmt: skip
from jamsostek.portal.screens.export import neutral
from jamsostek.portal.screens.parts import Link, Tag
from jamsostek.portal.screens.places import find_regencies


def asked(path: str = "/", **data: Any) -> HttpRequest:
    """A request of somebody who has not signed in."""
    request = RequestFactory().post(path, data) if data else RequestFactory().get(path)
    request.user = AnonymousUser()
    return request


def said(source: str, **values: Any) -> str:
    """A template rendered."""
    return Template("{% load words %}" + source).render(Context(values))


class Sample(Form):
    """A field of every kind that reads what people type."""

    day = DateField(label=N_("Tanggal lahir"), earliest=dt.date(1900, 1, 1), latest=dt.date(2026, 11, 21), required=False)
    month = MonthField(label=N_("Bekerja sejak"), required=False)
    wage = MoneyField(label=N_("Upah sebulan"), least=1, most=10**9, required=False)
    share = ShareField(label=N_("Data"), min_value=0, max_value=1, required=False)
    member = YesNoField(label=N_("Sudah punya kartu?"), required=False)


def filled(**typed: str) -> Sample:
    """The form with something typed into it; `_` stands for the mark of a box."""
    return Sample({name.replace("_", "-"): text for name, text in typed.items()})


def test_values_are_said_the_way_of_each_language() -> None:
    source = "{{ 4500000|rupiah }}; {{ 8900|percent }}; {{ 202603|month }}; {{ day|date }}; {{ instant|moment }}"
    values = {"day": dt.date(2026, 8, 17), "instant": dt.datetime(2026, 3, 4, 23, 5, tzinfo=dt.UTC)}
    assert said(source, **values) == "Rp4.500.000; 0,89 %; Maret 2026; 17 Agustus 2026; 5 Maret 2026 06.05 WIB"
    with speaking("en"):
        assert said(source, **values) == "Rp4,500,000; 0.89 %; March 2026; 17 August 2026; 5 March 2026 06:05 WIB"


def test_large_sums_are_short_and_differences_have_their_sign() -> None:
    short = [words.short_rupiah(one) for one in (999_999, 24_000_000, 1_250_000_000)]
    assert short == ["Rp999.999", "Rp24,0 juta", "Rp1,2 miliar"] and words.short_rupiah(3_456 * 10**9, 2) == "Rp3,46 triliun"
    assert [words.signed(one) for one in (12, -3, 0)] == ["+12", "−3", "0"]
    assert [words.signed(one, 1) for one in (-3.21, 0.04, 2.5)] == ["−3,2", "0,0", "+2,5"]


def test_nothing_known_is_a_dash() -> None:
    assert said("{{ x|rupiah }}{{ x|month }}{{ x|date }}{{ x|moment }}{{ x|masked_nik }}{{ x|region }}", x=None) == "–" * 6


def test_regions_are_said_by_name_also_under_their_former_code() -> None:
    assert said("{{ 32|region }}, {{ '3273'|region }}") == "Jawa Barat, Kota Bandung"
    former = next(one for one in REGENCIES.values() if one.code_before_2022 and one.code_before_2022 not in REGENCIES)
    assert said("{{ x|region }}", x=former.code_before_2022) == former.name


def test_a_text_fills_its_holes_with_escaped_values() -> None:
    source = '{% t "Hasil untuk “{asked}”" asked=x %}'
    assert said(source, x="<b>&") == "Hasil untuk “&lt;b&gt;&amp;”"
    with speaking("en"):
        assert said(source, x="a") == "Results for “a”"


@given(st.text(max_size=40))
def test_no_value_in_a_text_becomes_markup(value: str) -> None:
    shown = said('{% t "Hasil untuk “{asked}”" asked=x %}', x=value)
    assert "<" not in shown and "'" not in shown


def test_a_link_and_a_tag_are_escaped() -> None:
    assert said("{{ x }}", x=Link("<b>", "/?a=1&b=2")) == '<a href="/?a=1&amp;b=2">&lt;b&gt;</a>'
    assert said("{{ x }}", x=Tag("<b>", "good")) == '<strong class="tag good">&lt;b&gt;</strong>'


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ({"day_d": "5", "day_m": "08", "day_y": "1990"}, "day", dt.date(1990, 8, 5)),
        ({"day_d": "", "day_m": "", "day_y": ""}, "day", None),
        ({"month_m": "3", "month_y": "2026"}, "month", 202603),
        ({"wage": "Rp 4.500.000,-"}, "wage", 4_500_000),
        ({"wage": "4,5jt"}, "wage", 4_500_000),
        ({"share": "12,5 %"}, "share", pytest.approx(0.125)),
        ({"member": "ya"}, "member", True),
        ({"member": "tidak"}, "member", False),
        ({}, "member", None),
    ],
)
def test_what_people_type_is_understood(typed: dict[str, str], field: str, value: Any) -> None:
    form = filled(**typed)
    assert form.is_valid(), form.errors
    found = form.cleaned_data[field]
    assert (float(found) if field == "share" else found) == value


@pytest.mark.parametrize(
    ("typed", "field", "word"),
    [
        ({"day_d": "31", "day_m": "2", "day_y": "1990"}, "day", "tidak ada dalam kalender"),
        ({"day_d": "5", "day_m": "8", "day_y": "90"}, "day", "dengan angka"),
        ({"day_d": "٥", "day_m": "8", "day_y": "1990"}, "day", "dengan angka"),
        ({"day_d": "5", "day_m": "", "day_y": ""}, "day", "dengan angka"),
        ({"day_d": "22", "day_m": "11", "day_y": "2026"}, "day", "belum tiba"),
        ({"day_d": "1", "day_m": "1", "day_y": "1899"}, "day", "periksa tahunnya"),
        ({"month_m": "13", "month_y": "2026"}, "month", "Pilih bulan"),
        ({"month_m": "1", "month_y": "26"}, "month", "Pilih bulan"),
        ({"wage": "4.5"}, "wage", "rupiah utuh"),
        ({"wage": "-5"}, "wage", "rupiah utuh"),
        ({"wage": "2 miliar"}, "wage", "antara Rp1 dan Rp1.000.000.000"),
        ({"wage": "2 triliun"}, "wage", "antara Rp1 dan Rp1.000.000.000"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_way_out(typed: dict[str, str], field: str, word: str) -> None:
    form = filled(**typed)
    assert word in " ".join(form.errors[field])


@given(st.text(max_size=30), st.text(max_size=5), st.text(max_size=5))
def test_no_text_breaks_a_field(one: str, two: str, three: str) -> None:
    form = filled(day_d=two, day_m=three, day_y=one[:4], month_m=two, month_y=one[:4], wage=one, share=one, member=one)
    form.is_valid()
    rendered = Template("{% load parts %}{% form_problems form %}{% fields form %}").render(Context({"form": form}))
    assert "<script" not in rendered


def test_a_refusal_of_the_domain_stands_at_its_field_or_above_the_form() -> None:
    form = filled(wage="5")
    form.is_valid()
    form.refuse(InputError("Upah di bawah upah minimum.", field="wage", remedy="Isi lebih."))
    form.refuse(InputError("Orang ini sudah terdaftar.", field="elsewhere"))
    assert form.errors["wage"] == ["Upah di bawah upah minimum. Isi lebih."]
    assert form.non_field_errors() == ["Orang ini sudah terdaftar."]


def test_a_form_speaks_the_language_it_is_made_in() -> None:
    with speaking("en"):
        form = Sample({"day-d": "5"})
        assert form.fields["day"].label == "Date of birth"
        assert "in digits" in form.errors["day"][0]
    assert Sample().fields["day"].label == "Tanggal lahir"


def test_a_page_holds_25_rows_and_reads_one_more_to_know_whether_there_is_a_next() -> None:
    read: list[slice] = []

    class Rows(list[int]):
        """Notes what is asked of it."""

        def __getitem__(self, key: Any) -> Any:
            read.append(key)
            return super().__getitem__(key)

    second = paged(asked("/?hal=2&cari=a"), Rows(range(60)))
    assert (second.first, second.last, second.has_next, list(second.rows)) == (26, 50, True, list(range(25, 50)))
    assert (second.previous_url, second.next_url) == ("?cari=a", "?cari=a&hal=3")
    assert read == [slice(25, 51)]
    assert not paged(asked("/?hal=3"), list(range(60))).has_next


@pytest.mark.parametrize("nonsense", ["0", "-1", "x", "²", "999999999999", ""])
def test_a_page_number_that_makes_no_sense_still_gives_a_page(nonsense: str) -> None:
    assert 1 <= paged(asked(f"/?hal={nonsense}"), []).number <= 400


def test_headings_sort_up_then_down_and_only_by_what_is_allowed() -> None:
    columns = [Column("Nama", str, sort="name"), Column("Upah", str)]
    request = asked("/?urut=name&hal=3")
    drawn = table("Orang", columns, ["a"], request=request, sorted_by=sorting(request, columns, "name"))
    assert (drawn.headings[0].order, drawn.headings[0].url, drawn.headings[1].url) == ("ascending", "?urut=-name", "")
    assert sorting(asked("/?urut=password"), columns, "name") == "name"


def test_the_address_keeps_what_is_not_changed() -> None:
    assert with_query(asked("/x/?a=1&a=2&b=3"), b=None, c=4) == "?a=1&a=2&c=4"
    assert with_query(asked("/x/?b=3"), b=None) == "?"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "/\\example.com", "javascript:x", ""])
def test_a_way_back_stays_in_the_house(elsewhere: str) -> None:
    assert back_to(asked("/", next=elsewhere), "/rumah/") == "/rumah/"
    assert back_to(asked("/", next="/peserta/?a=1"), "/rumah/") == "/peserta/?a=1"


def signed_in(*roles: Role) -> HttpRequest:
    """A request of somebody with these roles."""
    request = asked()
    request.user = SimpleNamespace(is_authenticated=True, get_username=lambda: "siti")  # type: ignore[assignment]
    request.scope = SimpleNamespace(roles=frozenset(roles))  # type: ignore[attr-defined]
    return request


def test_a_page_of_somebody_signed_in_stays_in_no_browser_and_offers_the_way_out() -> None:
    response = page(signed_in(Role.WORKER), "parts/base.html", title="Contoh")
    assert response["Cache-Control"] == "no-store"
    assert reverse("account_logout") in response.content.decode()
    assert "Cache-Control" not in page(asked(), "parts/base.html", title="Contoh")


def test_only_a_demonstration_says_that_its_people_are_invented(settings: Any) -> None:
    def shown() -> bool:
        return "Peragaan" in page(asked(), "parts/base.html", title="Contoh").content.decode()

    settings.JAMSOSTEK_DEMO = False
    assert not shown()
    settings.JAMSOSTEK_DEMO = True
    assert shown()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429"])
def test_every_refusal_is_told_in_both_languages_with_a_way_on(name: str) -> None:
    told = set()
    for language in ("id", "en"):
        with speaking(language):
            html = render_to_string(f"{name}.html", request=asked("/tidak-ada/"))
            assert f'<html lang="{language}">' in html and reverse("public:home") in html
            told.add(re.sub(r"<[^>]+>", "", html.partition("<main")[2].partition("</main")[0]))
    assert len(told) == 2


def test_the_page_of_a_crash_needs_no_request_and_no_database() -> None:
    with speaking("en"):
        response = server_error(asked())
    assert response.status_code == 500
    assert "It is not your fault" in response.content.decode()


FORMULAS = ["=1+1", "+62", "-5", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]


def downloaded(make: Any) -> bytes:
    """A download of formulas, taken by a named user."""
    request = asked()
    request.user = SimpleNamespace(is_authenticated=True, get_username=lambda: "siti")  # type: ignore[assignment]
    rows = [(text, 4_500_000, dt.date(2026, 3, 5), None) for text in FORMULAS]
    response = make(request, "pekerja", ["Nama", "Upah", "Sejak", "Catatan"], iter(rows))
    assert response["Cache-Control"] == "no-store"
    assert "attachment" in response["Content-Disposition"]
    return b"".join(response.streaming_content)


def test_a_csv_runs_no_formula_and_says_who_took_it() -> None:
    text = downloaded(export_csv).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[0] for row in rows[1:-1]] == [f"'{formula}" for formula in FORMULAS]
    assert rows[1][1:] == ["4500000", "2026-03-05", ""]
    assert rows[-1][0].startswith("Diunduh oleh siti pada ")


def test_a_workbook_runs_no_formula_keeps_values_and_says_who_took_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(downloaded(export_xlsx)))
    data, about = book.worksheets
    cells = [row[0] for row in data.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells][:4] == FORMULAS[:4]
    assert all(cell.quotePrefix for cell in cells)
    assert (data["B2"].value, data["C2"].value.date()) == (4_500_000, dt.date(2026, 3, 5))
    assert str(about["A1"].value).startswith("Diunduh oleh siti pada ")


@given(st.text(max_size=20))
def test_no_text_in_a_csv_begins_like_a_formula(text: str) -> None:
    assert not str(neutral(text)).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_regency_is_found_by_name_province_or_code() -> None:
    assert [one.code for one in find_regencies("bandung")][:2] == [3204, 3273]
    assert {one.province_code for one in find_regencies("nusa tenggara timur")} == {53}
    assert [one.name for one in find_regencies("sleman yogyakarta")] == ["Kabupaten Sleman"]
    assert [one.name for one in find_regencies("34.04")] == ["Kabupaten Sleman"]
    assert find_regencies("") == find_regencies("  .") == []
