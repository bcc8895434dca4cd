"""Whether this installation can serve: asked by `jamsostek serve`, load balancers and people on duty."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door


@door(PUBLIC)
@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when not; no word about why."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("belum siap\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("siap\n", content_type="text/plain; charset=utf-8")
