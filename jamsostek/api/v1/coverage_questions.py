"""Any question to the coverage cube, for those who read figures: from the night's cells at once, else counted on the rows."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field, StrictInt, StrictStr

from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.v1.common import wrong
from jamsostek.api.v1.shapes import In, Out
from jamsostek.api.v1.shapes import Month as MonthIn
from jamsostek.core.months import format_month, span
from jamsostek.core.text import N_, _
from jamsostek.coverage import cube, questions
from jamsostek.coverage.cube import Answer, Question

coverage_questions = Resource("coverage_questions", N_("Pertanyaan cakupan"))
Measure = Literal["registered", "ever", "active", "reported", "joined", "returned", "lapsed", "died"]
Dimension = Literal[
    "month", "province", "regency", "village", "segment", "programme", "sex", "age", "disability", "occupation", "payer"
]  # fmt: skip
Filter = Literal["province", "regency", "village", "segment", "programme", "sex", "age", "disability", "occupation", "payer"]
Code = Annotated[StrictInt, Field(ge=11, le=9_999_999_999)]
Name = Annotated[StrictStr, Field(max_length=40)]


def _active() -> list[Measure]:
    return ["active"]


class QuestionIn(In):
    """A question as `jamsostek coverage ask` takes it. `rows`: what to do where the night's cells do not hold it."""

    first_month: MonthIn
    last_month: MonthIn | None = None
    measures: list[Measure] = Field(default_factory=_active, min_length=1, max_length=8)
    by: list[Dimension] = Field(default_factory=list, max_length=11)
    where: dict[Filter, Annotated[list[Code | Name], Field(max_length=100)]] = Field(default_factory=dict)
    basis: Literal["domicile", "office"] = "domicile"
    rows: Literal["look", "count", "stop"] = Field(
        "look", description=N_("look: hanya melihat; count: mulai menghitung pada baris; stop: tidak menunggu lagi.")
    )


class AnswerOut(Out):
    """Lines of `columns`; each count by itself rounded to tens, null where fewer than 10. `as_of` is the snapshot's day."""

    state: Literal["unasked", "waiting", "counting", "answered", "failed"] = Field(
        description=N_("unasked: sel malam tidak memuatnya; tanyakan dengan rows=count.")
    )
    done: float = Field(description=N_("0 sampai 1."))
    before: int = Field(description=N_("Pertanyaan lain yang dihitung lebih dulu."))
    problem: str
    as_of: dt.date | None = None
    source: Literal["cells", "rows"] | None = None
    seconds: float | None = None
    newer: bool = Field(False, description=N_("Ada potret yang lebih baru daripada potret jawaban ini."))
    columns: list[str] = Field(default_factory=list)
    rows: list[list[int | str | None]] = Field(default_factory=list)


@coverage_questions.post(
    "/coverage/questions", AnswerOut, title=N_("Tanya kubus cakupan"), needs=(Can.READ_CELLS,), writes=False
)  # fmt: skip
def ask(request: HttpRequest, asked: QuestionIn) -> Any:
    """The answer, or how far its count is. Asked again it costs nothing: the same question is counted once for everybody."""
    last = asked.last_month or asked.first_month
    if last < asked.first_month:
        raise wrong("last_month", _("Bulan ini sebelum bulan pertama."))
    question = Question(
        tuple(span(asked.first_month, last)),
        tuple(asked.measures), tuple(asked.by), {str(name): values for name, values in asked.where.items()}, asked.basis,
    ).checked()  # fmt: skip
    snapshot = cube.latest()
    if snapshot is None:
        return {"state": "unasked", "done": 0, "before": 0, "problem": ""}
    cube.known(question, snapshot)
    if cube.holds(question, snapshot):
        answer = cube.ask(question, snapshot=snapshot, most=questions.MOST_LINES)
        return {"state": "answered", "done": 1, "before": 0, "problem": ""} | _lines(answer)
    if asked.rows == "count":
        questions.want(question)
    elif asked.rows == "stop":
        questions.give_up(question)
    found = questions.look(question)
    told = {"state": found.state, "done": found.done, "before": found.before, "problem": found.problem, "newer": found.newer}
    return told | (_lines(found.answer) if found.answer else {})


def _lines(exact: Answer) -> dict[str, Any]:
    answer = cube.protect(exact)
    at = answer.columns.index("month") if "month" in answer.columns else None
    rows = [[format_month(value) if place == at else value for place, value in enumerate(row)] for row in answer.rows]
    about = {"as_of": answer.as_of, "source": answer.source, "seconds": round(answer.seconds, 3)}
    return about | {"columns": list(answer.columns), "rows": rows}
