"""camt.053 and camt.054 as banks send them: batches, pending entries, other versions, and files not to be believed."""

from __future__ import annotations

import re
import time

import pytest
from bank_statements import DAY, MAJU, SARI, THREE, WIRA, entry, refusal, statement

from jamsostek.core.text import speaking
from jamsostek.messages.bank.reader import parse_statement, read_statement
from jamsostek.messages.bank.records import CAMT054
from jamsostek.messages.bank.write import write_camt053

GOOD = write_camt053(THREE)
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def changed(old: str, new: str, content: bytes = GOOD) -> bytes:
    """A file with one thing written otherwise; it must be there."""
    assert old.encode() in content
    return content.replace(old.encode(), new.encode(), 1)


def document(entries: str, closing: int, name: str = "camt.053.001.08") -> bytes:
    """A statement from 0 to `closing` around entries written by hand."""
    balances = "".join(
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="IDR">{rupiah}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        f"<Dt><Dt>{DAY}</Dt></Dt></Bal>"
        for kind, rupiah in (("OPBD", 0), ("CLBD", closing))
    )
    body, one = ("BkToCstmrStmt", "Stmt") if "053" in name else ("BkToCstmrDbtCdtNtfctn", "Ntfctn")
    account = "<Acct><Id><Othr><Id>123-456-7890</Id></Othr></Id><Ccy>IDR</Ccy></Acct>"
    head = f"<Id>S1</Id><CreDtTm>{DAY}T23:00:00</CreDtTm>{account}{balances if '053' in name else ''}"
    body_text = f"<{body}><GrpHdr/><{one}>{head}{entries}</{one}></{body}>"
    return f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{name}">{body_text}</Document>'.encode()


def ntry(amount: str, details: str = "", mark: str = "CRDT", reference: str = "BANK000001", status: str = "BOOK") -> str:
    """One entry written by hand."""
    named = f"<AcctSvcrRef>{reference}</AcctSvcrRef>" if reference else ""
    state = f"<CdtDbtInd>{mark}</CdtDbtInd><Sts><Cd>{status}</Cd></Sts><BookgDt><Dt>{DAY}</Dt></BookgDt>"
    return f'<Ntry><Amt Ccy="IDR">{amount}</Amt>{state}{named}<NtryDtls>{details}</NtryDtls></Ntry>'


def detail(amount: str, code: str) -> str:
    """One detail of a batch."""
    money = f'<Amt Ccy="IDR">{amount}</Amt>' if amount else ""
    return f"<TxDtls><Refs><EndToEndId>{code}</EndToEndId></Refs>{money}<CdtDbtInd>CRDT</CdtDbtInd></TxDtls>"


# --- what is read -----------------------------------------------------------------------------------------------------


def test_a_batch_becomes_one_entry_for_each_detail() -> None:
    batch = ntry("3000000", detail("1000000", MAJU) + detail("2000000.00", SARI))
    read = parse_statement(document(batch, 3_000_000))
    assert [(one.amount_rupiah, one.code, one.reference) for one in read.entries] == [
        (1_000_000, MAJU, "BANK000001/1"),
        (2_000_000, SARI, "BANK000001/2"),
    ]
    assert read.account == "1234567890"


def test_a_batch_without_amounts_stays_one_entry_and_has_no_code_of_two() -> None:
    read = parse_statement(document(ntry("3000000", detail("", MAJU) + detail("", SARI)), 3_000_000))
    assert [(one.amount_rupiah, one.code) for one in read.entries] == [(3_000_000, "")]
    read = parse_statement(document(ntry("3000000", detail("", MAJU) + detail("", MAJU)), 3_000_000))
    assert read.entries[0].code == MAJU


def test_a_batch_whose_details_differ_is_told_and_its_money_is_known() -> None:
    entries = ntry("3000000", detail("1000000", MAJU) + detail("1999999", SARI)) + ntry("500", reference="BANK000002")
    read = parse_statement(document(entries, 3_000_500))
    assert [one.amount_rupiah for one in read.entries] == [500]
    assert [problem.kind for problem in read.problems] == ["not_whole", "details_differ"]
    assert read.unread_rupiah == 3_000_000


