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
from jamsostek.api.v1.calculations import calculations
from jamsostek.api.v1.cards import cards
from jamsostek.api.v1.covers import covers
from jamsostek.api.v1.employers import employers
from jamsostek.api.v1.employments import employments
from jamsostek.api.v1.participants import participants
from jamsostek.api.v1.regions import regions
from jamsostek.api.v1.relatives import relatives
from jamsostek.api.v1.sponsors import sponsors
from jamsostek.api.v1.trail import trail
from jamsostek.api.v1.uploads import uploads
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.registry.identity import Problems

RESOURCES: tuple[Resource, ...] = (
    participants, employers, employments, sponsors, covers, relatives, cards, regions, uploads, trail, calculations,
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


def _answered(problem: Problem, request: HttpRequest) -> HttpResponse:
    return problem.response(request.id)  # type: ignore[attr-defined]


def _of_http(error: HttpError) -> Problem:
    return Problem(400, _("Isi permintaan bukan JSON yang utuh."), _("Periksa tanda kutip, koma, dan kurung."))


def build() -> Service:
    """The API with all its resources."""
    made = Service(title="Jamsostek", version="1", openapi_url=None, docs_url=None, urls_namespace="api-v1")
    for resource in RESOURCES:
        made.add_router("", resource.router)
    made.add_exception_handler(Problem, lambda request, error: _answered(error, request))
    made.add_exception_handler(Refused, lambda request, error: _answered(problems.refused(error), request))
    made.add_exception_handler(Problems, lambda request, error: _answered(problems.of_input(error.found), request))
    made.add_exception_handler(InputError, lambda request, error: _answered(problems.of_input([error]), request))
    made.add_exception_handler(Shapes, lambda request, error: _answered(problems.of_shape(error.errors), request))
    made.add_exception_handler(HttpError, lambda request, error: _answered(_of_http(error), request))
    made.add_exception_handler(IntegrityError, lambda request, error: _answered(_conflict(), request))
    made.add_exception_handler(Exception, _ours)
    return made


def _conflict() -> Problem:
    return Problem(
        409, _("Ini bertentangan dengan yang sudah tercatat."), _("Baca lagi keadaannya; mungkin sudah ditulis orang lain.")
    )


def _ours(request: HttpRequest, error: Exception) -> HttpResponse:
    raise error
