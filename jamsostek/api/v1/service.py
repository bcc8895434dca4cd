"""The API of version 1, put together: its resources, and how errors become problems."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationErrorContext
from ninja.errors import ValidationError as NinjaValidationError

from jamsostek.access.errors import Refused
from jamsostek.api import problems
from jamsostek.api.operations import Resource
from jamsostek.api.problems import Problem
from jamsostek.api.v1 import incoming  # noqa: F401  its operations are of `payments`
from jamsostek.api.v1.accounts import accounts
from jamsostek.api.v1.agreements import agreements
from jamsostek.api.v1.arrears import arrears
from jamsostek.api.v1.award_editions import award_editions
from jamsostek.api.v1.award_entries import award_entries
from jamsostek.api.v1.award_interviews import award_interviews
from jamsostek.api.v1.award_juries import award_juries
from jamsostek.api.v1.award_results import award_results
from jamsostek.api.v1.award_snapshots import award_snapshots
from jamsostek.api.v1.bank_statements import bank_statements
from jamsostek.api.v1.bills import bills, month_runs
from jamsostek.api.v1.calculations import calculations
from jamsostek.api.v1.campaigns import campaigns
from jamsostek.api.v1.candidates import candidates
from jamsostek.api.v1.cards import cards
from jamsostek.api.v1.cases import cases
from jamsostek.api.v1.claim_work import claim_work
from jamsostek.api.v1.claims import claims
from jamsostek.api.v1.coverage import coverage
from jamsostek.api.v1.coverage_questions import coverage_questions
from jamsostek.api.v1.covers import covers
from jamsostek.api.v1.creditings import creditings
from jamsostek.api.v1.employers import employers
from jamsostek.api.v1.employments import employments
from jamsostek.api.v1.findings import findings
from jamsostek.api.v1.fund_custody import fund_custody
from jamsostek.api.v1.fund_holdings import fund_holdings
from jamsostek.api.v1.fund_liquidity import fund_liquidity
from jamsostek.api.v1.fund_projections import fund_projections
from jamsostek.api.v1.fund_reports import fund_reports
from jamsostek.api.v1.fund_securities import fund_securities
from jamsostek.api.v1.fund_trades import fund_trades
from jamsostek.api.v1.goals import goals
from jamsostek.api.v1.investment_limits import investment_limits
from jamsostek.api.v1.jht_returns import jht_returns
from jamsostek.api.v1.jht_tax import jht_tax
from jamsostek.api.v1.ledger import ledger
from jamsostek.api.v1.links import links
from jamsostek.api.v1.matches import matches
from jamsostek.api.v1.participants import participants
from jamsostek.api.v1.payments import payments
from jamsostek.api.v1.payouts import payouts
from jamsostek.api.v1.pension_growth import pension_growth
from jamsostek.api.v1.programmes import programmes
from jamsostek.api.v1.reassessments import reassessments
from jamsostek.api.v1.receipts import receipts
from jamsostek.api.v1.refunds import refunds
from jamsostek.api.v1.region_month import region_month
from jamsostek.api.v1.regions import regions
from jamsostek.api.v1.registers import registers
from jamsostek.api.v1.regulations import regulations
from jamsostek.api.v1.relatives import relatives
from jamsostek.api.v1.reports import reports
from jamsostek.api.v1.rights import rights
from jamsostek.api.v1.rolls import rolls
from jamsostek.api.v1.sponsors import sponsors
from jamsostek.api.v1.strategy import strategy
from jamsostek.api.v1.trail import trail
from jamsostek.api.v1.training import training
from jamsostek.api.v1.uploads import uploads
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.registry.identity import Problems

RESOURCES: tuple[Resource, ...] = (
    participants, employers, employments, sponsors, covers, relatives, cards, regions, uploads, reports, payments,
    matches, refunds, receipts, bank_statements, trail,
    calculations, accounts, jht_returns,
    bills, month_runs, reassessments, ledger, arrears,
    agreements, cases, findings, creditings,
    claims, claim_work, payouts, rolls, rights, pension_growth, jht_tax, training,
    programmes, candidates,
    regulations, goals, strategy, region_month, campaigns,
    registers, links, coverage, coverage_questions,
    fund_securities, fund_custody, fund_trades, fund_holdings, investment_limits, fund_liquidity, fund_reports,
    fund_projections,
    award_editions, award_entries, award_juries, award_interviews, award_snapshots, award_results,
)  # fmt: skip


class Shapes(NinjaValidationError):
    """What pydantic found, with its context."""


class Service(NinjaAPI):
    """django-ninja with our errors."""

    def validation_error_from_error_contexts(self, error_contexts: list[ValidationErrorContext[Any]]) -> NinjaValidationError:
        """Keeps the errors of our own validators, which ninja would turn into text."""
        found: list[dict[str, Any]] = []
        for context in error_contexts:
            back = context.model.__ninja_flatten_map_reverse__
            for one in context.pydantic_validation_error.errors(include_url=False, include_input=False):
                where = back.get(one["loc"], one["loc"])
                found.append({**one, "loc": _named(where)})
        return Shapes(found)


def _named(where: tuple[Any, ...]) -> tuple[Any, ...]:
    """Where a field stands in what was sent; the argument that holds the body is our own affair."""
    return where[1:] if len(where) > 1 and where[0] in ("given", "asked", "query") else where


def problem_of(error: Exception) -> Problem:
    """What to tell of an error that a caller can cause."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Refused):
        return problems.refused(error)
    if isinstance(error, Problems):
        return problems.of_input(error.found)
    if isinstance(error, InputError):
        return problems.of_input([error])
    if isinstance(error, Shapes):
        return problems.of_shape(error.errors)
    if isinstance(error, HttpError):
        return Problem(400, _("Isi permintaan bukan JSON yang utuh."), _("Periksa tanda kutip, koma, dan kurung."))
    assert isinstance(error, IntegrityError)
    return Problem(
        409, _("Ini bertentangan dengan yang sudah tercatat."), _("Baca lagi keadaannya; mungkin sudah ditulis orang lain.")
    )


def _answered(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_of(error).response(request.id)  # type: ignore[attr-defined]


def _ours(_request: HttpRequest, error: Any) -> HttpResponse:
    raise error


def build() -> Service:
    """The API with all its resources."""
    made = Service(title="Jamsostek", version="1", openapi_url=None, docs_url=None, urls_namespace="api-v1")
    for resource in RESOURCES:
        made.add_router("", resource.router)
    for kind in (Problem, InputError, Shapes, HttpError, IntegrityError):
        made.add_exception_handler(kind, _answered)
    made.add_exception_handler(Exception, _ours)
    return made
