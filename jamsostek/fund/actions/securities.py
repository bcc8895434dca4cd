"""Writing down issuers, instruments and their prices.

Who settles trades or checks them writes these down; who plans trades does not: nobody prices what they trade themselves.
A code stands for one thing for ever: the same facts again are the same row, other facts are refused with what differs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.bulk import insert_rows
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import current
from jamsostek.accounts.actions.rates import takes_examples
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.rupiah import MAX_RUPIAH
from jamsostek.core.text import _
from jamsostek.fund.choices import CLASSES, ISSUER_KINDS, MEASURES, AssetClass, IssuerKind, Measured
from jamsostek.fund.errors import refusals
from jamsostek.fund.facts import CLASS_FACTS, CODE, isin_holds
from jamsostek.fund.models import Instrument, Issuer

LONGEST_NAME = 200
MOST_PRICE = Decimal(10) ** 13
"""Rupiah of a unit; the table holds a little more."""
DAY_COUNTS = ("act/365", "act/act", "30/360")
COUPONS = (0, 1, 2, 4, 12)


def need_keeper() -> None:
    """Who keeps instruments, prices and statements: settlement or risk, and nobody who also plans trades. Raises `Refused`."""
    scope = current()
    if not (scope.may(Can.SETTLE_TRADE) or scope.may(Can.CHECK_TRADE)):
        raise not_yours()
    if Role.DEALER in scope.roles:
        raise Refused(
            _("Yang merencanakan transaksi tidak mencatat efek dan harganya."),
            remedy=_("Minta bagian penyelesaian transaksi atau manajemen risiko mencatatnya."),
        )


def check_example(invented: bool) -> None:
    """Refuses what is marked invented, where this installation is not one for demonstrations and a person asks."""
    if invented and not current().system and not takes_examples():
        raise InputError(
            _("Data rekaan hanya untuk peragaan."), field="invented", remedy=_("Catat yang sungguh ada, tanpa tanda rekaan.")
        )


def register_issuer(*, code: str, name: str, kind: str, corporate_group: str = "", invented: bool = False) -> Issuer:
    """Writes down who owes, issues or manages. `corporate_group`: firms under one control, empty where it stands alone.

    `invented` marks an example, which only an installation for demonstrations takes.
    """
    need_keeper()
    check_example(invented)
    facts = {
        "name": _named(name), "kind": _one_of(_("Jenis penerbit"), kind, ISSUER_KINDS, "kind"),
        "corporate_group": _text(corporate_group, "corporate_group"), "invented": invented,
    }  # fmt: skip
    made: Issuer = _once(Issuer, "issuer", _code(code), facts)
    return made


def register_instrument(
    *,
    code: str,
    name: str,
    asset_class: str,
    issuer: str,
    measured: str = "",
    isin: str = "",
    unit_rupiah: int = 1,
    coupon_ppm: int | None = None,
    coupons_a_year: int = 0,
    day_count: str = "act/365",
    issued_on: dt.date | None = None,
    matures_on: dt.date | None = None,
    listed: bool = False,
    rating: str = "",
    invented: bool = False,
) -> Instrument:
    """Writes down what can be bought; `issuer` is a code, `measured` empty: as its class usually is.

    `unit_rupiah` is what a unit is worth at maturity (1 where it has no face), `coupon_ppm` a year. Raises `InputError` for facts
    that its class lacks or cannot have.
    """
    need_keeper()
    check_example(invented)
    kind = AssetClass(_one_of(_("Golongan efek"), asset_class, CLASSES, "asset_class"))
    owner = Issuer.objects.filter(code=_code(issuer, "issuer")).first()
    if owner is None:
        raise InputError(
            _("Penerbit {code} belum tercatat.").format(code=issuer), field="issuer", value=issuer,
            remedy=_("Catat penerbitnya dahulu, atau periksa kodenya."),
        )  # fmt: skip
    facts: dict[str, Any] = {
        "name": _named(name), "asset_class": str(kind), "issuer_id": owner.pk, "measured": str(_measured(kind, measured)),
        "isin": _isin(isin), "unit_rupiah": unit_rupiah, "coupon_ppm": coupon_ppm, "coupons_a_year": coupons_a_year,
        "day_count": _one_of(_("Hitungan hari"), day_count, dict.fromkeys(DAY_COUNTS, ""), "day_count"),
        "issued_on": issued_on, "matures_on": matures_on, "listed": listed, "rating": _text(rating, "rating", 20),
        "invented": invented,
    }  # fmt: skip
    _check_class(kind, IssuerKind(owner.kind), facts)
    made: Instrument = _once(Instrument, "instrument", _code(code), facts)
    return made


@dataclass(frozen=True)
class RecordedPrices:
    """What became of prices: written for the first time for their day, in place of another, or there already."""

    new: int
    changed: int
    same: int

    @property
    def written(self) -> int:
        """Rows written."""
        return self.new + self.changed


def record_prices(
    *,
    rows: Iterable[tuple[str, dt.date, Decimal]],
    source: str,
    file_digest: bytes | None = None,
    invented: bool = False,
    today: dt.date | None = None,
) -> RecordedPrices:
    """Writes down what units were worth: (code, day, rupiah of a unit). The newest of a day holds.

    The same price again is not written again. With `today` a day after it is refused. Everything or nothing:
    raises `InputError` with the first row that cannot stand.
    """
    need_keeper()
    check_example(invented)
    if not source.strip():
        raise InputError(_("Sumbernya belum diisi."), field="source", remedy=_("Tulis dari mana harga ini."))
    given = list(rows)
    known = _priced([code for code, _day, _price in given])
    kept: dict[tuple[int, dt.date], Decimal] = {}
    for at, (code, day, price) in enumerate(given, 1):
        instrument = known.get(code.strip().upper())
        _check_price(at, code, day, price, instrument, today)
        if kept.setdefault((instrument[0], day), price) != price:  # type: ignore[index]
            raise InputError(
                _("Ada dua harga {code} untuk satu hari.").format(code=code), field="price", value=str(price), row=at,
                remedy=_("Biarkan satu yang benar."),
            )  # fmt: skip
    before = newest_prices(list(kept))
    fresh = {key: price for key, price in kept.items() if before.get(key) != price}
    if fresh:
        _insert_prices(fresh, source.strip(), file_digest, invented)
        audit.record("fund.prices_recorded", "price", fields=("price", "count"))
    changed = sum(1 for key in fresh if key in before)
    return RecordedPrices(len(fresh) - changed, changed, len(kept) - len(fresh))


def newest_prices(keys: Sequence[tuple[int, dt.date]]) -> dict[tuple[int, dt.date], Decimal]:
    """The price that holds for each (instrument, day) that has one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (p.instrument_id, p.priced_on) p.instrument_id, p.priced_on, p.price FROM fund_price p"
            " JOIN unnest(%s::bigint[], %s::date[]) AS asked (instrument_id, priced_on)"
            " USING (instrument_id, priced_on) ORDER BY p.instrument_id, p.priced_on, p.id DESC",
            [[one for one, _day in keys], [day for _one, day in keys]],
        )
        return {(one, day): price for one, day, price in cursor.fetchall()}


