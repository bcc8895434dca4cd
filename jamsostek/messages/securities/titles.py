"""Which column is which in a table of prices or of holdings, in Indonesian and English."""

from __future__ import annotations

from jamsostek.messages.tables.titles import Vocabulary

_CODES = {
    "code": (
        "kode; kode efek; kode saham; kode seri; seri; seri obligasi; kode obligasi; kode instrumen; kode reksa dana; instrumen; "
        "instrument; instrument code; security code; security; securities; code; ticker; symbol; stock code; bond code; efek; "
        "fund code; series; simbol"
    ),
    "isin": "isin; kode isin; isin code; nomor isin; isin number",
    "day": (
        "tanggal; tanggal harga; tanggal penilaian; tanggal nab; tanggal posisi; tanggal laporan; per tanggal; hari; date; "
        "price date; valuation date; pricing date; nav date; as of; as of date; position date; statement date; holding date"
    ),
    "name": "nama; nama efek; nama instrumen; name; security name; instrument name; issuer; penerbit; nama reksa dana; uraian",
}
PRICES = Vocabulary(
    titles={
        **_CODES,
        "price": (
            "harga; harga penutupan; penutupan; harga pasar; harga wajar; harga pasar wajar; nilai wajar; harga rata rata; "
            "harga terakhir; price; closing price; close; closing; market price; fair price; fair value; last price; last; "
            "clean price; nab; nab per unit; nab unit; nilai aktiva bersih; nilai aktiva bersih per unit; nav; nav per unit; "
            "nav unit; harga bersih; mid price"
        ),
        "quote": "satuan; satuan harga; price unit; quote; quotation; unit harga",
    },
    patterns=(("", r"\b(sebelumnya|previous|open|high|low|tertinggi|terendah|pembukaan|change|perubahan|yield)\b"),),
    weights={"code": 3.0, "isin": 3.0, "price": 3.0, "day": 2.0, "name": 1.0, "quote": 1.0},
    needed=(("code", "isin"), ("price",)),
)
HOLDINGS = Vocabulary(
    titles={
        **_CODES,
        "units": (
            "unit; units; jumlah unit; unit penyertaan; lembar; jumlah lembar; lembar saham; jumlah saham; jumlah efek; "
            "jumlah; kuantitas; quantity; qty; balance; saldo; saldo efek; saldo unit; holding; holdings; position; "
            "posisi; volume; shares"
        ),
        "face": (
            "nominal; nilai nominal; jumlah nominal; saldo nominal; face; face value; face amount; nominal value; "
            "nominal amount; par; par value; pokok"
        ),
        "value": "nilai; nilai pasar; nilai pasar wajar; market value; value; nilai efek; total value; valuation",
    },
    patterns=(("", r"\b(harga|price|yield|rekening|account)\b"),),
    weights={"code": 3.0, "isin": 3.0, "units": 3.0, "face": 3.0, "day": 2.0, "value": 1.0, "name": 1.0},
    alternatives=("units", "face"),
    needed=(("code", "isin"), ("units", "face")),
)
