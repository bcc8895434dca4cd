"""The bill as a workbook: what each worker owes, the summary, the law behind every figure, the rows to mend.

Money stays numbers; every text is written as text, so a name such as `=CMD(…)` is only a name. The file appears under
its name when it is whole, never before, and the same bill always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter.worksheet import Worksheet

from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month
from jamsostek.core.nik import mask_nik
from jamsostek.core.text import N_, _, language, speaking
from jamsostek.law.explanation import GRADES, in_unit
from jamsostek.messages.payroll.bill import Bill, Firm, programme_names
from jamsostek.messages.payroll.lines import Lines
from jamsostek.messages.payroll.problems import RowProblem
from jamsostek.messages.tables.books import LINE_HEIGHT, Book, written_whole
from jamsostek.messages.tables.problems import ERROR, NOTE, WARNING, by_kind

MOST_ROWS = 1_000_000
"""Below Excel's 1,048,576: a sheet has lines besides the workers'."""

PAYERS = {"employer": N_("pemberi kerja"), "worker": N_("pekerja")}
SEVERITIES = {ERROR: N_("harus diperbaiki"), WARNING: N_("periksa"), NOTE: N_("catatan")}
RISK_CLASSES = {
    "very_low": N_("sangat rendah"),
    "low": N_("rendah"),
    "medium": N_("sedang"),
    "high": N_("tinggi"),
    "very_high": N_("sangat tinggi"),
}
SCALES = {"large": N_("besar"), "medium": N_("menengah"), "small": N_("kecil"), "micro": N_("mikro")}
DUE = {"jkk_jkm_due": "JKK, JKM", "jht_due": "JHT", "jp_due": "JP"}
Progress = Callable[[int], None]


def write_bill(
    bill: Bill,
    path: Path | str,
    *,
    speak: str | None = None,
    whole_values: bool = True,
    progress: Progress | None = None,
) -> Path:
    """Writes the workbook, in `speak` (id, en; the language in force when None), and returns its path.

    `whole_values` shows the cells to mend as their sender wrote them: only for the file that goes back to the sender;
    otherwise identity numbers are starred. `progress` is told how many workers' lines were written since the last call.
    Raises `InputError` where the disk is full or the folder not writable; then, and at Ctrl-C, nothing is left behind
    and a file that was there before is still whole.
    """
    path = Path(path)
    if len(bill.payroll.rows) > MOST_ROWS:
        raise InputError(
            _("Terlalu banyak pekerja untuk satu buku kerja."),
            remedy=_("Bagi menjadi beberapa berkas yang lebih kecil."),
        )
    with speaking(speak or language()), written_whole(path) as (whole, scratch):
        _BillWorkbook(bill, whole, scratch, whole_values, progress or (lambda _rows: None)).write()
    return path


def firm_line(firm: Firm) -> str:
    """What the bill takes the firm to be, in one line."""
    parts = [
        _("Kelas risiko {name}").format(name=_(RISK_CLASSES[firm.risk_class])),
        _("skala usaha {name}").format(name=_(SCALES[firm.scale])),
        _("padat karya") if firm.labour_intensive else _("bukan padat karya"),
        _("peserta JKP") if firm.jkp_member else _("bukan peserta JKP"),
    ]
    return "; ".join(parts)


class _BillWorkbook(Book):
    """The four sheets, written top to bottom, so that memory does not grow with the workers."""

    def __init__(self, bill: Bill, path: Path, scratch: str, whole_values: bool, progress: Progress) -> None:
        self.bill = bill
        super().__init__(path, self._title(), scratch)
        self.lines = Lines(bill, language())
        self.whole_values = whole_values
        self.progress = progress
        # 421 is Indonesia: thousands with a point, whatever the language of the reader's office suite.
        self.money = self.book.add_format({"num_format": "[$-421]#,##0", "valign": "top"})
        self.sum = self.book.add_format({"num_format": "[$-421]#,##0", "bold": True, "top": 1})
        self.sum_text = self.book.add_format({"bold": True, "top": 1})

    def write(self) -> None:
        """All four, and the file."""
        try:
            self._bill_sheet(self._sheet(_("Tagihan")))
            self._summary_sheet(self._sheet(_("Ringkasan")))
            self._explanation_sheet(self._sheet(_("Penjelasan")))
            self._mending_sheet(self._sheet(_("Perbaikan")))
        except BaseException:
            self.abandon()
            raise
        self.close()

    def _title(self) -> str:
        return _("Tagihan iuran jaminan sosial ketenagakerjaan, {month}").format(month=format_month(self.bill.month))

    def _sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        self.printed(sheet)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer(f"&L{self._title().replace('&', '&&')}&R&A  &P / &N")
        return sheet

    def _gap(self, sheet: Worksheet, row: int) -> None:
        """An empty row of ordinary height on a sheet whose rows are tall."""
        sheet.set_row(row, LINE_HEIGHT)
        sheet.write_blank(row, 0, None, self.plain)

    # --- what each worker owes ---

    def _bill_sheet(self, sheet: Worksheet) -> None:
        bill = self.bill
        outputs = ["wage_rupiah", *(output for _p, _payer, output in bill.shares)]
        outputs += ["employer_rupiah", "worker_rupiah", "total_rupiah"]
        if bill.total("jp_deferred_rupiah"):
            outputs.append("jp_deferred_rupiah")
        titles = [_("No."), _("Nama"), _("KPJ"), _("NIK"), _("Kelas risiko"), *map(self._output_title, outputs)]
        self.widths(sheet, [6, 28, 14, 19, 13, 15, *[13] * (len(outputs) - 4), 14, 14, 15])
        sheet.write_string(0, 0, self._title(), self.title)
        sheet.write_string(1, 0, firm_line(self.bill.firm), self.plain)
        self._table_head(sheet, 3, titles)
        columns = [bill.amounts[output].tolist() for output in outputs]
        text, number, money = sheet.write_string, sheet.write_number, self.money  # the hot loop
        names = {name: _(shown) for name, shown in RISK_CLASSES.items()}
        at = 3
        for at, (row, risk_class, amounts) in enumerate(
            zip(bill.payroll.rows, bill.risk_classes, zip(*columns, strict=True), strict=True), 4
        ):
            number(at, 0, at - 3, self.number)
            self.text(sheet, at, 1, row.name)
            text(at, 2, row.kpj)
            text(at, 3, mask_nik(row.nik) if row.nik else "")
            text(at, 4, names[risk_class])
            for column, amount in enumerate(amounts, 5):
                number(at, column, amount, money)
            if at % 1000 == 0:
                self.progress(1000)
        self.progress(len(bill.payroll.rows) - (at // 1000) * 1000)
        end = [_("Jumlah"), "", "", "", "", *(bill.total(output) for output in outputs)]
        self.row(sheet, at + 1, end, self.sum_text, self.sum)
        sheet.autofilter(3, 0, max(at, 4), len(titles) - 1)

    def _table_head(self, sheet: Worksheet, row: int, titles: Sequence[str]) -> None:
        """A table's titles, which stay in sight and stand on every printed page."""
        sheet.set_row(row, 32)
        self.heads(sheet, row, titles)
        sheet.freeze_panes(row + 1, 2)
        sheet.repeat_rows(row)

    def _output_title(self, output: str) -> str:
        named = {
            "wage_rupiah": _("Upah sebulan"),
            "employer_rupiah": _("Bagian pemberi kerja"),
            "worker_rupiah": _("Bagian pekerja"),
            "total_rupiah": _("Jumlah tagihan"),
            "jp_deferred_rupiah": _("JP ditunda"),
        }
        shares = {name: f"{programme.upper()} {_(PAYERS[payer])}" for programme, payer, name in self.bill.shares}
        return named.get(output) or shares[output]

    # --- the summary ---

    def _summary_sheet(self, sheet: Worksheet) -> None:
        self.widths(sheet, [34, 20, 20, 20, 22])
        sheet.fit_to_pages(1, 1)
        sheet.write_string(0, 0, self._title(), self.title)
        at = self._facts(sheet, 2)
        at = self._programme_table(sheet, at + 1)
        at = self._fund_table(sheet, at + 1)
        at = self._due_table(sheet, at + 1)
        for remark in self._remarks():
            sheet.write_string(at + 1, 0, remark, self.plain)
            at += 1

    def _facts(self, sheet: Worksheet, at: int) -> int:
        payroll = self.bill.payroll
        facts: list[tuple[str, Any]] = [
            (_("Berkas"), payroll.name),
            (_("Lembar"), payroll.sheet),
            (_("Bulan iuran"), format_month(self.bill.month)),
            (_("Pemberi kerja"), firm_line(self.bill.firm)),
            (_("Pekerja ditagih"), len(payroll.rows)),
            (_("Baris harus diperbaiki"), payroll.rows_refused),
        ]
        for label, value in facts:
            sheet.write_string(at, 0, label, self.bold)
            if isinstance(value, int):
                sheet.write_number(at, 1, value, self.money)
            else:
                self.text(sheet, at, 1, value)
            at += 1
        return at

    def _heading(self, sheet: Worksheet, at: int, titles: Sequence[str]) -> int:
        sheet.set_row(at, LINE_HEIGHT)
        self.heads(sheet, at, titles)
        return at + 1

    def _programme_table(self, sheet: Worksheet, at: int) -> int:
        """The bill by programme: employer's and worker's share."""
        bill = self.bill
        at = self._heading(sheet, at, [_("Tagihan menurut program"), _("Pemberi kerja"), _("Pekerja"), _("Jumlah")])
        for name in programme_names():
            shares = {payer: bill.total(output) for programme, payer, output in bill.shares if programme == name}
            if shares:
                parts = shares.get("employer", 0), shares.get("worker", 0)
                self.row(sheet, at, [name.upper(), *parts, sum(parts)], self.plain, self.money)
                at += 1
        totals = [bill.total(f"{name}_rupiah") for name in ("employer", "worker", "total")]
        self.row(sheet, at, [_("Jumlah"), *totals], self.sum_text, self.sum)
        if bill.total("jp_deferred_rupiah"):
            at += 1
            label = _("JP ditunda (keringanan), dibayar kemudian")
            self.row(sheet, at, [label, "", "", bill.total("jp_deferred_rupiah")], self.plain, self.money)
        return at + 1

    def _fund_table(self, sheet: Worksheet, at: int) -> int:
        """The second layer: which fund receives the bill, and what the state adds."""
        at = self._heading(sheet, at, [_("Alokasi ke dana"), _("Asal"), _("Jumlah")])
        total = 0
        for name, source, amount in self.bill.funds():
            origin = {"bill": _("tagihan"), "government": _("pemerintah")}.get(source) or _("rekomposisi {name}").format(
                name=source.upper()
            )
            self.row(sheet, at, [_("Dana {name}").format(name=name.upper()), origin, amount], self.plain, self.money)
            total += amount if source != "government" else 0
            at += 1
        self.row(sheet, at, [_("Jumlah dari tagihan"), "", total], self.sum_text, self.sum)
        return at + 1

    def _due_table(self, sheet: Worksheet, at: int) -> int:
        at = self._heading(sheet, at, [_("Jatuh tempo"), _("Paling lambat")])
        for name, day in self.bill.due_dates.items():
            self.row(sheet, at, [DUE.get(name, name), day.isoformat()], self.plain, self.money)
            at += 1
        if not self.bill.due_dates:
            sheet.write_string(at, 0, _("Tidak ada aturan jatuh tempo yang tercatat untuk bulan ini."), self.plain)
            at += 1
        return at

    def _remarks(self) -> list[str]:
        """What the reader must know about the law behind the figures."""
        bill = self.bill
        remarks = [
            _("Hukum yang berlaku untuk bulan {month}; sidik hukum {digest}.").format(
                month=format_month(bill.month), digest=bill.law.digest[:16]
            ),
            _("Setiap iuran dibulatkan ke rupiah terdekat per pekerja, lalu dijumlahkan."),
            _("Hitungan ini menjelaskan tagihan; kode bayar tetap dari BPJS Ketenagakerjaan."),
        ]
        if self.lines.provisional:
            names = ", ".join(self.lines.provisional)
            remarks.append(_("SEMENTARA: {names} belum diperbarui untuk bulan ini.").format(names=names))
        if self.lines.interpretations:
            numbers = ", ".join(map(str, self.lines.interpretations))
            remarks.append(_("Bersandar pada tafsir hukum nomor {numbers}.").format(numbers=numbers))
        return remarks

    # --- why ---

    def _explanation_sheet(self, sheet: Worksheet) -> None:
        widths = [18, 24, 24, 58, 24, 22, 18, 40]
        self.widths(sheet, widths)
        # Workers' rows are as tall as their lines; the few others, blank ones too, get their own height.
        sheet.set_default_row(LINE_HEIGHT * max(len(self.bill.shares), 1))
        sheet.set_row(0, 20)
        sheet.write_string(0, 0, _("Dari mana setiap angka berasal"), self.title)
        self._gap(sheet, 1)
        at = self._figure_table(sheet, 2, widths)
        self._gap(sheet, at)
        at = self._formula_table(sheet, at + 1, widths)
        self._gap(sheet, at)
        titles = [_("No."), _("Nama"), _("Upah sebulan"), _("Hitungan setiap iuran")]
        at = self._heading(sheet, at + 1, titles)
        for number, (row, (wage, *lines)) in enumerate(zip(self.bill.payroll.rows, self.lines.lines(), strict=True), 1):
            sheet.write_number(at, 0, number, self.number)
            self.text(sheet, at, 1, row.name)
            sheet.write_string(at, 2, wage, self.wrapped)
            sheet.write_string(at, 3, "\n".join(lines), self.wrapped)
            at += 1

    def _figure_table(self, sheet: Worksheet, at: int, widths: Sequence[float]) -> int:
        titles = [_("Angka hukum"), _("Peraturan"), _("Nilai"), _("Arti"), _("Pasal"), _("Berlaku"), _("Bukti"), _("Sumber")]
        at = self._heading(sheet, at, titles)
        for name, figure in self.lines.figures.items():
            if "regulation" not in figure:  # a relief that does not apply this month
                continue
            span = f"{figure['from'] or '…'} – {figure['to'] or '…'}"
            grade = _(GRADES[figure["grade"]])
            if figure["interpretation"]:
                grade += _("; tafsir nomor {number}").format(number=figure["interpretation"])
            cells = [name, figure["regulation"], _figure_value(figure), figure["title"], figure["article"], span, grade]
            self.tall_row(sheet, at, [*cells, "\n".join(figure["source"])], widths)
            at += 1
        return at

    def _formula_table(self, sheet: Worksheet, at: int, widths: Sequence[float]) -> int:
        titles = [_("Program"), _("Langkah"), _("Contoh"), _("Rumus"), _("Pasal")]
        at = self._heading(sheet, at, titles)
        for one in self.lines.formulas:
            self.tall_row(sheet, at, [one.programme, one.title, one.example, one.formula, one.article], widths)
            at += 1
        return at

    # --- what to mend ---

    def _mending_sheet(self, sheet: Worksheet) -> None:
        payroll = self.bill.payroll
        titles = [_("Tingkat"), _("Apa"), _("Lembar"), _("Baris"), _("Kolom"), _("Judul kolom"), _("Nilai di berkas")]
        widths = [17, 32, 16, 8, 8, 18, 26, 34, 60]
        self.widths(sheet, widths)
        sheet.write_string(0, 0, _("Yang perlu diperbaiki di berkas Anda, menurut jenis perbaikan"), self.title)
        self._table_head(sheet, 2, [*titles, _("Seharusnya"), _("Cara memperbaiki")])
        at = 3
        for problem in _grouped([*payroll.problems, *payroll.notes]):
            self.tall_row(sheet, at, self._mending_cells(problem), widths)
            at += 1
        if at == 3:
            sheet.write_string(at, 0, _("Tidak ada yang perlu diperbaiki."), self.plain)

    def _mending_cells(self, problem: RowProblem) -> list[Any]:
        value = problem.value_whole if self.whole_values else problem.value_seen
        row: int | str = "" if problem.row is None else problem.row
        level = _(SEVERITIES[problem.severity])
        where = [problem.sheet, row, problem.column, problem.title.replace("\n", " ")]
        return [level, problem.problem, *where, value, problem.expected, problem.remedy]


def _grouped(problems: Iterable[RowProblem]) -> list[RowProblem]:
    return [problem for group in by_kind(problems).values() for problem in group]


def _figure_value(figure: dict[str, Any]) -> str:
    value, unit = figure["value"], figure["unit"]
    if isinstance(value, dict) and unit != "table":
        return ", ".join(f"{key} {in_unit(unit, one)}" for key, one in value.items())
    return _("tabel") if unit == "table" else in_unit(unit, value)
