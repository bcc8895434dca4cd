"""Titles above the columns of a bank's CSV, and the lines around the table that say whose statement it is.

No bank publishes the layout of its internet banking. These are the ones seen: BCA (personal and business), Mandiri, BNI,
BRI and their like. So columns are known by their titles, in Indonesian or English, never by the bank.
"""

from __future__ import annotations

from jamsostek.messages.tables.titles import Vocabulary, normal

_TITLES = {
    "date": (
        "tanggal; tanggal transaksi; tanggal posting; tanggal post; tanggal mutasi; tanggal buku; tanggal pembukuan; "
        "waktu transaksi; tanggal jam; tanggal waktu; date; transaction date; post date; posting date; book date; booking "
        "date; entry date; trx date; tran date; tanggal tran; date time; transaction date time; posting date time"
    ),
    "valued": "tanggal valuta; valuta; tanggal efektif; tanggal val; value date; val date; effective date; valuta date",
    "text": (
        "keterangan; uraian; uraian transaksi; keterangan transaksi; rincian; rincian transaksi; deskripsi; berita; "
        "catatan; description; transaction description; remark; remarks; details; transaction details; narrative; "
        "particulars; memo; desk tran; keterangan tambahan; additional description; additional desc; information; note; "
        "notes"
    ),
    "reference": (
        "referensi; nomor referensi; nomor ref; ref; reference; reference number; reference no; ref no; ref number; nomor "
        "jurnal; jurnal; journal; journal number; journal no; nomor transaksi; transaction id; id transaksi; trx id; "
        "nomor bukti; reff; nomor reff; seq; sequence; transaction reference; bank reference; bank reference no; nomor "
        "arsip"
    ),
    "code": (
        "virtual account; nomor virtual account; nomor va; va; va no; va number; virtual account number; virtual account "
        "no; kode bayar; kode billing; payment code; kode pembayaran; nomor pembayaran; billing code; nomor pelanggan; "
        "customer number"
    ),
    "amount": (
        "jumlah; nominal; mutasi; nilai; amount; transaction amount; jumlah mutasi; jumlah transaksi; nilai transaksi; "
        "nominal transaksi; mutation; mutation amount"
    ),
    "mark": (
        "d k; db cr; d c; dc; dk; db kr; debet kredit; debit kredit; debit credit; cr db; dr cr; tipe; jenis; type; jenis "
        "transaksi; tipe transaksi; jenis mutasi; tipe mutasi; transaction type; jenis trans; sign; cd; c d; k d"
    ),
    "debit": (
        "debet; debit; db; mutasi debet; mutasi debit; jumlah debet; jumlah debit; debit amount; debet amount; "
        "pengeluaran; penarikan; uang keluar; keluar; withdrawal; withdrawals; debits; money out; nominal debet; nominal "
        "debit; dr"
    ),
    "credit": (
        "kredit; credit; cr; kr; mutasi kredit; mutasi credit; jumlah kredit; credit amount; kredit amount; pemasukan; "
        "setoran; penerimaan; uang masuk; masuk; deposit; deposits; credits; money in; nominal kredit"
    ),
    "balance": (
        "saldo; saldo akhir mutasi; saldo berjalan; saldo setelah transaksi; balance; running balance; ending balance; "
        "saldo akhir; closing balance; account balance; ledger balance; available balance; saldo mutasi"
    ),
    "opening": "saldo awal mutasi; saldo sebelum transaksi; saldo sebelum mutasi; opening balance; previous balance",
    "account": "nomor rekening; rekening; account; account number; account no; nomor akun; norek; nomor rek",
    "currency": "mata uang; kode mata uang; currency; currency code; ccy; valas",
    "other": (
        "cabang; kode cabang; branch; branch code; cbg; kantor; teller; teller id; trremk; user id; kode transaksi; "
        "transaction code; trx code; nomor; number; ket kode transaksi; nama; name; account name; nama rekening; bank"
    ),
}
_WEIGHTS = {
    "date": 3.0,
    "text": 2.0,
    "amount": 2.0,
    "debit": 2.0,
    "credit": 2.0,
    "balance": 2.0,
    "valued": 1.0,
    "reference": 1.0,
    "code": 1.0,
    "mark": 1.0,
    "opening": 0.5,
    "account": 0.5,
    "currency": 0.5,
    "other": 0.5,
}

VOCABULARY = Vocabulary(
    titles=_TITLES,
    patterns=(),
    weights=_WEIGHTS,
    several=("text", "other"),
    needed=(("date", "valued"), ("amount", "debit", "credit")),
)

_LABELS = {
    "account": "nomor rekening; rekening; account number; account no; account; nomor akun; rekening nomor",
    "currency": "mata uang; kode mata uang; currency; ccy; valuta",
    "period": (
        "periode; periode transaksi; period; masa; masa mutasi; tanggal mutasi; transaction period; statement period; periode "
        "mutasi; rentang tanggal; date range"
    ),
    "statement_id": "nomor laporan; nomor mutasi; statement number; nomor statement; nomor rekening koran",
    "opening": (
        "saldo awal; opening balance; beginning balance; saldo sebelumnya; previous balance; saldo awal periode; initial balance"
    ),
    "closing": "saldo akhir; closing balance; ending balance; saldo akhir periode; final balance",
    "credits": (
        "mutasi kredit; total kredit; total mutasi kredit; jumlah kredit; total credit; total credits; kredit; credit; "
        "jumlah mutasi kredit; total cr; total uang masuk; mutasi cr"
    ),
    "debits": (
        "mutasi debet; total debet; total mutasi debet; jumlah debet; total debit; total debits; debet; debit; mutasi "
        "debit; total mutasi debit; jumlah debit; jumlah mutasi debet; total db; total uang keluar; mutasi db"
    ),
}
LABELS = {normal(name): label for label, names in _LABELS.items() for name in names.split("; ")}
"""What a line beside the table says, by its first words in their plainest form (`titles.normal`)."""
ALL_LABELS = frozenset(_LABELS)
MONEY_LABELS = frozenset({"opening", "closing", "credits", "debits"})
