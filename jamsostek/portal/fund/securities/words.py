"""Doors of this room, and how prices, units and facts of instruments are shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse

from jamsostek.access.models import User
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import current
from jamsostek.core.rupiah import format_percent, format_rupiah, separated
from jamsostek.core.text import N_, _
from jamsostek.fund.choices import CLASSES, AssetClass
from jamsostek.fund.facts import QUOTED_IN_PERCENT
from jamsostek.messages.securities.problems import SecurityProblem
from jamsostek.portal.screens import Column, Link, Tag, table
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING, date, moment

KEEPERS = (Role.SETTLEMENT, Role.RISK)
INVENTED = N_("Contoh, bukan efek sungguhan")
COUPONS = {
    0: N_("bersama pelunasan"), 1: N_("setahun sekali"), 2: N_("setengah tahun sekali"), 4: N_("tiga bulan sekali"),
    12: N_("setiap bulan"),
}  # fmt: skip
SHOWN_PROBLEMS = 50


def keeps() -> bool:
    """Whether whoever looks keeps instruments, prices and statements."""
    scope = current()
    return (scope.may(Can.SETTLE_TRADE) or scope.may(Can.CHECK_TRADE)) and Role.DEALER not in scope.roles


def home() -> Link:
    """The way to the list."""
    return Link(_("Efek investasi"), reverse("securities:home"))


def price_words(price: Decimal | None, asset_class: str, unit_rupiah: int) -> str:
    """Per cent of the face where a class is told so, else rupiah of a unit."""
    if price is None:
        return NOTHING
    if AssetClass(asset_class) in QUOTED_IN_PERCENT:
        return f"{decimal_words(price * 100 / unit_rupiah)} %"
    return f"Rp{decimal_words(price)}"


def decimal_words(value: Decimal, most: int = 6) -> str:
    """All digits that count and no more."""
    text = f"{value:,.{most}f}".rstrip("0").rstrip(".")
    return separated(text or "0")


def share_words(value: Decimal | float, digits: int = 2) -> str:
    """A share in per cent with its sign: `-0.253` -> `−25,30 %`."""
    text = separated(f"{abs(float(value)) * 100:,.{digits}f}")
    return f"{'−' if value < 0 else '+' if value > 0 else ''}{text} %"


def coupon_words(one: Any) -> str:
    """`6,5 % setahun, setengah tahun sekali`."""
    if one.coupon_ppm is None:
        return NOTHING
    if one.coupon_ppm == 0:
        return _("tanpa kupon")
    return _("{rate} setahun, {often}").format(rate=format_percent(one.coupon_ppm), often=_(COUPONS[one.coupons_a_year]))


def class_words(asset_class: str) -> str:
    """The class in words."""
    return _(CLASSES[asset_class])


def instrument_link(one: Any) -> Link:
    """The way to an instrument, by its code."""
    return Link(one.code, reverse("securities:instrument", args=[getattr(one, "id", None) or one.pk]))


def rupiah_or_nothing(rupiah: int | None) -> str:
    """Rupiah, or a dash."""
    return NOTHING if rupiah is None else format_rupiah(rupiah)


def by(user_id: int | None, at: Any) -> str:
    """Who and when; the installation itself where nobody was signed in."""
    found = User.objects.filter(pk=user_id or 0).first()
    return f"{found.name if found else _('Sistem')}, {moment(at)}"


def example(invented: bool) -> Tag | None:
    """What stands at invented rows."""
    return Tag(_(INVENTED), "warn") if invented else None


def day_or_nothing(day: Any) -> str:
    """A day in words, or a dash."""
    return date(day) if day else NOTHING


def problems_table(found: Sequence[SecurityProblem]) -> Table:
    """What is to be mended, row by row."""
    columns = [
        Column(_("Baris"), lambda one: str(one.row or NOTHING)),
        Column(_("Kolom"), lambda one: f"{one.column} {one.title}".strip() or NOTHING),
        Column(_("Yang ditemukan"), lambda one: one.problem),
        Column(_("Tertulis"), lambda one: one.value_seen or NOTHING),
        Column(_("Seharusnya"), lambda one: one.expected),
        Column(_("Cara memperbaiki"), lambda one: one.remedy),
    ]
    return table(_("Yang perlu diperbaiki"), columns, found[:SHOWN_PROBLEMS])


def problem_rows(found: Sequence[SecurityProblem]) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows of the file of what is to be mended."""
    headings = [
        _("Baris"), _("Kolom"), _("Judul"), _("Yang ditemukan"), _("Tertulis"), _("Seharusnya"), _("Cara memperbaiki"),
    ]  # fmt: skip
    rows = [[one.row, one.column, one.title, one.problem, one.value_whole, one.expected, one.remedy] for one in found]
    return headings, rows
