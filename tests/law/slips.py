"""A small file of law as Ratna should have written it, and her slips: each with the line and the words that tell her."""

from __future__ import annotations

RATNAS_FILE = """\
programme: trial
order: 9
readings:
- name: first_month
  number: 1
  options: [march, february]
  default: march
parameters:
- id: trial.rate
  title: {id: "Tarif percobaan", en: "Trial rate"}
  unit: ppm
  rows:
  - from: 2020-01-01
    to: 2020-12-31
    value: 2400
    regulation: PP 1/2020
    article: Pasal 1
    grade: gazette
    source: ["https://example.go.id/pp-1-2020"]
  - from: 2021-01-01
    to: null
    value: 2500
    regulation: PP 1/2021
    article: Pasal 1
    grade: derived
- id: trial.table
  title: {id: "Tabel percobaan", en: "Trial table"}
  unit: table
  columns: {above_rupiah: rupiah, rate_ppm: ppm}
  rows:
  - from: 2020-01-01
    to: null
    value:
    - {above_rupiah: 0, rate_ppm: 2100}
    - {above_rupiah: 100, rate_ppm: 1700}
    regulation: PP 1/2020
    article: Pasal 2
    grade: unsourced
- id: trial.shares
  title: {id: "Bagian percobaan", en: "Trial shares"}
  unit: flag
  keys: [employer, worker]
  otherwise: {employer: 0, worker: 0}
  rows:
  - from: 2020-01-01
    to: 2020-06-30
    value: {employer: 1, worker: 0}
    regulation: PP 1/2020
    article: Pasal 3
    grade: unsourced
    temporary: true
"""
TABLE_ROWS = (
    RATNAS_FILE[RATNAS_FILE.index("  rows:", RATNAS_FILE.index("trial.table")) : RATNAS_FILE.index("- id: trial.shares")]
    + "- id: trial.shares"
)
REFUSED: dict[str, tuple[str, str, int, str]] = {
    # a sentence about Ratna's slip: (what she should have written, what she wrote, the line named, words of the error)
    "two rows overlap": ("to: 2020-12-31", "to: 2021-02-28", 20, "overlaps the row at"),
    "two rows begin on one day": ("from: 2021-01-01", "from: 2020-01-01", 20, "begins with or before the row at"),
    "a month between two rows is left out": ("to: 2020-12-31", "to: 2020-11-30", 20, "holds from 2020-12-01 to 2020-12-31"),
    "a row ends before it begins": ("to: 2020-12-31", "to: 2019-12-31", 13, "ends 2019-12-31 before it begins 2020-01-01"),
    "a key is misspelt in a row": ("    value: 2400", "    valeu: 2400", 13, "Key 'valeu' is unknown. Did you mean value?"),
    "a key is misspelt in a parameter": ("  unit: ppm", "  units: ppm", 9, "Key 'units' is unknown. Did you mean unit?"),
    "a key is misspelt in the file": ("order: 9", "ordre: 9", 1, "Key 'ordre' is unknown. Did you mean order?"),
    "a key is misspelt in a reading": ("  default: march", "  defaults: march", 4, "Did you mean default?"),
    "a key nothing resembles": ("order: 9", "zzz: 9", 1, "Choices: order, parameters, programme, readings, reform, simulation."),
    "a gazette figure has no source": ('["https://example.go.id/pp-1-2020"]', "[]", 13, "a gazette figure needs its `source`"),
    "a second-hand figure has no source": ("grade: derived", "grade: secondary", 20, "a secondary figure needs its `source`"),
    "a source is no list": ('["https://example.go.id/pp-1-2020"]', "https://example.go.id", 13, "'source' holds"),
    "the grade is unknown": ("grade: derived", "grade: rumour", 20, "Evidence 'rumour' is unknown. Did you mean unsourced?"),
    "the unit is unknown": ("unit: ppm", "unit: percent", 9, "'percent' is unknown. Did you mean permille?"),
    "the unit of a column is unknown": ("rate_ppm: ppm}", "rate_ppm: rupee}", 26, "'rupee' is unknown"),
    "an amount is negative": ("value: 2400", "value: -2400", 13, "trial.rate: -2400 is not a value in ppm"),
    "an amount is a float": ("value: 2400", "value: 2400.5", 13, "trial.rate: 2400.5 is not a value in ppm"),
    "a whole float is a float": ("value: 2400", "value: 2400.0", 13, "trial.rate: 2400.0 is not a value in ppm"),
    "an amount is text": ("value: 2400", 'value: "2400"', 13, "trial.rate: '2400' is not a value in ppm"),
    "an amount has a leading zero": ("value: 2400", "value: 02400", 13, "trial.rate: '02400' is not a value in ppm"),
    "an amount is written as a time": ("value: 2400", "value: 40:00", 13, "trial.rate: '40:00' is not a value in ppm"),
    "an amount is yes": ("value: 2400", "value: yes", 13, "trial.rate: True is not a value in ppm"),
    "an amount leaves 64 bits": ("value: 2400", "value: 9999999999999999999", 13, "is not a value in ppm"),
    "an amount is a list": ("value: 2400", "value: [2400]", 13, "trial.rate: [2400] is not a value in ppm"),
    "a flag is 2": ("{employer: 1, worker: 0}", "{employer: 2, worker: 0}", 45, "shares[employer]: 2 is not a value in flag"),
    "a flag is true": ("{employer: 1, worker: 0}", "{employer: true, worker: 0}", 45, "True is not a value in flag"),
    "a key of a value is missing": ("{employer: 1, worker: 0}", "{employer: 1}", 45, "its keys must be exactly employer, worker"),
    "a column is missing": ("{above_rupiah: 100, rate_ppm: 1700}", "{above_rupiah: 100}", 31, "table line 2: its columns must"),
    "a cell is negative": ("rate_ppm: 1700", "rate_ppm: -1", 31, "trial.table[2].rate_ppm: -1 is not a value in ppm"),
    "a table has no columns": ("  columns: {above_rupiah: rupiah, rate_ppm: ppm}\n", "", 26, "`columns` are for tables only"),
    "a title lacks English": (', en: "Trial rate"}', "}", 9, "`title` needs `id` and `en`"),
    "a key is written twice": ("    value: 2400", "    value: 2400\n    value: 2500", 16, "the key 'value' is written twice"),
    "a parameter is written twice": ("id: trial.shares", "id: trial.rate", 39, "trial.rate: is already at"),
    "the value is missing": ("    value: 2400\n", "", 13, "'value' is missing"),
    "the value is empty": ("value: 2400", "value:", 13, "'value' is missing"),
    "the regulation is missing": ("    regulation: PP 1/2020\n", "", 13, "'regulation' is missing"),
    "the article is missing": ("    article: Pasal 1\n    grade: gazette", "    grade: gazette", 13, "'article' is missing"),
    "a reading is unknown": ("grade: derived", "grade: derived\n    reading: {first_moth: march}", 20, "first_month?"),
    "an option is unknown": ("grade: derived", "grade: derived\n    reading: {first_month: april}", 20, "march, february."),
    "the default is no option": ("default: march", "default: april", 4, "Choices: march, february."),
    "a reading is declared twice": (
        "parameters:\n- id: trial.rate",
        "- {name: first_month, number: 2, options: [a], default: a}\nparameters:\n- id: trial.rate",
        8,
        "the reading first_month is declared twice",
    ),
    "a temporary row has no end": ("    to: 2020-06-30", "    to: null", 45, "a temporary row needs `from` and `to`"),
    "temporary is a word": ("temporary: true", 'temporary: "no"', 45, "'temporary' holds 'no', not true/false"),
    "a day is quoted": ("from: 2021-01-01", 'from: "2021-01-01"', 20, "write a day like 2025-03-01 without quotes"),
    "a day is a month": ("from: 2021-01-01", "from: 2021-01", 20, "write a day like 2025-03-01 without quotes"),
    "the rows are no list": (TABLE_ROWS, "  rows: [1, 2]\n- id: trial.shares", 26, "'rows' must be a list of mappings"),
    "the parameters are no list": ("parameters:\n- id: trial.rate", "parameters: {a: 1}\nreform:\n- id: trial.rate", 1, "a list"),
    "the YAML is broken": ("title: {id: ", "title: {id: {", 11, "not YAML"),
    "a bracket is never closed": ('["https://example.go.id/pp-1-2020"]', '["https://example.go.id/pp-1-2020"', 20, "not YAML"),
}  # fmt: skip