def test_details_of_the_second_version_have_their_amount_deeper() -> None:
    old = detail("", MAJU).replace("<CdtDbtInd>", '<AmtDtls><TxAmt><Amt Ccy="IDR">1000</Amt></TxAmt></AmtDtls><CdtDbtInd>')
    read = parse_statement(document(ntry("2000", old + old.replace(MAJU, SARI)), 2000, "camt.053.001.02"))
    assert [one.code for one in read.entries] == [MAJU, SARI]


def test_the_code_is_found_in_the_text_and_in_the_virtual_account() -> None:
    text = f"<TxDtls><RmtInf><Ustrd>bayar iuran {SARI[:5]} {SARI[5:10]} {SARI[10:]} nov</Ustrd></RmtInf></TxDtls>"
    virtual = f"<TxDtls><RltdPties><CdtrAcct><Id><Othr><Id>{WIRA}</Id></Othr></Id></CdtrAcct></RltdPties></TxDtls>"
    several = f"<TxDtls><RmtInf><Ustrd>{MAJU} dan {SARI}</Ustrd></RmtInf></TxDtls>"
    longer = f"<TxDtls><RmtInf><Ustrd>{MAJU}1</Ustrd></RmtInf></TxDtls>"
    wrong = f"<TxDtls><RmtInf><Ustrd>{MAJU[:-1]}{(int(MAJU[-1]) + 1) % 10}</Ustrd></RmtInf></TxDtls>"
    entries = "".join(
        ntry("10", details, reference=f"BANK00000{at}") for at, details in enumerate((text, virtual, several, longer, wrong))
    )
    assert [one.code for one in parse_statement(document(entries, 50)).entries] == [SARI, WIRA, "", "", ""]


def test_the_payers_name_is_kept_in_the_text() -> None:
    payer = "<RltdPties><Dbtr><Pty><Nm>PT Maju Jaya</Nm></Pty></Dbtr></RltdPties>"
    named = f"<TxDtls>{payer}<RmtInf><Ustrd>iuran</Ustrd></RmtInf></TxDtls>"
    assert parse_statement(document(ntry("10", named), 10)).entries[0].text == "iuran PT Maju Jaya"


def test_a_reversal_under_the_reference_of_its_payment_has_another_name() -> None:
    read = parse_statement(document(ntry("500") + ntry("500", mark="DBIT"), 0))
    assert [one.reference for one in read.entries] == ["BANK000001", "BANK000001/D"]
    assert [one.signed_rupiah for one in read.entries] == [500, -500]


def test_a_notification_has_no_balances_and_proves_nothing() -> None:
    read = parse_statement(document(ntry("1008000", detail("1008000", MAJU)), 0, "camt.054.001.08"))
    assert (read.format, read.opening_rupiah, read.unread_rupiah, read.proven) == (CAMT054, None, None, False)
    assert (read.entries[0].code, read.from_date) == (MAJU, DAY)


def test_statements_of_one_account_that_follow_each_other_are_one() -> None:
    one, two = statement(entry(1, 1_000)), statement(entry(2, 2_000), opening=5_001_000)
    both = re.sub(rb"</BkToCstmrStmt>.*", stmt(write_camt053(two)) + b"</BkToCstmrStmt></Document>", write_camt053(one))
    read = parse_statement(both)
    assert [one.amount_rupiah for one in read.entries] == [1_000, 2_000]
    assert (read.opening_rupiah, read.closing_rupiah) == (5_000_000, 5_003_000)


def stmt(content: bytes) -> bytes:
    """The statement element of a file."""
    found = re.search(rb"<Stmt>.*</Stmt>", content, re.DOTALL)
    assert found
    return found[0]


