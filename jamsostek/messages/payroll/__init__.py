"""An employer's payroll workbook in, an explained bill workbook out.

`read_payroll` reads a workbook as people make them and loses no good row; what is wrong is told by sheet, row, column,
value seen, what was expected and how to mend it, grouped by kind of repair. `make_bill` computes all good rows at once
by the law of the month; `write_bill` writes the bill, its summary, the law behind each figure and the rows to mend.
"""

from jamsostek.messages.payroll.bill import Bill, Firm, make_bill
from jamsostek.messages.payroll.problems import RowProblem, by_kind
from jamsostek.messages.payroll.reader import parse_upload, read_payroll
from jamsostek.messages.payroll.records import ColumnFound, Payroll, PayrollRow
from jamsostek.messages.payroll.write import write_bill

__all__ = [
    "Bill",
    "ColumnFound",
    "Firm",
    "Payroll",
    "PayrollRow",
    "RowProblem",
    "by_kind",
    "make_bill",
    "parse_upload",
    "read_payroll",
    "write_bill",
]
