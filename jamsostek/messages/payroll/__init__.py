"""An employer's payroll workbook in, an explained bill workbook out.

- `reader.read_payroll(path, month=...)` reads a workbook as people make them and loses no good row; what is wrong is told
  by sheet, row, column, value seen, what was expected and how to mend it, grouped by kind of repair (`problems`).
- `bill.make_bill(payroll, risk_class=..., scale=...)` computes all good rows at once by the law of the month.
- `write.write_bill(bill, path)` writes the bill, its summary, the law behind each figure, and the rows to mend.

Nothing is imported here: the child process that reads a stranger's file starts with the reader alone.
"""
