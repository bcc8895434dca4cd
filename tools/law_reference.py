"""Writes the reference pages of the law: every figure through time and every rule, out of parameters, code and cases.

    make docs

Pages go to docs/law/reference/; the table of rules goes between two marks in docs/law/cases.md. Nothing on a page is
typed by hand and nothing depends on the day, so the same law always gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jamsostek.law import RULES, Rule, explain, load
from jamsostek.law.cases import Case, read_cases
from jamsostek.law.engine import Choice, Choices, Input, Money, Output, Records, Share, Whole
from jamsostek.law.figures import GRADES, Parameter, Row
from jamsostek.law.parameters import LAW_FOLDER
from jamsostek.law.reading import figure_ids

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "law" / "reference"
LIMITS = ROOT / "jamsostek" / "fund" / "data" / "limits.yaml"
CASES_PAGE = REFERENCE.parent / "cases.md"
INTERPRETATIONS = REFERENCE.parent / "interpretations.md"
LONGEST_TABLE = 60
"""Lines of a table that are copied to a page; longer ones are linked."""
MADE = "<!-- Made by `make docs`; change the law, not this page. -->"
BEGIN, END = "<!-- rules: made by make docs -->", "<!-- end of rules -->"

FOLDERS = {
    "jkk": "Jaminan Kecelakaan Kerja (JKK), work accidents",
    "jkm": "Jaminan Kematian (JKM), death; scholarships",
    "jht": "Jaminan Hari Tua (JHT), old-age savings",
    "jp": "Jaminan Pensiun (JP), pension",
    "jkp": "Jaminan Kehilangan Pekerjaan (JKP), job loss",
    "segments": "Who pays what: wage, scale, BPU, construction, migrants, non-ASN",
    "obligations": "Registration, due days, fines, sanctions, grace, identity",
}
MEANING = {
    "gazette": "read in the text of the regulation",
    "secondary": "read in an article, a poster, a code base or the news, not in the regulation",
    "derived": "computed or inferred from what was read",
    "unsourced": "known, but no source was read; check before relying on it",
}
UNITS = {
    "rupiah": "whole rupiah",
    "ppm": "share, held in parts per million",
    "permille": "share, held in parts per thousand",
    "flag": "yes or no",
    "text": "a name",
    "list": "a list",
    "date": "a date",
    "table": "a table",
    "working_days": "working days",
}
KINDS = {
    "rupiah": "whole rupiah",
    "count": "a number",
    "flag": "true or false",
    "date": "a date",
    "percent": "per cent (15 for 15 %)",
    "region": "six digits",
    "choice": "one of",
    "choices": "a list out of",
    "rupiah_list": "a list of whole rupiah",
    "rupiah_map": "whole rupiah by name",
}


def pages() -> dict[str, str]:
    """Every page as it should be: path below the repository's root -> text."""
    found = {"index.md": index_page(), "grades.md": grades_page(), "limits.md": limits_page()}
    found |= {f"figures/{folder}.md": figures_page(folder) for folder in folders()}
    found |= {f"rules/{rule.name}.md": rule_page(rule) for rule in rules()}
    below = {(REFERENCE / name).relative_to(ROOT).as_posix(): text for name, text in found.items()}
    return below | {CASES_PAGE.relative_to(ROOT).as_posix(): cases_page()}


def stale() -> list[str]:
    """Pages that are missing, differ from what they should be, or should not be there."""
    wanted = pages()
    wrong = [name for name, text in wanted.items() if not (ROOT / name).is_file() or (ROOT / name).read_text("utf-8") != text]
    present = {path.relative_to(ROOT).as_posix() for path in REFERENCE.rglob("*.md")}
    return sorted([*wrong, *(present - set(wanted))])


# ---- what the pages are made from


def rules() -> list[Rule]:
    """All rules by name."""
    return sorted(RULES.values(), key=lambda rule: rule.name)


