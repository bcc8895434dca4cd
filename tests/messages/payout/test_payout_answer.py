"""What a bank answers to an order (pain.002): every transfer's fate as the bank says it, and nothing guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from payout_batches import IDS, MORNING, fits
from xsdata.exceptions import ParserError

from jamsostek.messages.payout.pain002 import VERSION, read_pain002, write_pain002
from jamsostek.messages.payout.reader import parse_answer, read_answer
from jamsostek.messages.payout.records import (
    ACCEPTED,
    PAIN002,
    PARTIAL,
    PENDING,
    REJECTED,
    RETURNED,
    SETTLED,
    Answer,
    Outcome,
    status_of,
)

MIXED = Answer(
    kind=PAIN002,
    message_id="SIA251103000001",
    original_message_id="PAY-20251103-01",
    status=PARTIAL,
    outcomes=(
        Outcome("JHT-1", ACCEPTED, amount_rupiah=1_000_000),
        Outcome("JHT-2", REJECTED, "AC04", "Rekening ditutup <sejak 2024> & tidak aktif", "BK0001", None, 500),
        Outcome("JHT-3", PENDING, "", "menunggu", ""),
        Outcome("JHT-4", SETTLED, "", "", "BK0002"),
    ),
)


def document(body: str, version: str = VERSION) -> bytes:
    """A report written by hand."""
    head = "<GrpHdr><MsgId>A1</MsgId><CreDtTm>2025-11-03T10:00:00</CreDtTm></GrpHdr>"
    space = f"urn:iso:std:iso:20022:tech:xsd:{version}"
    return f'<Document xmlns="{space}"><CstmrPmtStsRpt>{head}{body}</CstmrPmtStsRpt></Document>'.encode()


def group(status: str = "", more: str = "") -> str:
    """What is said of the whole."""
    state = f"<GrpSts>{status}</GrpSts>" if status else ""
    ids = "<OrgnlMsgId>PAY-1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>"
    return f"<OrgnlGrpInfAndSts>{ids}{state}{more}</OrgnlGrpInfAndSts>"


def block(*rows: str, status: str = "", more: str = "") -> str:
    """What is said of a payment block and its transfers."""
    state = f"<PmtInfSts>{status}</PmtInfSts>" if status else ""
    return f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>PAY-1</OrgnlPmtInfId>{state}{more}{''.join(rows)}</OrgnlPmtInfAndSts>"


def row(id: str = "JHT-1", status: str = "", reason: str = "", more: str = "") -> str:
    """What is said of one transfer."""
    named = f"<OrgnlEndToEndId>{id}</OrgnlEndToEndId>" if id else ""
    state = f"<TxSts>{status}</TxSts>" if status else ""
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else ""
    return f"<TxInfAndSts>{named}{state}{why}{more}</TxInfAndSts>"


def told(answer: Answer) -> list[tuple[str, str, str]]:
    """The outcomes in short."""
    return [(one.end_to_end_id, one.status, one.reason_code) for one in answer.outcomes]


# --- round trips ------------------------------------------------------------------------------------------------------


def test_an_answer_comes_back_as_it_was_and_the_child_reads_the_same() -> None:
    content = write_pain002(MIXED, MORNING)
    assert read_pain002(content) == parse_answer(content) == read_answer(content, "jawaban.xml") == MIXED


def test_an_answer_fits_the_schema() -> None:
    report = fits(write_pain002(MIXED, MORNING), VERSION).cstmr_pmt_sts_rpt
    assert report.orgnl_grp_inf_and_sts.grp_sts == "PART"
    assert [one.tx_sts for one in report.orgnl_pmt_inf_and_sts[0].tx_inf_and_sts] == ["ACCP", "RJCT", "PDNG", "ACSC"]


def test_a_fault_against_the_classes_would_be_found() -> None:
    content = write_pain002(MIXED, MORNING)
    for old, new in (
        (b"<TxSts>RJCT", b"<TxSts>REJECTED"),
        (b"<StsId>", b"<Sts>"),
        (b"<OrgnlMsgId>", b"<OrgnlMsgId>" + b"x" * 40),
    ):
        spoilt = content.replace(old, new).replace(b"</StsId>", b"</Sts>" if old == b"<StsId>" else b"</StsId>")
        with pytest.raises((AssertionError, ParserError)):
            fits(spoilt, VERSION)


WORDS = st.text(max_size=200).map(lambda text: " ".join("".join(c if c.isprintable() else " " for c in text).split()))


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Answers that a bank could give."""
    outcomes = tuple(
        Outcome(
            end_to_end_id=id,
            status=draw(st.sampled_from((ACCEPTED, PENDING, REJECTED, SETTLED))),
            reason_code=draw(st.sampled_from(("", "AC01", "AM09", "MS03"))),
            reason=draw(WORDS),
            reference=draw(st.sampled_from(("", "BK00001", "X/1"))),
            amount_rupiah=draw(st.one_of(st.none(), st.integers(0, 10**15))),
        )
        for id in draw(st.lists(IDS.filter(lambda id: id != "NOTPROVIDED"), max_size=5, unique=True))
    )
    status = status_of(one.status for one in outcomes)
    return Answer(PAIN002, draw(IDS), draw(IDS), status, outcomes, (), draw(st.sampled_from(("", "AM10"))), draw(WORDS))


@given(answers())
@settings(max_examples=80, deadline=None)
def test_any_answer_fits_the_schema_and_comes_back(drawn: Answer) -> None:
    content = write_pain002(drawn, MORNING)
    fits(content, VERSION)
    assert read_pain002(content) == drawn
    assert write_pain002(drawn, MORNING) == content