# --- inside -----------------------------------------------------------------------------------------------------------


def _once(model: Any, subject: str, code: str, facts: Mapping[str, Any]) -> Any:
    """The row of a code: written now, or there already with the same facts."""
    names = ["code", *facts, "recorded_by"]
    values = [code, *facts.values(), current().user_id]
    places = ", ".join(["%s"] * len(names))
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608
            " ON CONFLICT (code) DO NOTHING RETURNING id",
            values,
        )
        made = cursor.fetchone()
    row = model.objects.get(code=code)
    if made is not None:
        audit.record(f"fund.{subject}_registered", subject, row.pk, fields=("code",))
        return row
    differing = [name for name, value in facts.items() if getattr(row, name) != value]
    if differing:
        name = differing[0]
        raise InputError(
            _("Kode {code} sudah dipakai dengan {field} yang lain: {there}.").format(
                code=code, field=_fact_words(name), there=_fact_text(getattr(row, name))
            ),
            field=name.removesuffix("_id"), value=_fact_text(facts[name]),
            remedy=_("Pakai data yang sudah tercatat, atau kode lain."),
        )  # fmt: skip
    return row


def _fact_words(name: str) -> str:
    words = {
        "name": _("nama"), "kind": _("jenis"), "corporate_group": _("kelompok usaha"), "asset_class": _("golongan"),
        "issuer_id": _("penerbit"), "measured": _("cara mengukur"), "isin": _("ISIN"), "unit_rupiah": _("nilai nominal"),
        "coupon_ppm": _("kupon"), "coupons_a_year": _("kali kupon setahun"), "day_count": _("hitungan hari"),
        "issued_on": _("tanggal terbit"), "matures_on": _("tanggal jatuh tempo"), "listed": _("pencatatan di bursa"),
        "rating": _("peringkat"), "invented": _("tanda rekaan"),
    }  # fmt: skip
    return words[name]