def figures() -> Mapping[str, Parameter]:
    """All figures of the law by id."""
    return load().by_id


def folders() -> list[str]:
    """The folders of the law that hold figures: those with a title of their own first, in that order."""
    present = {parameter.folder for parameter in figures().values()}
    return [*(f for f in FOLDERS if f in present), *sorted(present - set(FOLDERS))]


@cache
def cases() -> dict[str, list[Case]]:
    """The cases of every rule, in the order of their files."""
    found: dict[str, list[Case]] = {}
    for path in sorted(LAW_FOLDER.glob("*/cases.yaml")):
        for case in read_cases(path):
            found.setdefault(case.rule, []).append(case)
    return found


@cache
def readers() -> dict[str, list[str]]:
    """The rules that read each figure."""
    found: dict[str, list[str]] = {}
    for rule in rules():
        for id in figure_ids(rule):
            found.setdefault(id, []).append(rule.name)
    return found


@cache
def interpretation_anchors() -> dict[int, str]:
    """The anchor of each entry of interpretations.md, by number."""
    headings = re.findall(r"^### ((\d+)\. .*)$", INTERPRETATIONS.read_text(encoding="utf-8"), re.MULTILINE)
    return {int(number): slug(heading) for heading, number in headings}


# ---- Markdown


def slug(heading: str) -> str:
    """The anchor of a heading, as Git hosts make it."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def table(titles: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """A table; cells are escaped."""
    line = "|" + "|".join("---:" if i in right else "---" for i in range(len(titles))) + "|"
    return [_row(titles), line, *(_row(row) for row in rows)]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(str(c).split()).replace("|", "\\|") for c in cells) + " |"


def page(title: str, *parts: Sequence[str]) -> str:
    """A whole page: parts are lists of lines, an empty line between them."""
    blocks = [MADE, f"# {title}", *("\n".join(part) for part in parts if part)]
    return "\n\n".join(blocks) + "\n"


def figure_link(id: str, up: str = "..") -> str:
    """A figure's id as a link to its entry."""
    return f"[`{id}`]({up}/figures/{figures()[id].folder}.md#{slug(id)})"


def rule_link(name: str, up: str = "..") -> str:
    """A rule's name as a link to its page."""
    return f"[`{name}`]({up}/rules/{name}.md)"


def interpretation_link(number: int, up: str = "../..") -> str:
    """An interpretation's number as a link."""
    anchor = interpretation_anchors().get(number, "")
    return f"[{number}]({up}/interpretations.md#{anchor})" if anchor else str(number)


def source_link(source: str) -> str:
    """A source; an address becomes a link that shows its host."""
    address, _space, rest = source.partition(" ")
    if not address.startswith("http"):
        return source
    host = address.split("/")[2].removeprefix("www.")
    return f"[{host}]({address}){' ' + rest if rest else ''}"


# ---- figures


def figures_page(folder: str) -> str:
    """All figures of one folder of the law through time."""
    chosen = [parameter for parameter in figures().values() if parameter.folder == folder]
    intro = [
        f"{len(chosen)} figures from [`jamsostek/law/{folder}/parameters.yaml`]"
        f"(../../../../jamsostek/law/{folder}/parameters.yaml). What the grades mean: [grades](../grades.md)."
    ]
    more = {"jkk": "industries.csv", "obligations": "holidays.csv"}.get(folder)
    if more:
        path = f"jamsostek/law/{folder}/{more}"
        intro += ["", f"Longer tables stand in their own file: [`{path}`](../../../../{path})."]
    return page(FOLDERS.get(folder, folder.upper()), intro, *(part for p in chosen for part in figure_parts(p)))


