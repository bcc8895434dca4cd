"""Tables of the movement."""

from jamsostek.outreach.models.programmes import (
    Candidate,
    CandidateStep,
    Decree,
    DecreeLine,
    FundedMonth,
    Intake,
    Programme,
    Quota,
    Reconciliation,
    Rule,
    Source,
)
from jamsostek.outreach.models.registers import Answer, Link, Mapping, Person, Problem, Register, Run

__all__ = [
    "Answer",
    "Candidate",
    "CandidateStep",
    "Decree",
    "DecreeLine",
    "FundedMonth",
    "Intake",
    "Link",
    "Mapping",
    "Person",
    "Problem",
    "Programme",
    "Quota",
    "Reconciliation",
    "Register",
    "Rule",
    "Run",
    "Source",
]
