"""What notifications and statements say of transfers: which left, which came back. Everything else in them is not ours."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from payout_batches import ACCOUNT, DAY, IDS, fits

from jamsostek.messages.bank.reader import parse_statement
from jamsostek.messages.bank.records import CAMT053, CAMT054
from jamsostek.messages.payout.camt054 import VERSION, write_camt054
from jamsostek.messages.payout.reader import parse_answer, read_answer
from jamsostek.messages.payout.records import RETURNED, SETTLED, Answer, Outcome

LEFT = Outcome("JHT-1", SETTLED, "", "", "ST251104000001", DAY, 1_000_000)
BACK = Outcome("JHT-0", RETURNED, "AC06", "rekening diblokir", "SR251104000000", DAY, 700_000)
DAYS = Answer(CAMT054, "SIN251104", "PAY-20251103-01", "", (LEFT, BACK))


def document(entries: str, name: str = "camt.054.001.08", opening: int = 0, closing: int = 0) -> bytes:
    """A file around entries written by hand."""
    body, one = ("BkToCstmrStmt", "Stmt") if "053" in name else ("BkToCstmrDbtCdtNtfctn", "Ntfctn")
    balances = "".join(
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="IDR">{rupiah}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        f"<Dt><Dt>{DAY}</Dt></Dt></Bal>"
        for kind, rupiah in (("OPBD", opening), ("CLBD", closing))
    )
    account = f"<Acct><Id><Othr><Id>{ACCOUNT}</Id></Othr></Id><Ccy>IDR</Ccy></Acct>"
    head = f"<Id>S1</Id><CreDtTm>{DAY}T23:00:00</CreDtTm>{account}{balances if '053' in name else ''}"
    text = f"<{body}><GrpHdr/><{one}>{head}{entries}</{one}></{body}>"
    return f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{name}">{text}</Document>'.encode()


def ntry(
    amount: str, *details: str, mark: str = "DBIT", reference: str = "BANK000001", more: str = "", status: str = "BOOK"
) -> str:
    """One entry written by hand."""
    state = f"<CdtDbtInd>{mark}</CdtDbtInd>{more}<Sts><Cd>{status}</Cd></Sts><BookgDt><Dt>{DAY}</Dt></BookgDt>"
    inner = f"<NtryDtls>{''.join(details)}</NtryDtls>"
    return f'<Ntry><Amt Ccy="IDR">{amount}</Amt>{state}<AcctSvcrRef>{reference}</AcctSvcrRef>{inner}</Ntry>'


def detail(id: str, amount: str = "", mark: str = "DBIT", more: str = "", batch: str = "") -> str:
    """One detail."""
    money = f'<Amt Ccy="IDR">{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd>' if amount else ""
    order = f"<MsgId>{batch}</MsgId>" if batch else ""
    return f"<TxDtls><Refs>{order}<EndToEndId>{id}</EndToEndId></Refs>{money}{more}</TxDtls>"


RETURN = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>akun ditutup</AddtlInf></RtrInf>"


def told(answer: Answer) -> list[tuple[str, str, int | None]]:
    """The outcomes in short."""
    return [(one.end_to_end_id, one.status, one.amount_rupiah) for one in answer.outcomes]


# --- round trips ------------------------------------------------------------------------------------------------------


def test_a_notification_comes_back_as_it_was_and_the_child_reads_the_same() -> None:
    content = write_camt054(DAYS, ACCOUNT, DAY)
    assert parse_answer(content) == read_answer(content) == DAYS


def test_a_notification_fits_the_schema() -> None:
    one = fits(write_camt054(DAYS, ACCOUNT, DAY), VERSION).bk_to_cstmr_dbt_cdt_ntfctn.ntfctn[0]
    assert [int(entry.amt.value) for entry in one.ntry] == [1_000_000, 700_000]


def test_the_reader_of_statements_finds_the_same_money() -> None:
    read = parse_statement(write_camt054(DAYS, ACCOUNT, DAY))
    assert [one.signed_rupiah for one in read.entries] == [-1_000_000, 700_000]
    assert (read.account, read.proven, read.whole) == (ACCOUNT, True, True)


def test_a_day_without_transfers_is_an_answer() -> None:
    empty = replace(DAYS, original_message_id="", outcomes=())
    content = write_camt054(empty, ACCOUNT, DAY)
    fits(content, VERSION)
    assert parse_answer(content) == empty


@st.composite
def days(draw: st.DrawFn) -> Answer:
    """Days on which each transfer left or came back."""
    outcomes = tuple(
        Outcome(
            end_to_end_id=id,
            status=status,
            reason_code="MS03" if status == RETURNED else "",
            reference=f"BK{draw(st.integers(10**9, 10**10 - 1))}{number:02d}",
            booked_on=draw(st.dates(dt.date(2025, 1, 1), dt.date(2026, 1, 1))),
            amount_rupiah=draw(st.integers(1, 10**13)),
        )
        for number, id in enumerate(draw(st.lists(IDS.filter(lambda id: id != "NOTPROVIDED"), max_size=6, unique=True)))
        for status in [draw(st.sampled_from((SETTLED, RETURNED)))]
    )
    return Answer(CAMT054, draw(IDS), draw(IDS) if outcomes else "", "", outcomes)


@given(days())
@settings(max_examples=60, deadline=None)
def test_any_notification_fits_the_schema_and_comes_back(drawn: Answer) -> None:
    content = write_camt054(drawn, ACCOUNT, DAY)
    fits(content, VERSION)
    assert parse_answer(content) == drawn


def test_what_moved_no_money_is_no_notification() -> None:
    for outcome in (replace(LEFT, amount_rupiah=None), replace(LEFT, status="accepted")):
        with pytest.raises(ValueError, match="moved"):
            write_camt054(replace(DAYS, outcomes=(outcome,)), ACCOUNT, DAY)


# --- as banks write it ------------------------------------------------------------------------------------------------


def test_a_statement_tells_the_same_and_its_other_entries_are_passed_over() -> None:
    entries = (
        ntry("1000000", detail("JHT-1"), reference="BANK000001")
        + ntry("6500", reference="BANK000002")
        + ntry("6500", detail("NOTPROVIDED"), reference="BANK000003")
        + ntry("2000000", detail("800000000000017"), mark="CRDT", reference="BANK000004")
    )
    read = parse_answer(document(entries, "camt.053.001.08", 0, 987_000))
    assert (read.kind, told(read), read.whole) == (CAMT053, [("JHT-1", SETTLED, 1_000_000)], True)
    assert (read.outcomes[0].booked_on, read.outcomes[0].reference) == (DAY, "BANK000001")


@pytest.mark.parametrize(
    ("more", "inside"),
    [
        ("", RETURN),
        ("<RvslInd>true</RvslInd>", ""),
        ("", "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd>"),
    ],
)
def test_money_that_came_back_is_known_however_the_bank_says_so(more: str, inside: str) -> None:
    read = parse_answer(document(ntry("500", detail("JHT-1", more=inside), mark="CRDT", more=more)))
    assert told(read) == [("JHT-1", RETURNED, 500)]
    if inside == RETURN:
        assert (read.outcomes[0].reason_code, read.outcomes[0].reason) == ("AC04", "akun ditutup")


def test_a_contribution_taken_back_is_no_transfer() -> None:
    reversal = ntry("500", detail("800000000000017"), more="<RvslInd>true</RvslInd>")
    plain = ntry("500", detail("JHT-1"), mark="CRDT", reference="BANK000002")
    assert parse_answer(document(reversal + plain)).outcomes == ()


def test_a_transfer_that_left_and_came_back_stands_twice() -> None:
    entries = ntry("500", detail("JHT-1")) + ntry("500", detail("JHT-1", more=RETURN), mark="CRDT", reference="BANK000002")
    read = parse_answer(document(entries))
    assert (told(read), read.problems) == ([("JHT-1", SETTLED, 500), ("JHT-1", RETURNED, 500)], ())


def test_a_transfer_debited_twice_is_told() -> None:
    entries = ntry("500", detail("JHT-1")) + ntry("500", detail("JHT-1"), reference="BANK000002")
    read = parse_answer(document(entries))
    assert told(read) == [("JHT-1", SETTLED, 500)] * 2
    assert [(one.kind, one.value, one.severity) for one in read.problems] == [("settled_twice", "JHT-1", "warning")]


def test_a_batch_booked_as_one_debit_gives_each_transfer() -> None:
    read = parse_answer(document(ntry("1500", detail("JHT-1", "1000"), detail("JHT-2", "500"))))
    assert told(read) == [("JHT-1", SETTLED, 1_000), ("JHT-2", SETTLED, 500)]
    read = parse_answer(document(ntry("1500", detail("JHT-1"), detail("JHT-2"))))
    assert told(read) == [("JHT-1", SETTLED, None), ("JHT-2", SETTLED, None)]
    nothing = ntry("1500", detail("JHT-1", "1000"), detail("JHT-2", "500"), detail("JHT-3", "0"))
    assert [one.amount_rupiah for one in parse_answer(document(nothing)).outcomes] == [None] * 3


def test_the_order_is_named_where_all_transfers_are_of_one() -> None:
    first, second = detail("JHT-1", batch="PAY-1"), detail("JHT-2", batch="PAY-2")
    assert parse_answer(document(ntry("5", first))).original_message_id == "PAY-1"
    assert parse_answer(document(ntry("5", first) + ntry("5", second, reference="BANK000002"))).original_message_id == ""


def test_what_is_not_booked_yet_is_told_and_no_outcome() -> None:
    read = parse_answer(document(ntry("500", detail("JHT-1"), status="PDNG")))
    assert (read.outcomes, [one.kind for one in read.problems]) == ((), ["pending"])


def test_an_entry_that_cannot_be_read_is_told_and_no_outcome() -> None:
    read = parse_answer(document(ntry("500.50", detail("JHT-1")) + ntry("7", detail("JHT-2"), reference="BANK000002")))
    assert (told(read), [one.kind for one in read.problems]) == ([("JHT-2", SETTLED, 7)], ["amount_fraction"])
    assert not read.whole


def test_a_statement_whose_money_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="Jumlahnya tidak cocok"):
        parse_answer(document(ntry("500", detail("JHT-1")), "camt.053.001.08", 1_000, 501))
