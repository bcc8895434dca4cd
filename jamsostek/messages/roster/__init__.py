"""Lists of people to register: an employer's joins, leaves and wage changes in one file, a sponsor's vulnerable workers.

- `layouts`: what the two lists hold, as data.
- `template.write_template(target, layout, month=...)` writes the form to fill in, with checks inside the sheet.
- `reader.read_roster(upload, layout=..., month=...)` reads a list as people make it: good rows as one Arrow table, the
  others as problems with sheet, row, column, value, what was expected and how to mend it (`problems`, `kinds`).
- `returned.write_returned(roster, original, target)` gives the wrong rows back in a workbook with remedies; the same
  workbook, mended, is read again.

Nothing is imported here: the child process that reads a stranger's file starts with the reader alone.
"""