def _fact_text(value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, dt.date):
        return f"{value.day}-{value.month}-{value.year}"
    return str(value) if value not in (None, "") else _("kosong")


def _check_class(kind: AssetClass, owner: IssuerKind, facts: Mapping[str, Any]) -> None:
    asked = CLASS_FACTS[kind]
    title = _(CLASSES[kind])
    if owner not in asked.issuers:
        allowed = ", ".join(_(ISSUER_KINDS[one]) for one in IssuerKind if one in asked.issuers)
        raise InputError(
            _("{title} tidak diterbitkan oleh: {kind}.").format(title=title, kind=_(ISSUER_KINDS[owner])), field="issuer",
            remedy=_("Yang dapat: {kinds}.").format(kinds=allowed),
        )  # fmt: skip
    if asked.owed:
        _check_owed(title, facts)
    else:
        for name in ("coupon_ppm", "matures_on"):
            if facts[name] is not None or (name == "coupon_ppm" and facts["coupons_a_year"]):
                raise InputError(
                    _("{title} tidak mempunyai {fact}.").format(title=title, fact=_fact_words(name)), field=name,
                    remedy=_("Kosongkan, atau pilih golongan yang lain."),
                )  # fmt: skip
    if asked.listed is not None and facts["listed"] != asked.listed:
        words = _("{title} harus tercatat di bursa.") if asked.listed else _("{title} tidak tercatat di bursa.")
        raise InputError(words.format(title=title), field="listed", remedy=_("Periksa golongannya dan pencatatannya."))
    if not 1 <= facts["unit_rupiah"] <= MAX_RUPIAH:
        raise InputError(_("Nilai nominal harus rupiah bulat di atas nol."), field="unit_rupiah", value=facts["unit_rupiah"])


def _check_owed(title: str, facts: Mapping[str, Any]) -> None:
    if facts["coupon_ppm"] is None or not 0 <= facts["coupon_ppm"] <= 1_000_000:
        raise InputError(
            _("{title} memerlukan bunga atau kupon setahun.").format(title=title), field="coupon_ppm", value=facts["coupon_ppm"],
            remedy=_("Tulis dari 0 sampai 100 persen setahun; 0 bila tanpa kupon."),
        )  # fmt: skip
    if facts["matures_on"] is None:
        raise InputError(
            _("{title} memerlukan tanggal jatuh tempo.").format(title=title), field="matures_on",
            remedy=_("Isi tanggal pokoknya dibayar kembali."),
        )  # fmt: skip
    if facts["issued_on"] is not None and facts["issued_on"] >= facts["matures_on"]:
        raise InputError(
            _("Jatuh tempo harus sesudah tanggal terbit."), field="matures_on", remedy=_("Periksa kedua tanggalnya.")
        )
    if facts["coupons_a_year"] not in COUPONS:
        raise InputError(
            _("Kupon dibayar 1, 2, 4, atau 12 kali setahun; 0 bila bersama pokoknya."), field="coupons_a_year",
            value=facts["coupons_a_year"], remedy=_("Pilih salah satunya."),
        )  # fmt: skip


def _measured(kind: AssetClass, measured: str) -> Measured:
    allowed = CLASS_FACTS[kind].measured
    if not measured:
        return allowed[0]
    chosen = Measured(_one_of(_("Cara mengukur"), measured, MEASURES, "measured"))
    if chosen not in allowed:
        raise InputError(
            _("{title} tidak diukur dengan {way}.").format(title=_(CLASSES[kind]), way=_(MEASURES[chosen])), field="measured",
            value=measured, remedy=_("Yang dapat: {kinds}.").format(kinds=", ".join(_(MEASURES[one]) for one in allowed)),
        )  # fmt: skip
    return chosen


