"""The movement: who is unprotected, who of them counts, in what order, and what a budget pays for.

- `eligibility`: who may be paid for, condition by condition, with the reason of every refusal; unknown refuses nobody.
- `priority`: a written rule of points, and what it changes before it is adopted.
- `plan`: persons, months and rupiah by source; what a change would do.

These three are pure: tables in, tables out, no clock, no database. Whole rupiah.
"""
