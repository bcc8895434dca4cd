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
from jamsostek.outreach.models.strategy import HalfReport, PlanChange, PlanItem, Regulation, StrategyPlan

__all__ = [
    "Answer",
    "Candidate",
    "CandidateStep",
    "Decree",
    "DecreeLine",
    "FundedMonth",
    "Intake",
    "HalfReport",
    "Link",
    "Mapping",
    "Person",
    "PlanChange",
    "PlanItem",
    "Problem",
    "Programme",
    "Quota",
    "Reconciliation",
    "Register",
    "Regulation",
    "Rule",
    "Run",
    "Source",
    "StrategyPlan",
]