def _isin(isin: str) -> str:
    plain = isin.strip().upper()
    if plain and not isin_holds(plain):
        raise InputError(
            _("ISIN {isin} tidak benar: angka ujinya tidak cocok.").format(isin=isin), field="isin", value=isin,
            remedy=_("Cocokkan dengan daftar KSEI, atau kosongkan."),
        )  # fmt: skip
    return plain


def _code(code: str, field: str = "code") -> str:
    plain = code.strip().upper()
    if not CODE.fullmatch(plain):
        raise InputError(
            _("Kode {code} tidak dapat dipakai.").format(code=code[:40] or "–"), field=field, value=code,
            remedy=_("Huruf, angka, titik, garis; paling banyak 20 tanda, misalnya FR0098."),
        )  # fmt: skip
    return plain


def _named(name: str) -> str:
    plain = _text(name, "name")
    if not plain:
        raise InputError(_("Nama belum diisi."), field="name", remedy=_("Tulis nama lengkapnya."))
    return plain


def _text(text: str, field: str, most: int = LONGEST_NAME) -> str:
    plain = " ".join(text.split())
    if len(plain) > most or "\0" in plain:
        raise InputError(
            _("Teks ini terlalu panjang atau memuat tanda yang tidak dikenal."), field=field,
            remedy=_("Paling banyak {most} huruf.").format(most=most),
        )  # fmt: skip
    return plain


def _one_of(kind: str, value: str, known: Mapping[str, str], field: str) -> str:
    if value not in known:
        error = unknown_name(kind, value, known)
        error.field = field
        raise error
    return value


def _priced(codes: Sequence[str]) -> dict[str, tuple[int, AssetClass]]:
    wanted = {code.strip().upper() for code in codes}
    rows = Instrument.objects.filter(code__in=wanted).values_list("code", "id", "asset_class")
    return {code: (pk, AssetClass(kind)) for code, pk, kind in rows}


def _check_price(
    at: int, code: str, day: dt.date, price: Decimal, instrument: tuple[int, AssetClass] | None, today: dt.date | None
) -> None:
    if instrument is None:
        raise InputError(
            _("Efek {code} belum tercatat.").format(code=code[:40]), field="code", value=code, row=at,
            remedy=_("Catat efeknya dahulu, atau periksa kodenya."),
        )  # fmt: skip
    if not CLASS_FACTS[instrument[1]].priced:
        raise InputError(
            _("{title} tidak mempunyai harga pasar.").format(title=_(CLASSES[instrument[1]])), field="code", value=code, row=at,
            remedy=_("Hapus baris ini; nilainya pokok dengan bunga berjalan."),
        )  # fmt: skip
    exponent = price.as_tuple().exponent if price.is_finite() else None
    if not isinstance(exponent, int) or exponent < -6 or not 0 < price <= MOST_PRICE:
        raise InputError(
            _("Harga {code} tidak dapat dipakai.").format(code=code), field="price", value=str(price), row=at,
            remedy=_("Rupiah satu unit, di atas nol, paling banyak enam angka di belakang koma."),
        )  # fmt: skip
    if today is not None and day > today:
        raise InputError(
            _("Tanggal harga {code} belum tiba.").format(code=code), field="day", value=day.isoformat(), row=at,
            remedy=_("Periksa tanggalnya."),
        )  # fmt: skip


def _insert_prices(fresh: Mapping[tuple[int, dt.date], Decimal], source: str, file_digest: bytes | None, invented: bool) -> None:
    count = len(fresh)
    insert_rows(
        "fund_price",
        {
            "instrument_id": ("bigint", [one for one, _day in fresh]),
            "priced_on": ("date", [day for _one, day in fresh]),
            "price": ("text", [format(price, "f") for price in fresh.values()]),
            "source": ("text", [source] * count),
            "file_digest": ("bytea", [file_digest] * count),
            "invented": ("boolean", [invented] * count),
            "recorded_by": ("bigint", [current().user_id] * count),
        },
        casts={"price": "numeric"},
    )


__all__ = [
    "RecordedPrices", "check_example", "need_keeper", "newest_prices", "record_prices", "register_instrument", "register_issuer",
]  # fmt: skip
