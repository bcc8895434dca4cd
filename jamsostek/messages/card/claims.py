"""What a card says, and the same as the claims of a CBOR Web Token (RFC 8392). There is no NIK among them, ever."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import cbor2

from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.months import FIRST_MONTH, LAST_MONTH, add_months, first_day, month_of
from jamsostek.core.text import N_, _

PROGRAMMES = ("jkk", "jkm", "jht", "jp", "jkp")
"""A programme's place is its bit in the token: only ever append."""
SEGMENTS = ("pu", "non_asn", "bpu", "construction", "migrant", "trainee")
"""A segment's place is its number in the token: only ever append."""
SEGMENT_TITLES = {
    "pu": N_("Penerima upah"),
    "non_asn": N_("Pegawai non-ASN"),
    "bpu": N_("Bukan penerima upah"),
    "construction": N_("Jasa konstruksi"),
    "migrant": N_("Pekerja migran"),
    "trainee": N_("Peserta magang"),
}
LONGEST_NAME = 100
"""The civil register writes names of at most 60 characters (Permendagri 73/2022 Pasal 4); older ones can be longer."""

JAKARTA = dt.timezone(dt.timedelta(hours=7))
"""A card's months begin and end at midnight in Jakarta, wherever it is shown."""

_ISS, _SUB, _EXP, _NBF, _IAT, _CTI, _CARD = 1, 2, 4, 5, 6, 7, -65537
"""RFC 8392's claim keys; below -65536 is for private use: [name, programmes as bits, segment]."""
_SERIAL_BYTES = 6
_LONG_NUMBER = re.compile(r"\d(?:[\s.-]?\d){9,}")


@dataclass(frozen=True)
class CardClaims:
    """What one card says.

    `kpj` and `serial` (the card's own number) carry check digits, `name` is as printed, `from_month` to `until_month` are
    YYYYMM and both inside, `programmes` and `segment` are of `PROGRAMMES` and `SEGMENTS`. Refuses what no card may say:
    `InputError`, for a name may come from a person.
    """

    issuer: str
    kpj: str
    serial: str
    name: str
    programmes: tuple[str, ...]
    segment: str
    from_month: int
    until_month: int
    issued_on: dt.date

    def __post_init__(self) -> None:
        for kind, given in (("kpj", self.kpj), ("card", self.serial)):
            if numbers.check(kind, given) != given:
                raise ValueError(f"{kind} with spaces or dashes")
        _refuse_name(self.name)
        _refuse_cover(self)


def _refuse_name(name: str) -> None:
    if not name.strip() or len(name) > LONGEST_NAME:
        raise InputError(
            _("Nama di kartu harus 1 sampai {longest} karakter.").format(longest=LONGEST_NAME),
            field="name",
            remedy=_("Tulis nama seperti di KTP."),
        )
    if name != unicodedata.normalize("NFC", " ".join(name.split())) or not name.isprintable():
        raise InputError(
            _("Nama di kartu berisi spasi ganda atau tanda yang tidak tercetak."),
            field="name",
            remedy=_("Ketik ulang nama itu tanpa menyalin dari berkas lain."),
        )
    if _LONG_NUMBER.search(name):
        raise InputError(
            _("Nama di kartu berisi nomor panjang, mungkin NIK."),
            field="name",
            remedy=_("Hapus nomor itu: NIK tidak pernah ada di kartu."),
        )


def _refuse_cover(card: CardClaims) -> None:
    """Mistakes of a program, not of a person."""
    if not card.issuer or len(card.issuer) > 40:
        raise ValueError("an issuer of 1 to 40 characters")
    if not card.programmes or card.programmes != tuple(p for p in PROGRAMMES if p in card.programmes):
        raise ValueError(f"programmes in the order of {PROGRAMMES}")
    if card.segment not in SEGMENTS:
        raise ValueError(f"segment of {SEGMENTS}")
    for month in (card.from_month, card.until_month):
        if not (FIRST_MONTH <= month <= LAST_MONTH and 1 <= month % 100 <= 12):
            raise ValueError(f"{month} is no month")
    if card.from_month > card.until_month:
        raise ValueError("until_month before from_month")


def instant(day: dt.date) -> int:
    """The first second of a day in Jakarta, as seconds since 1970 (a NumericDate)."""
    return int(dt.datetime(day.year, day.month, day.day, tzinfo=JAKARTA).timestamp())


def day_of(seconds: int) -> dt.date:
    """The day in Jakarta that an instant lies in."""
    return dt.datetime.fromtimestamp(seconds, JAKARTA).date()


def to_payload(card: CardClaims) -> bytes:
    """The claims as deterministic CBOR. The card expires the moment the month after `until_month` begins."""
    bits = sum(1 << PROGRAMMES.index(programme) for programme in card.programmes)
    claims = {
        _ISS: card.issuer,
        _SUB: card.kpj,
        _EXP: instant(first_day(add_months(card.until_month, 1))),
        _NBF: instant(first_day(card.from_month)),
        _IAT: instant(card.issued_on),
        _CTI: int(card.serial).to_bytes(_SERIAL_BYTES, "big"),
        _CARD: [card.name, bits, SEGMENTS.index(card.segment)],
    }
    return cbor2.dumps(claims, canonical=True)


def from_payload(payload: bytes) -> CardClaims:
    """The claims in a payload whose signature holds; raises ValueError where it says no card that we know."""
    try:
        return _read(cbor2.loads(payload))
    except (cbor2.CBORDecodeError, KeyError, TypeError, IndexError, OverflowError, AttributeError) as error:
        raise ValueError(f"not the claims of a card: {type(error).__name__}") from error


def _read(claims: Any) -> CardClaims:
    name, bits, segment = claims[_CARD]
    if not 0 < bits < 1 << len(PROGRAMMES) or not 0 <= segment < len(SEGMENTS):
        raise ValueError("a programme or segment that is not known here")
    return CardClaims(
        issuer=claims[_ISS],
        kpj=claims[_SUB],
        serial=f"{int.from_bytes(claims[_CTI], 'big'):013d}",
        name=name,
        programmes=tuple(programme for bit, programme in enumerate(PROGRAMMES) if bits >> bit & 1),
        segment=SEGMENTS[segment],
        from_month=month_of(day_of(claims[_NBF])),
        until_month=add_months(month_of(day_of(claims[_EXP])), -1),
        issued_on=day_of(claims[_IAT]),
    )