def figure_parts(parameter: Parameter) -> Iterator[list[str]]:
    """One figure: what it is, its rows, its tables."""
    yield [f"## {parameter.id}"]
    yield [f"**{parameter.title['id']}** · {parameter.title['en']}"]
    yield list(about(parameter))
    titles = ("From", "To", "Value", "Regulation", "Grade", "Source", "Reading, note")
    yield table(titles, [figure_row(parameter, row) for row in parameter.rows])
    if parameter.unit == "table":
        for row in parameter.rows:
            if len(row.value) <= LONGEST_TABLE:
                yield [f"Lines from {day(row.start)}:"]
                yield value_table(parameter, row)


def about(parameter: Parameter) -> Iterator[str]:
    """The lines under a figure's title."""
    unit = UNITS.get(parameter.unit, parameter.unit)
    keys = f", one for each of {', '.join(parameter.keys)}" if parameter.keys else ""
    yield f"- Unit: {unit}{keys}"
    if parameter.otherwise is not None:
        yield f"- Where no row applies: {value_text(parameter, parameter.otherwise)}"
    if parameter.scope:
        tested = "; ".join(f"{name} = {plain_words(value)}" for name, value in parameter.scope.items())
        yield f"- Only where: {tested}"
    if parameter.interpretation:
        yield f"- Interpretation: {interpretation_link(parameter.interpretation)}"
    names = readers().get(parameter.id, [])
    yield f"- Read by: {', '.join(rule_link(name) for name in names)}" if names else "- Read by: no rule yet"


def figure_row(parameter: Parameter, row: Row) -> list[str]:
    """One dated value as the cells of its line."""
    sources = "<br>".join(source_link(s) for s in row.source)
    article = f"{row.regulation} {row.article}"
    return [day(row.start), until(parameter, row), value_text(parameter, row.value), article, row.grade, sources, remarks(row)]


def remarks(row: Row, up: str = "../..") -> str:
    """What else is known of a row."""
    found = []
    for name, option in row.reading.items():
        number = interpretation_link(load().readings[name].number, up)
        found.append(f"only under `{name}={option}` (interpretation {number})")
    if row.temporary:
        found.append("temporary")
    if row.published:
        found.append(f"published {row.published.isoformat()}")
    if row.expected_until:
        found.append(f"renewal expected after {row.expected_until.isoformat()}")
    if row.note:
        found.append(row.note)
    return "; ".join(found)


def day(value: dt.date | None) -> str:
    """A first day; open when None."""
    return "always" if value is None else value.isoformat()


def until(parameter: Parameter, row: Row) -> str:
    """A last day; where none is written, whether another row follows."""
    if row.end is not None:
        return row.end.isoformat()
    later = [r for r in parameter.rows if r.start and (row.start is None or r.start > row.start) and not r.temporary]
    after = [r for r in later if all(row.reading.get(name, option) == option for name, option in r.reading.items())]
    return "until the next" if after else "open"


def value_text(parameter: Parameter, value: Any) -> str:
    """A raw value in words."""
    if parameter.unit == "table":
        return f"table of {len(value)} lines"
    if parameter.keys:
        return "<br>".join(f"{key} {in_unit(parameter.unit, value[key])}" for key in parameter.keys)
    return in_unit(parameter.unit, value)


def value_table(parameter: Parameter, row: Row) -> list[str]:
    """The lines of a table figure."""
    lines = [[in_unit(unit, line[name]) for name, unit in parameter.columns.items()] for line in row.value]
    numbers = [i for i, unit in enumerate(parameter.columns.values()) if unit not in ("text", "flag")]
    return table([f"`{name}`" for name in parameter.columns], lines, right=numbers)


def in_unit(unit: str, value: Any) -> str:
    """A value as an English reader writes it in its unit."""
    if value is None:
        return "-"
    if unit == "rupiah":
        return f"Rp{value:,}"
    if unit in ("ppm", "permille"):
        return f"{per_cent(value * (1 if unit == 'ppm' else 1000))} %"
    if unit == "flag":
        return "yes" if value else "no"
    if unit in ("text", "list", "date"):
        return plain_words(value)
    return f"{value:,}" if unit == "count" else f"{value} {unit.replace('_', ' ')}"


