"""Batches for tests: the cast, made by hand and drawn by Hypothesis, and what others know of ISO 20022."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import strategies as st
from lxml import etree
from pyiso20022.tools.validation import validate_message
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata.formats.dataclass.serializers import XmlSerializer

from jamsostek.core.errors import InputError
from jamsostek.messages.payout.letters import fold
from jamsostek.messages.payout.records import Batch, Transfer

WIB = dt.timezone(dt.timedelta(hours=7))
MORNING = dt.datetime(2025, 11, 3, 9, 12, tzinfo=WIB)
DAY = dt.date(2025, 11, 4)
ACCOUNT = "1234567890"


def transfer(number: int = 1, **other: object) -> Transfer:
    """The n-th payment of the day."""
    plain: dict[str, Any] = {
        "end_to_end_id": f"JHT-2025-{number:06d}",
        "amount_rupiah": 1_000_000 + number,
        "creditor_name": "Wira Santosa",
        "creditor_bank": "CENAIDJA",
        "creditor_account": f"70000{number:06d}00",
        "text": f"JHT klaim {number}",
        "purpose": "SSBE",
    }
    return Transfer(**plain | other)


def batch(*transfers: Transfer, **other: object) -> Batch:
    """A batch of the day."""
    plain: dict[str, Any] = {
        "message_id": "PAY-20251103-01",
        "made_at": MORNING,
        "pay_on": DAY,
        "debtor_name": "BPJS Ketenagakerjaan",
        "debtor_bank": "014",
        "debtor_account": ACCOUNT,
        "transfers": transfers or THREE,
    }
    return Batch(**plain | other)


THREE = (
    transfer(1),
    transfer(2, creditor_name="Sari Wulandari", creditor_bank="008", amount_rupiah=250_000_000, text="", purpose="PENS"),
    transfer(3, creditor_name="D'Arcy (Nona) Br. Ginting", text="+ JKM: santunan kematian", purpose="BENE"),
)


def refused(make: object, **expected: object) -> InputError:
    """Why something is refused; it always names the field and the way out."""
    with pytest.raises(InputError) as caught:
        make()  # type: ignore[operator]
    assert caught.value.remedy
    for name, value in expected.items():
        assert getattr(caught.value, name) == value, name
    return caught.value


def in_bank_letters(batch: Batch) -> Batch:
    """The batch as it arrives."""
    arrived = tuple(replace(one, creditor_name=fold(one.creditor_name), text=fold(one.text)) for one in batch.transfers)
    return replace(batch, debtor_name=fold(batch.debtor_name), transfers=arrived)


# --- drawn ------------------------------------------------------------------------------------------------------------

IDS = st.from_regex(r"[A-Z][A-Z0-9]{0,10}([.\-/][A-Z0-9]{1,9}){0,2}", fullmatch=True)
NAMES = st.text('ABCdefghiéüñ’"&= .-😀', min_size=1, max_size=60).filter(lambda name: any(sign.isalpha() for sign in fold(name)))
TEXTS = st.text(max_size=60).filter(lambda text: len(fold(text)) <= 140 and not any(sign.isdigit() for sign in fold(text)))
BANKS = st.one_of(
    st.from_regex(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", fullmatch=True), st.from_regex(r"[0-9]{3,7}", fullmatch=True)
)
ACCOUNTS = st.from_regex(r"[0-9A-Z]{5,34}", fullmatch=True)
MOMENTS = st.datetimes(timezones=st.sampled_from((WIB, dt.UTC)))


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    """Whole batches, with whatever people are called."""
    ids = draw(st.lists(IDS, min_size=1, max_size=6, unique=True))
    transfers = tuple(
        Transfer(
            end_to_end_id=id,
            amount_rupiah=draw(st.integers(1, 10**14)),
            creditor_name=draw(NAMES),
            creditor_bank=draw(BANKS),
            creditor_account=draw(ACCOUNTS),
            text=draw(TEXTS),
            purpose=draw(st.sampled_from(("SSBE", "PENS", "BENE"))),
        )
        for id in ids
    )
    return Batch(draw(IDS), draw(MOMENTS), draw(st.dates()), draw(NAMES), draw(BANKS), draw(ACCOUNTS), transfers)


# --- as others know it ------------------------------------------------------------------------------------------------


@cache
def schema(version: str) -> etree.XMLSchema:
    """The XSD of a message, as sepaxml ships it."""
    return etree.XMLSchema(etree.fromstring(files("sepaxml").joinpath(f"schemas/{version}.xsd").read_bytes()))


def fits(content: bytes, version: str) -> Any:
    """Reads a document strictly into the schema's classes: the same elements in the schema's order, every value of its form."""
    kind, name = version.split(".", 1)
    module = import_module(f"pyiso20022.{kind}.{kind}_{name.replace('.', '_')}")
    config = ParserConfig(fail_on_unknown_properties=True, fail_on_unknown_attributes=True, fail_on_converter_warnings=True)
    document = XmlParser(config=config).from_bytes(content, module.Document)
    assert names(XmlSerializer().render(document).encode()) == names(content)
    found = validate_message(document, strict=False)
    assert found.is_valid, str(found)
    return document


def names(content: bytes) -> list[str]:
    """The elements of a document in order."""
    return [etree.QName(one).localname for one in etree.fromstring(content).iter()]
