"""Whatever the bytes: an order or an answer that adds up, or a refusal with a way out; nothing fetched, nothing expanded."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from payout_batches import MORNING, batch, refused, transfer
from test_payout_answer import MIXED
from test_payout_csv import ANSWER
from test_payout_money import ACCOUNT, DAY, DAYS

from jamsostek.core.errors import InputError
from jamsostek.core.text import LANGUAGES, speaking
from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.payout.camt054 import write_camt054
from jamsostek.messages.payout.pain001 import read_pain001, write_pain001
from jamsostek.messages.payout.pain002 import write_pain002
from jamsostek.messages.payout.reader import parse_answer, read_answer, read_order
from jamsostek.messages.payout.records import STATUSES

ORDER = write_pain001(batch())
REPORT = write_pain002(MIXED, MORNING)
NOTICE = write_camt054(DAYS, ACCOUNT, DAY)


def changed(old: str, new: str, content: bytes = ORDER) -> bytes:
    """A file with one thing written otherwise; it must be there."""
    assert old.encode() in content
    return content.replace(old.encode(), new.encode(), 1)


# --- orders -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "kind", "field"),
    [
        ("<NbOfTxs>3", "<NbOfTxs>4", "sums", "NbOfTxs"),
        ("<NbOfTxs>3", "<NbOfTxs>tiga", "form", "NbOfTxs"),
        ("<NbOfTxs>3</NbOfTxs>", "", "missing", "NbOfTxs"),
        ("<CtrlSum>252000004.00", "<CtrlSum>252000005.00", "sums", "CtrlSum"),
        ("<CtrlSum>252000004.00", "<CtrlSum>252000004.50", "form", "CtrlSum"),
        ('Ccy="IDR">1000001.00', 'Ccy="USD">1000001.00', "currency", "InstdAmt"),
        ("1000001.00", "1000001.25", "form", "InstdAmt"),
        ("1000001.00", "banyak", "form", "InstdAmt"),
        ("<PmtMtd>TRF", "<PmtMtd>CHK", "form", "PmtMtd"),
        ("<Dt>2025-11-04", "<Dt>2025-11-31", "form", "ReqdExctnDt"),
        ("2025-11-03T09:12", "2025-13-03T09:12", "form", "CreDtTm"),
        ("<Nm>Wira Santosa</Nm>", "", "missing", "Nm"),
        ("<EndToEndId>JHT-2025-000001</EndToEndId>", "", "missing", "EndToEndId"),
        ("<MsgId>PAY-20251103-01</MsgId>", "", "missing", "MsgId"),
    ],
)
def test_an_order_with_a_wrong_part_is_refused_by_its_name(old: str, new: str, kind: str, field: str) -> None:
    refused(lambda: read_pain001(changed(old, new)), kind=kind, field=field)


@pytest.mark.parametrize(
    ("old", "new", "field", "row"),
    [
        ("JHT-2025-000002", "JHT-2025-000001", "end_to_end_id", 2),
        ("JHT klaim 1", "JHT klaim 3273014508900000", "text", 1),
        ("Sari Wulandari", "Sari ꦮꦸ", "creditor_name", 2),
        ("7000000000100", "7000-0000-0100", "creditor_account", 1),
        ("1000001.00", "0.00", "amount_rupiah", 1),
        ("+07:00", "", "made_at", None),
    ],
)
def test_an_order_that_no_batch_could_be_is_refused_by_field_and_row(old: str, new: str, field: str, row: int | None) -> None:
    content = changed(old, new)
    refused(lambda: read_pain001(content), field=field, row=row)
    refused(lambda: read_order(content), field=field, row=row)


def test_an_order_of_two_blocks_is_refused() -> None:
    found = re.search(rb"<PmtInf>.*</PmtInf>", ORDER)
    assert found
    refused(lambda: read_pain001(ORDER.replace(found[0], found[0] * 2)), kind="several", field="PmtInf")
    refused(lambda: read_pain001(ORDER.replace(found[0], b"")), kind="missing", field="PmtInf")


@pytest.mark.parametrize("version", ["pain.001.001.03", "pain.001.001.08", "pain.001.001.10"])
def test_an_order_of_another_version_is_refused_by_its_name(version: str) -> None:
    error = refused(lambda: read_pain001(changed("pain.001.001.09", version)), kind="version", value=version)
    assert "pain.001.001.09" in str(error)


@pytest.mark.parametrize("name", ["pain.002.001.10", "pain.008.001.08", "camt.053.001.08", "svg"])
def test_another_message_is_no_order(name: str) -> None:
    content = f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{name}"><X/></Document>'.encode()
    refused(lambda: read_pain001(content), kind="not_an_order", value=name)


# --- answers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pain.001.001.09", "pacs.008.001.08", "camt.052.001.08", "svg", "html"])
def test_another_message_is_no_answer(name: str) -> None:
    content = f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{name}"><X/></Document>'.encode()
    refused(lambda: parse_answer(content), kind="not_an_answer", value=name)


def test_our_own_order_is_no_answer() -> None:
    refused(lambda: parse_answer(ORDER), kind="not_an_answer", value="pain.001.001.09")


@pytest.mark.parametrize("version", ["pain.002.001.01", "pain.002.001.02", "pain.002.001.99"])
def test_an_answer_of_another_version_is_refused_by_its_name(version: str) -> None:
    refused(lambda: parse_answer(changed("pain.002.001.10", version, REPORT)), kind="version", value=version)


@pytest.mark.parametrize("part", ["GrpHdr", "OrgnlGrpInfAndSts", "MsgId", "OrgnlMsgId"])
def test_an_answer_without_its_head_is_refused(part: str) -> None:
    without = re.sub(rf"<{part}>.*?</{part}>".encode(), b"", REPORT)
    refused(lambda: parse_answer(without), kind="missing", field=part)


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"\0" * 100, b"PK\x03\x04\0\0\0\0", b"%PDF-1.7\n", b"\xff\xd8\xff\0", b"<html>"]
)
def test_what_is_no_answer_at_all_is_refused(content: bytes) -> None:
    refused(lambda: parse_answer(content))


def test_a_file_cut_anywhere_is_refused() -> None:
    for content, read in ((ORDER, read_pain001), (REPORT, parse_answer), (NOTICE, parse_answer)):
        for end in range(120, len(content) - 1, 37):
            assert refused(lambda read=read, part=content[:end]: read(part), kind="cut")


# --- hostile XML ------------------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
BOMBS = {
    "a billion laughs": f"<!DOCTYPE Document [{LAUGHS}]>",
    "a file of this computer": '<!DOCTYPE Document [<!ENTITY l11 SYSTEM "file:///etc/hostname">]>',
    "an address outside": '<!DOCTYPE Document SYSTEM "http://127.0.0.1:9/x.dtd">',
    "a parameter": '<!DOCTYPE Document [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>',
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("content", [ORDER, REPORT, NOTICE], ids=["order", "report", "notice"])
def test_declarations_are_refused_before_the_parser_sees_them(bomb: str, content: bytes) -> None:
    spoilt = content.replace(b"<Document", BOMBS[bomb].encode() + b"<Document", 1).replace(b"JHT-1<", b"&l11;<")
    begun = time.process_time()
    for read in (read_pain001, parse_answer):
        refused(lambda read=read: read(spoilt), kind="entity")
    assert time.process_time() - begun < 0.2


def test_another_encoding_cannot_hide_them() -> None:
    for name in ("utf-16", "iso-8859-1", "utf-7"):
        spoilt = ORDER.replace(b"encoding='UTF-8'", f"encoding='{name}'".encode())
        refused(lambda spoilt=spoilt: read_pain001(spoilt), kind="encoding")
    refused(lambda: read_pain001(ORDER.replace(b"Wira", b"W\xefra")), kind="encoding")


def test_elements_within_elements_without_end_are_refused() -> None:
    deep = changed("<GrpHdr>", "<a>" * 100_000 + "</a>" * 100_000 + "<GrpHdr>")
    refused(lambda: read_pain001(deep), kind="damaged")


def test_an_unknown_entity_is_refused() -> None:
    refused(lambda: parse_answer(changed("JHT-1", "&hostname;", REPORT)), kind="damaged")


def test_comments_and_instructions_change_nothing() -> None:
    talkative = ORDER.replace(b"<CdtTrfTxInf>", b"<!-- <CdtTrfTxInf> --><?run it?><CdtTrfTxInf>").replace(
        b"1000001", b"<!-- 9 -->1000001"
    )
    assert read_pain001(talkative) == batch()


def test_a_refusal_comes_whole_out_of_the_child_process() -> None:
    content = changed("<CtrlSum>252000004.00", "<CtrlSum>252000005.00")
    assert str(refused(lambda: read_order(content))) == str(refused(lambda: read_pain001(content), kind="sums"))
    assert refused(lambda: read_answer(ORDER)).remedy == refused(lambda: parse_answer(ORDER)).remedy


def test_a_child_that_may_take_no_time_ends() -> None:
    with pytest.raises(FileUnreadable) as caught:
        read_answer(REPORT, seconds=0.01)
    assert caught.value.kind == "time"


# --- damage -----------------------------------------------------------------------------------------------------------

PIECES = [
    b"",
    b"\0",
    b"<",
    b">",
    b"&",
    b"&#0;",
    b"]]>",
    b"<a>",
    b"</a>",
    b"9",
    b"-",
    b"'",
    b'"',
    b";",
    b"\n",
    b"\xff",
    b"RJCT",
    b"USD",
]


@given(st.sampled_from((ORDER, REPORT, NOTICE, ANSWER.encode())), st.data())
@settings(max_examples=300, deadline=None)
def test_damage_gives_an_answer_or_a_refusal_in_both_languages(content: bytes, data: st.DataObject) -> None:
    for _time in range(data.draw(st.integers(1, 3))):
        at, length = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 30))
        content = content[:at] + data.draw(st.sampled_from(PIECES)) + content[at + length :]
    for read in (parse_answer, read_pain001):
        try:
            found = read(content)
        except InputError as error:
            assert error.remedy
            continue
        for problem in getattr(found, "problems", ()):
            for language in LANGUAGES:
                with speaking(language):
                    assert problem.message and problem.expected and problem.remedy
        assert all(one.status in STATUSES for one in getattr(found, "outcomes", ()))


def test_a_name_in_quotes_and_signs_of_xml_stays_a_name() -> None:
    strange = batch(transfer(creditor_name='Wira <b>&amp;</b> "Jaya" \' ]]>'))
    assert read_pain001(write_pain001(strange)).transfers[0].creditor_name == "Wira b +amp, /b 'Jaya' '"