def per_cent(ppm: int) -> str:
    """`8900` -> `0.89`."""
    whole, rest = divmod(ppm, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".") if rest else str(whole)


def plain_words(value: Any) -> str:
    """A name, list or date as text."""
    if isinstance(value, (list, tuple)):
        return ", ".join(plain_words(v) for v in value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, dt.date) else str(value)


# ---- rules


def rule_page(rule: Rule) -> str:
    """One rule: what goes in and comes out, what it reads, its cases, one explained."""
    return page(
        f"{rule.name}: {rule.title}",
        [" ".join((rule.compute.__doc__ or "").split())],
        [f"- Source: {rule.source}", f"- Takes: `{rule.when}`", *unsettled_line(rule)],
        ["## Inputs"],
        table(("Input", "What", "Must be given", "Default"), [input_row(rule, item) for item in rule.inputs]),
        ["## Outputs"],
        table(("Output", "What"), [[f"`{o.name}`", output_text(o)] for o in rule.outputs]),
        ["## Figures it may read"],
        [f"- {figure_link(id)}: {figures()[id].title['en']}" for id in figure_ids(rule)] or ["None."],
        ["## Cases"],
        case_table(rule),
        *worked(rule),
    )


def unsettled_line(rule: Rule) -> list[str]:
    """The interpretations behind a rule's figures."""
    numbers: set[int] = set()
    for id in figure_ids(rule):
        parameter = figures()[id]
        numbers |= {parameter.interpretation} if parameter.interpretation else set()
        numbers |= {load().readings[name].number for row in parameter.rows for name in row.reading}
    links = ", ".join(interpretation_link(number) for number in sorted(numbers))
    return [f"- Unsettled points behind its figures, interpretations: {links}"] if links else []


def input_row(rule: Rule, item: Input) -> list[str]:
    """One input as the cells of its line."""
    one_of = next((names for names in rule.one_of if item.name in names), None)
    alternative = "exactly one of " + ", ".join(f"`{name}`" for name in one_of or ())
    needed = alternative if one_of else "yes" if item.required else "no"
    return [f"`{item.name}`", input_text(item), needed, "" if item.default is None else f"`{flow(item.default)}`"]


def input_text(item: Input) -> str:
    """What an input takes."""
    if isinstance(item, Money):
        return f"whole rupiah, {item.least} to {item.most:,}"
    if isinstance(item, Whole):
        return f"whole number, {item.least} to {item.most:,}"
    if isinstance(item, Share):
        digits = len(str(item.parts)) - 1
        return f"share from {item.least} to {item.most} (1 = all), at most {digits} decimals"
    if isinstance(item, Choice):
        return "one of " + ", ".join(item.options)
    if isinstance(item, Choices):
        return "one or more of " + ", ".join(item.options)
    if isinstance(item, Records):
        return f"list of {{{fields(item)}}}"
    plain = {"Flag": "true or false", "Date": "date", "Month": "month", "Nik": "16 digits, as text"}
    return plain[type(item).__name__]


def fields(item: Records) -> str:
    """The fields of a record, those that may be left out in brackets."""
    names = ", ".join(f.name if f.required else f"[{f.name}]" for f in item.fields)
    return f"{item.nested}: {{{names}}}" if item.nested else names


def output_text(output: Output) -> str:
    """What an output is."""
    options = f" {', '.join(output.options)}" if output.options else ""
    return KINDS[output.kind] + options


def case_table(rule: Rule) -> list[str]:
    """A rule's cases."""
    found = cases().get(rule.name, [])
    if not found:
        return ["None yet."]
    titles = ("Case", rule.when.capitalize(), "Inputs", "Expected", "Source", "Evidence")
    return table(titles, [case_row(case) for case in found])


def case_row(case: Case) -> list[str]:
    """One case as the cells of its line."""
    return [case.name, case.when, f"`{flow(case.inputs)}`", f"`{flow(case.expected)}`", case.source, case.evidence]


