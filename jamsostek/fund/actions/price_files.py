"""Prices from a file: kept as it came, looked at, and taken with a yes; a price that moved far is said to be right by name."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.files import actions as files
from jamsostek.fund.actions.securities import RecordedPrices, check_example, need_keeper, record_prices
from jamsostek.fund.models import PriceFile, PriceTaking
from jamsostek.fund.queries.price_files import Preview, PriceSeen, look, preview, price_file
from jamsostek.messages.securities.reader import PriceRow, SecurityTable, read_prices

RETENTION = "fund"
LARGEST_BYTES = 5 << 20


@dataclass(frozen=True)
class ToldPrice:
    """A price told without a file: `quote` is percent, rupiah or empty, as in a file."""

    code: str
    day: dt.date
    price: Decimal
    quote: str = ""


def send_prices(
    *, content: bytes, file_name: str, source: str, today: dt.date, default_day: dt.date | None = None, invented: bool = False
) -> PriceFile:
    """Keeps a file that can be read; nothing of it is recorded yet. The same file again is the same row.

    `default_day` is for rows without a day. Raises `FileUnreadable`, `InputError`, `Refused`.
    """
    need_keeper()
    check_example(invented)
    if len(content) > LARGEST_BYTES:
        raise InputError(
            _("Berkas lebih besar dari {size} MB.").format(size=LARGEST_BYTES >> 20), field="file",
            remedy=_("Bagi menjadi beberapa berkas."),
        )  # fmt: skip
    if not source.strip():
        raise InputError(_("Sumbernya belum diisi."), field="source", remedy=_("Tulis dari mana harga ini."))
    if default_day is not None and default_day > today:
        raise InputError(_("Tanggal ini belum tiba."), field="default_day", remedy=_("Periksa tanggalnya."))
    name = plain_name(file_name, "harga")
    read_prices(content, name, today=today)
    digest = files.store(content, retention=RETENTION)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_pricefile (file_digest, file_name, source, default_day, invented, sent_by)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id",
            [digest, name, source.strip(), default_day, invented, current().user_id],
        )
        made = cursor.fetchone()
    if made is None:
        return PriceFile.objects.get(file_digest=digest, source=source.strip(), default_day=default_day)
    audit.record("fund.price_file_sent", "price", made[0], fields=("file",))
    return price_file(made[0])


def take_prices(*, file_id: int, today: dt.date, confirmed: Collection[str] = ()) -> PriceTaking:
    """Records the good rows of a file; the same again writes nothing.

    Prices that moved far must be among `confirmed`, by code. Raises `InputError`, `Refused`.
    """
    need_keeper()
    file = price_file(file_id)
    seen = preview(file, today=today)
    _need_confirmed(seen.large, confirmed)
    told = record_prices(
        rows=[(one.code, one.day, one.price) for one in seen.rows], source=file.source,
        file_digest=bytes.fromhex(file.file_digest), invented=file.invented, today=today,
    )  # fmt: skip
    newest = file.takings.order_by("-id").first()
    if newest is not None and not told.written:
        return newest
    return _taking(file, told, seen, sorted({one.code for one in seen.large}))


def record_told(*, rows: Sequence[ToldPrice], source: str, today: dt.date, confirmed: Collection[str] = ()) -> RecordedPrices:
    """Records prices told without a file, all or none; a problem is raised with its row. Otherwise as `take_prices`."""
    need_keeper()
    given = tuple(PriceRow(at, one.code.strip().upper(), "", one.day, one.price, one.quote) for at, one in enumerate(rows, 1))
    seen = look(SecurityTable("", "", given, (), {}, len(given)), default_day=None)
    if seen.problems:
        first = seen.problems[0]
        field = {"code": "code", "not": "code", "day": "day"}.get(first.kind.split("_")[0], "price")
        raise InputError(first.problem, field=field, value=first.value_seen, row=first.row, remedy=first.remedy)
    _need_confirmed(seen.large, confirmed)
    return record_prices(rows=[(one.code, one.day, one.price) for one in seen.rows], source=source, today=today)


def plain_name(name: str, otherwise: str) -> str:
    """A file's name without its folder."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "").strip()
    return plain[-160:] or otherwise


def _need_confirmed(large: Sequence[PriceSeen], confirmed: Collection[str]) -> None:
    open_still = sorted({one.code for one in large} - set(confirmed))
    if open_still:
        raise InputError(
            _("Harga ini berubah lebih dari 25 persen dan belum dipastikan: {codes}.").format(codes=", ".join(open_still[:10])),
            field="confirmed", value=open_still[0], remedy=_("Cocokkan dengan sumbernya, lalu pastikan setiap harga itu."),
        )  # fmt: skip


def _taking(file: PriceFile, told: RecordedPrices, seen: Preview, confirmed: list[str]) -> PriceTaking:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_pricetaking (pricefile_id, added, changed, same, left_out, confirmed, taken_by)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id",
            [file.pk, told.new, told.changed, told.same, seen.left_out, json.dumps(confirmed), current().user_id],
        )
        made = cursor.fetchone()[0]
    audit.record("fund.prices_taken", "price", file.pk, fields=("file", "count"))
    return PriceTaking.objects.get(pk=made)
