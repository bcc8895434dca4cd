"""Components in templates: `{% field form.name %}`, `{% form_problems form %}`, `{% fields form %}`.

Parts that only show what a view prepared are plain includes: `{% include "parts/table.html" with table=people %}`.
"""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jamsostek.portal.screens.forms import DateBoxes, MoneyField, MonthBoxes, month_options
from jamsostek.portal.screens.page import Frame
from jamsostek.portal.screens.page import frame as frame_of

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: template.Context) -> Frame:
    """What stands around every page; `parts/base.html` asks for it."""
    return frame_of(context.get("request"))


_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"), (MonthBoxes, "month"), (DateBoxes, "date"), (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"), (forms.CheckboxInput, "checkbox"), (forms.Select, "select"), (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
)  # fmt: skip
_GROUPS = frozenset({"month", "date", "checkboxes", "radios"})
"""Several controls under one legend."""


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A form's field drawn by the component that fits its widget."""
    return render_to_string("parts/field.html", drawn(bound))


@register.simple_tag
def fields(form: forms.BaseForm) -> SafeString:
    """All fields of a form in their order; a form of several blocks says in `headed` which field begins which."""
    headed: dict[str, str] = getattr(form, "headed", {})
    return SafeString("".join(_heading(headed.get(bound.name)) + field(bound) for bound in form))


def _heading(words: str | None) -> SafeString:
    return format_html("<h2>{}</h2>", words) if words else SafeString()


@register.inclusion_tag("parts/problems.html")
def form_problems(form: forms.BaseForm) -> dict[str, Any]:
    """The summary above a form that was refused, each problem leading to its field."""
    listed = [("", error) for error in form.non_field_errors()]
    for bound in form:
        listed += [(first_id(bound), error) for error in bound.errors]
    return {"problems": listed}


def drawn(bound: BoundField) -> dict[str, Any]:
    """What the template of a field needs."""
    widget, kind, own = bound.field.widget, kind_of(bound), bound.auto_id
    value = bound.value()
    described = [f"{own}-hint"] if bound.help_text else []
    described += [f"{own}-error"] if bound.errors else []
    return {
        "bound": bound,
        "kind": kind,
        "group": kind in _GROUPS,
        "id": own,
        "name": bound.html_name,
        "value": "" if value is None else value,
        "options": _options(bound, kind, value),
        "boxes": _boxes(widget, own, bound.html_name, value) if isinstance(widget, DateBoxes) else (),
        "described": " ".join(described),
        "type": getattr(widget, "input_type", "text"),
        "attributes": {**widget.attrs, **_limits(bound.field)},
        "money": isinstance(bound.field, MoneyField),
        "optional": not bound.field.required and kind != "checkbox" and bound.name not in getattr(bound.form, "needed", ()),
    }


def kind_of(bound: BoundField) -> str:
    """The name of the component that draws a field."""
    return next((kind for widget, kind in _KINDS if isinstance(bound.field.widget, widget)), "input")


def first_id(bound: BoundField) -> str:
    """The id of a field's first control, where a link to its problem leads."""
    kind, own = kind_of(bound), bound.auto_id
    if kind in ("date", "month"):
        return f"{own}-{bound.field.widget.parts[0]}"
    return f"{own}-0" if kind in ("radios", "checkboxes") else own


def _limits(one: forms.Field) -> dict[str, Any]:
    longest = getattr(one, "max_length", None)
    found: dict[str, Any] = {"maxlength": longest} if longest else {}
    if isinstance(one, MoneyField):
        # 15 places hold Rp 9.999.999.999 and keep a NIK out of addresses and logs.
        found |= {"inputmode": "numeric", "maxlength": 15, "autocomplete": "off"}
    return found


def _options(bound: BoundField, kind: str, value: Any) -> list[dict[str, Any]]:
    """The choices of a field; groups of a list are flattened into their options with the group's name."""
    if kind not in ("select", "radios", "checkboxes"):
        return []
    chosen = {str(one) for one in value} if isinstance(value, (list, tuple, set)) else {"" if value is None else str(value)}
    hints = getattr(bound.field, "option_hints", {})
    found = []
    for key, text in bound.field.widget.choices:
        for name, said in text if isinstance(text, (list, tuple)) else [(key, text)]:
            group = key if isinstance(text, (list, tuple)) else ""
            one = {"value": name, "text": said, "chosen": str(name) in chosen, "hint": hints.get(name, ""), "group": group}
            found.append(one)
    return found


def _boxes(widget: DateBoxes, own: str, name: str, value: Any) -> list[dict[str, Any]]:
    options = {"m": month_options()} if isinstance(widget, MonthBoxes) else {}
    fill = widget.attrs.get("autocomplete") == "bday"
    return [
        {
            "id": f"{own}-{part}",
            "name": f"{name}-{part}",
            "part": part,
            "value": text,
            "options": options.get(part),
            "autocomplete": _BIRTHDAY[part] if fill else "",
        }
        for part, text in zip(widget.parts, widget.typed(value), strict=True)
    ]


_BIRTHDAY = {"d": "bday-day", "m": "bday-month", "y": "bday-year"}