def worked(rule: Rule) -> list[list[str]]:
    """The explanation of the first case that has steps, as the software gives it."""
    for case in cases().get(rule.name, []):
        told = explain(rule.name, **{rule.when: case.when}, **case.inputs)
        if told.root.children:
            intro = f"“{case.name}”, as `jamsostek law explain {rule.name} --format markdown` tells it:"
            return [["## One case explained"], [intro], [told.markdown("id").strip()]]
    return []


def flow(value: Any) -> str:
    """Inputs and outputs as they stand in a case file, on one line."""
    text = yaml.safe_dump(value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**6)
    return text.strip().removesuffix("...").strip()


# ---- index, grades, vocabulary


def index_page() -> str:
    """What there is, and where."""
    of_folder = Counter(parameter.folder for parameter in figures().values())
    folder_rows = [[f"[{f}](figures/{f}.md)", FOLDERS.get(f, f.upper()), str(of_folder[f])] for f in folders()]
    rule_rows = [[rule_link(r.name, "."), r.title, r.when, str(len(cases().get(r.name, [])))] for r in rules()]
    return page(
        "Reference of the law",
        [
            f"{len(rules())} rules over {len(figures())} figures, checked by {sum(map(len, cases().values()))} cases. "
            "How sure each figure is: [grades](grades.md). How a case is written: [cases](../cases.md). "
            "Where the law is not clear: [interpretations](../interpretations.md). What the funds may invest in: "
            "[limits of investments](limits.md)."
        ],
        ["## Rules"],
        table(("Rule", "Judul", "By", "Cases"), rule_rows, right=[3]),
        ["## Figures"],
        table(("Folder", "What", "Figures"), folder_rows, right=[2]),
    )


def grades_page() -> str:
    """How many figures stand on what evidence."""
    every = list(figures().values())
    read = [parameter for parameter in every if parameter.id in readers()]
    evidence = Counter(case.evidence for found in cases().values() for case in found)
    weak = [
        [figure_link(p.id, "."), day(r.start), r.grade, f"{r.regulation} {r.article}", remarks(r, "..")]
        for p, r in weak_rows(read)
    ]
    return page(
        "How sure each figure is",
        [
            "Every dated value carries a grade of evidence. Explanations show it beside the figure, and results that stand on an "
            "unsettled point name its [interpretation](../interpretations.md)."
        ],
        [f"- `{grade}`: {MEANING[grade]}" for grade in GRADES],
        ["## Dated values by folder and grade"],
        grade_table(every),
        ["## Of these, the figures that a rule reads"],
        ["The others are law kept for rooms to come (registration, claims, collection); no rupiah stands on them yet."],
        grade_table(read),
        ["## Cases by evidence"],
        [
            f"- `published` (the figure was printed by the source named): {evidence['published']}",
            f"- `constructed` (computed from the articles named): {evidence['constructed']}",
        ],
        ["## Derived and unsourced values that a rule reads"],
        table(("Figure", "From", "Grade", "Regulation", "Reading, note"), weak),
    )


def limits_page() -> str:
    """Limits of investments by regulation, as the funds read them."""
    told = yaml.safe_load(LIMITS.read_text(encoding="utf-8"))
    parts = [
        [
            "Limits of what the funds may hold, from "
            "[`jamsostek/fund/data/limits.yaml`](../../../jamsostek/fund/data/limits.yaml). "
            "What the grades mean: [grades](grades.md). Where the regulations are not clear: interpretations "
            f"{interpretation_link(105, '..')}, {interpretation_link(106, '..')}; time to keep a limit again that prices passed: "
            f"{told['mend']['months']} months, {interpretation_link(107, '..')}."
        ]
    ]
    for one in told["rules"]:
        parts += limit_parts(one, told["sources"])
    return page("Limits of investments", *parts)