def test_money_that_came_back_cannot_be_told_in_an_answer_to_an_order() -> None:
    with pytest.raises(ValueError, match="came back"):
        write_pain002(replace(MIXED, outcomes=(Outcome("JHT-1", RETURNED),)), MORNING)


# --- as banks write it ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "status"),
    [
        *((code, ACCEPTED) for code in ("ACTC", "ACCP", "ACSP", "ACWC")),
        *((code, PENDING) for code in ("RCVD", "PDNG")),
        *((code, REJECTED) for code in ("RJCT", "CANC")),
        *((code, SETTLED) for code in ("ACSC", "ACCC")),
    ],
)
def test_every_status_of_a_bank_is_one_of_ours(code: str, status: str) -> None:
    read = parse_answer(document(group() + block(row("JHT-1", code))))
    assert (told(read), read.status, read.whole) == ([("JHT-1", status, "")], status, True)


@pytest.mark.parametrize("version", ["03", "09", "10", "12", "14", "15"])
def test_other_versions_are_read_too(version: str) -> None:
    read = parse_answer(document(group("RJCT") + block(row(status="RJCT", reason="AC01")), f"pain.002.001.{version}"))
    assert told(read) == [("JHT-1", REJECTED, "AC01")]


def test_a_transfer_that_says_nothing_of_itself_fares_like_its_block_and_its_block_like_the_group() -> None:
    assert told(parse_answer(document(group("PART") + block(row(), status="RJCT")))) == [("JHT-1", REJECTED, "")]
    assert told(parse_answer(document(group("ACSP") + block(row())))) == [("JHT-1", ACCEPTED, "")]


def test_a_transfer_in_a_partial_block_that_says_nothing_is_told_and_not_guessed() -> None:
    read = parse_answer(document(group("PART") + block(row("JHT-1"), row("JHT-2", "RJCT"))))
    assert told(read) == [("JHT-2", REJECTED, "")]
    assert [(one.kind, one.row) for one in read.problems] == [("status_unknown", 1)]
    assert not read.whole


def test_a_whole_batch_can_be_refused_with_its_reason() -> None:
    why = "<StsRsnInf><Rsn><Cd>AM10</Cd></Rsn><AddtlInf>control sum</AddtlInf></StsRsnInf>"
    read = parse_answer(document(group("RJCT", why)))
    assert (read.status, read.reason_code, read.reason, read.outcomes) == (REJECTED, "AM10", "control sum", ())


def test_the_status_of_the_blocks_is_that_of_a_batch_that_has_none() -> None:
    assert parse_answer(document(group() + block(row(), status="ACSP"))).status == ACCEPTED
    both = block(row("JHT-1"), status="ACSP") + block(row("JHT-2"), status="RJCT")
    assert parse_answer(document(group() + both)).status == PARTIAL


def test_a_status_that_nobody_knows_is_told() -> None:
    read = parse_answer(document(group("HMMM") + block(row("JHT-1", "XXXX"), row("JHT-2", "ACSC"))))
    assert ([one.kind for one in read.problems], read.status) == (["status_unknown"] * 2, "")
    assert told(read) == [("JHT-2", SETTLED, "")]


def test_a_transfer_without_its_reference_is_told() -> None:
    read = parse_answer(document(group("RJCT") + block(row("", "RJCT"), row("NOTPROVIDED", "RJCT"))))
    assert ([one.kind for one in read.problems], read.outcomes) == (["transfer_unnamed"] * 2, ())


def test_a_transfer_told_twice_the_same_is_one_and_told_differently_is_none() -> None:
    read = parse_answer(document(group() + block(row("JHT-1", "ACSP"), row("JHT-1", "ACSP"))))
    assert (told(read), read.problems) == ([("JHT-1", ACCEPTED, "")], ())
    read = parse_answer(document(group() + block(row("JHT-1", "ACSP"), row("JHT-2", "ACSP"), row("JHT-1", "RJCT"))))
    assert told(read) == [("JHT-2", ACCEPTED, "")]
    assert [(one.kind, one.row) for one in read.problems] == [("status_differs", 3)]


def test_a_bank_that_refuses_more_than_it_names_is_told() -> None:
    counts = "<NbOfTxsPerSts><DtldNbOfTxs>2</DtldNbOfTxs><DtldSts>RJCT</DtldSts></NbOfTxsPerSts>"
    for body in (group("PART", counts) + block(row("JHT-1", "RJCT")), group("PART") + block(row("JHT-1", "RJCT"), more=counts)):
        read = parse_answer(document(body))
        (problem,) = read.problems
        assert (problem.kind, problem.row, problem.expected) == ("rejected_unnamed", None, "2 transfer ditolak; disebut 1")
        assert told(read) == [("JHT-1", REJECTED, "")]


def test_an_amount_that_is_no_rupiah_is_told_and_the_fate_is_kept() -> None:
    for amount in ('<InstdAmt Ccy="USD">5</InstdAmt>', '<InstdAmt Ccy="IDR">5.50</InstdAmt>', '<InstdAmt Ccy="IDR">x</InstdAmt>'):
        read = parse_answer(document(group() + block(row("JHT-1", "RJCT", more=f"<OrgnlTxRef><Amt>{amount}</Amt></OrgnlTxRef>"))))
        assert ([one.kind for one in read.problems], read.outcomes[0].amount_rupiah) == (["amount_not_told"], None)
        assert read.whole


def test_the_words_of_a_bank_are_joined() -> None:
    lines = "".join(f"<AddtlInf>{line}</AddtlInf>" for line in ("Rekening ditutup", "hubungi cabang"))
    read = parse_answer(document(group() + block(row("JHT-1", "RJCT", more=f"<StsRsnInf>{lines}</StsRsnInf>"))))
    assert read.outcomes[0].reason == "Rekening ditutup hubungi cabang"