# --- single lines that cannot be read ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "kind", "field"),
    [
        ("1008000.00", "1008000.50", "amount_fraction", "Amt"),
        ("1008000.00", "banyak", "amount_unreadable", "Amt"),
        ("1008000.00", "10080000000000000", "amount_too_large", "Amt"),
        ("<BookgDt><Dt>2025-11-03", "<BookgDt><Dt>2025-11-31", "date_impossible", "BookgDt"),
        ("<BookgDt><Dt>2025-11-03", "<BookgDt><Dt>kemarin", "date_unreadable", "BookgDt"),
        ("1008000.00</Amt><CdtDbtInd>CRDT", "1008000.00</Amt><CdtDbtInd>?", "direction_unknown", "CdtDbtInd"),
    ],
)
def test_a_bad_entry_is_named_and_the_others_are_read(old: str, new: str, kind: str, field: str) -> None:
    read = parse_statement(changed(old, new, without_summary()))
    whole, line = read.problems
    assert (line.kind, line.row, line.field) == (kind, 1, field)
    assert (whole.kind, whole.row) == ("not_whole", None)
    assert "1" in whole.expected
    assert "1.008.000" in whole.expected
    assert [one.row for one in read.entries] == [2, 3]
    assert (read.whole, read.unread_rupiah) == (False, 1_008_000)
    with speaking("en"):
        assert line.remedy.startswith(("Download the statement", "The contribution account"))


def without_summary(content: bytes = GOOD) -> bytes:
    """The file without declared counts and sums."""
    return re.sub(rb"<TxsSummry>.*?</TxsSummry>", b"", content, flags=re.DOTALL)


def test_a_bad_entry_is_no_excuse_for_wrong_totals() -> None:
    bad_day = changed("<BookgDt><Dt>2025-11-03", "<BookgDt><Dt>2025-11-31", without_summary())
    assert refusal(changed("250000000.00", "250000001.00", bad_day)).kind == "totals"


def test_a_pending_entry_is_told_and_the_statement_is_whole() -> None:
    read = parse_statement(document(ntry("500") + ntry("900", reference="BANK000002", status="PDNG"), 500))
    assert [(problem.kind, problem.severity) for problem in read.problems] == [("pending", "warning")]
    assert read.whole


def test_an_entry_of_nothing_moves_nothing() -> None:
    read = parse_statement(document(ntry("500") + ntry("0.00", reference="BANK000002"), 500))
    assert [problem.kind for problem in read.problems] == ["amount_zero"]
    assert read.whole


# --- files refused as a whole -----------------------------------------------------------------------------------------


def test_a_file_cut_anywhere_is_refused() -> None:
    assert refusal(GOOD[: len(GOOD) // 2]).kind == "cut"
    for end in range(60, len(GOOD) - 1, 23):
        assert refusal(GOOD[:end]).kind == "cut", end


def test_a_missing_closing_balance_is_named() -> None:
    error = refusal(GOOD.replace(b"CLBD", b"CLAV"))
    assert (error.kind, error.field) == ("cut", "Bal CLBD")


def test_wrong_totals_are_shown_with_all_four_figures() -> None:
    error = refusal(changed('<Amt Ccy="IDR">256001500.00', '<Amt Ccy="IDR">256001501.00', without_summary()))
    assert error.kind == "totals"
    for shown in ("5.000.000", "251.001.500", "256.001.500", "256.001.501"):
        assert shown in error.message


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("<NbOfNtries>3", "<NbOfNtries>4", "entries"),
        ("<NbOfNtries>2", "<NbOfNtries>3", "credits"),
        ("<NbOfNtries>1", "<NbOfNtries>0", "debits"),
        ("<Sum>251014500", "<Sum>251014501", "entries.sum"),
        ("<Sum>251008000", "<Sum>251008001", "credits.sum"),
        ("<Sum>6500", "<Sum>6501", "debits.sum"),
    ],
)
def test_counts_and_sums_that_the_file_declares_must_be_true(old: str, new: str, field: str) -> None:
    error = refusal(changed(old, new))
    assert (error.kind, error.field) == ("sums", field)