def limit_parts(one: Mapping[str, Any], sources: Mapping[str, str]) -> Iterator[list[str]]:
    """One limit through time."""
    yield [f"## {one['id']}"]
    counted = (
        f"{one['title']['id']} ({one['title']['en']}). Adds up {', '.join(one['classes']).replace('_', ' ')}, by {one['by']}; "
    )
    said = {"below_a_minus": " Counts what is rated below A-, or not at all.", "unlisted": " Counts what is not listed."}
    note = f" {one['note']['en']}" if one.get("note") else ""
    yield [f"{counted}at {one['bound']} a share of {one['base'].replace('_', ' ')}.{said.get(one.get('when', ''), '')}{note}"]
    rows = [
        [
            str(row["from"]), str(row["to"] or ""), ", ".join(fund.upper() for fund in row["funds"]), f"{per_cent(row['ppm'])} %",
            ", ".join(text for text in (row["regulation"], row["article"]) if text), row["grade"],
            source_link(sources[row["source"]]),
        ]
        for row in sorted(one["rows"], key=lambda row: (row["from"], row["funds"]))
    ]  # fmt: skip
    if rows:
        yield table(("From", "To", "Funds", "Share", "Regulation", "Grade", "Source"), rows, right=[3])


def weak_rows(chosen: Sequence[Parameter]) -> Iterator[tuple[Parameter, Row]]:
    """Rows that are derived or unsourced."""
    for parameter in chosen:
        for row in parameter.rows:
            if row.grade in ("derived", "unsourced"):
                yield parameter, row


def grade_table(chosen: Sequence[Parameter]) -> list[str]:
    """Rows counted by folder and grade."""
    count = Counter((p.folder, row.grade) for p in chosen for row in p.rows)
    rows = [[f, *(str(count[f, g]) for g in GRADES), str(sum(count[f, g] for g in GRADES))] for f in folders()]
    totals = [sum(count[f, g] for f in folders()) for g in GRADES]
    return table(("Folder", *GRADES, "Together"), [*rows, ["all", *map(str, totals), str(sum(totals))]], right=range(1, 6))


def cases_page() -> str:
    """cases.md with its table of rules renewed."""
    text = CASES_PAGE.read_text(encoding="utf-8")
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    parts = [BEGIN, "", *vocabulary("month"), "", *vocabulary("date"), "", END]
    return before + "\n".join(parts) + after


def vocabulary(when: str) -> list[str]:
    """The table of rules that take a month, or a date."""
    title = {"month": "### Rules that take a `month`", "date": "### Rules that take a `date`"}[when]
    chosen = [rule for rule in rules() if rule.when == when]
    rows = [[rule_link(r.name, "reference"), inputs_line(r), ", ".join(f"`{o.name}`" for o in r.outputs)] for r in chosen]
    return [title, "", *table(("Rule", "Inputs (default)", "Outputs"), rows)]


def inputs_line(rule: Rule) -> str:
    """A rule's inputs in short; those of which exactly one is given stand together."""
    alternatives = {name for names in rule.one_of for name in names}
    together = [" or ".join(short_input(rule.input(name), needed=True) for name in names) for names in rule.one_of]
    others = [short_input(item) for item in rule.inputs if item.name not in alternatives]
    return "; ".join([*together, *others]) or "none"


def short_input(item: Input, needed: bool = False) -> str:
    """One input in short."""
    options = " " + ", ".join(item.options) if isinstance(item, (Choice, Choices)) else ""
    shape = f" list of {{{fields(item)}}}" if isinstance(item, Records) else ""
    default = "" if needed or item.required else " (none)" if item.default is None else f" ({flow(item.default)})"
    return f"`{item.name}`{options}{shape}{default}"


def main() -> None:
    """Writes what differs and takes away what should not be there."""
    wanted = pages()
    changed = stale()
    for name in changed:
        path = ROOT / name
        if name not in wanted:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[name], encoding="utf-8")
    print(f"{len(wanted)} pages, {len(changed)} changed")  # noqa: T201


if __name__ == "__main__":
    main()
