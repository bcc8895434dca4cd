"""A province on two pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door


@door(PUBLIC)
@require_safe
def brief(request: HttpRequest, province: int) -> HttpResponse:
    """The PDF."""
    return HttpResponse(b"", content_type="application/pdf")