def test_foreign_money_is_refused_by_name() -> None:
    assert (refusal(changed("<Ccy>IDR", "<Ccy>USD")).kind, refusal(changed("<Ccy>IDR", "<Ccy>USD")).value) == ("currency", "USD")
    error = refusal(changed('<Ntry><Amt Ccy="IDR">250000000', '<Ntry><Amt Ccy="SGD">250000000'))
    assert (error.kind, error.value, error.row) == ("currency", "SGD", 2)
    assert "SGD" in error.message


def test_two_accounts_and_two_days_with_a_gap_are_refused() -> None:
    one = write_camt053(statement(entry(1, 1_000)))
    for other, kind in (
        (statement(entry(2, 2_000), opening=7), "gap"),
        (statement(opening=5_001_000, account="999888777"), "accounts"),
    ):
        both = re.sub(rb"</BkToCstmrStmt>.*", stmt(write_camt053(other)) + b"</BkToCstmrStmt></Document>", one)
        assert refusal(both).kind == kind


def test_sen_in_a_balance_are_refused() -> None:
    error = refusal(changed("5000000.00", "5000000.25"))
    assert (error.kind, error.field, error.value) == ("balance", "opening", "5000000.25")


@pytest.mark.parametrize("name", ["camt.052.001.08", "pain.001.001.09", "svg"])
def test_other_messages_are_named(name: str) -> None:
    root = f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{name}"><Rpt/></Document>'
    error = refusal(root.encode())
    assert (error.kind, error.value) == ("not_a_statement", name)


# --- hostile XML ------------------------------------------------------------------------------------------------------

LAUGHS = "".join(
    f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}' + f"{'&l' + str(n - 1) + ';' if n else 'ha'}" * 9 + '">'
    for n in range(12)
)
BOMBS = {
    "a billion laughs": f"<!DOCTYPE Document [{LAUGHS}]><Document>&l11;</Document>",
    "a file of this computer": '<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/hostname">]><Document>&x;</Document>',
    "an address outside": '<!DOCTYPE Document SYSTEM "http://127.0.0.1:9/x.dtd"><Document/>',
    "a parameter": '<!DOCTYPE Document [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><Document/>',
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_declarations_are_refused_before_the_parser_sees_them(bomb: str) -> None:
    begun = time.process_time()
    assert refusal(BOMBS[bomb].encode()).kind == "entity"
    assert time.process_time() - begun < 0.1


@pytest.mark.parametrize("name", ["utf-16", "utf-7", "cp037", "iso-8859-1"])
def test_another_encoding_cannot_hide_them(name: str) -> None:
    text = f"<?xml version='1.0' encoding='{name}'?>" + BOMBS["a file of this computer"]
    if name in ("utf-16", "cp037"):
        assert refusal(text.encode(name)).kind in ("encoding", "not_a_statement", "no_header")
    assert refusal(text.encode()).kind == "encoding"


def test_bytes_that_are_not_utf8_are_refused() -> None:
    assert refusal(GOOD.replace(b"BIAYA", b"B\xe9AYA")).kind == "encoding"


def test_elements_within_elements_without_end_are_refused() -> None:
    deep = f'<Document xmlns="{NAMESPACE}">' + "<a>" * 100_000 + "</a>" * 100_000 + "</Document>"
    assert refusal(deep.encode()).kind == "damaged"


def test_a_text_too_long_for_any_bank_is_refused() -> None:
    assert refusal(changed("BIAYA ADM", "x" * 11_000_000)).kind == "damaged"


def test_comments_and_instructions_change_nothing() -> None:
    talkative = GOOD.replace(b"<Ntry>", b"<!-- <Ntry> --><?run it?><Ntry>").replace(b"1008000.00", b"<!-- 9 -->1008000.00")
    assert parse_statement(talkative) == parse_statement(GOOD)


def test_a_refusal_comes_whole_out_of_the_child_process() -> None:
    with pytest.raises(ValueError, match="SGD") as caught:
        read_statement(changed('<Ntry><Amt Ccy="IDR">250000000', '<Ntry><Amt Ccy="SGD">250000000'))
    assert (getattr(caught.value, "kind", ""), getattr(caught.value, "row", 0)) == ("currency", 2)
