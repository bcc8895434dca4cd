"""The addresses of the API. Every operation stands behind `door.guarded`; one that no resource declares has no door."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from jamsostek.api.door import guarded, lost
from jamsostek.api.operations import Function
from jamsostek.api.pages import openapi, reference
from jamsostek.api.v1.service import RESOURCES, build

service = build()


def _by_route() -> dict[str, dict[str, Function]]:
    """Functions by method, by the route that Django knows."""
    found: dict[str, dict[str, Function]] = {}
    for resource in RESOURCES:
        for (method, address), function in resource.functions.items():
            route = address.lstrip("/").replace("{", "<").replace("}", ">")
            found.setdefault(route, {})[method] = function
    return found


def _operations() -> list[URLPattern]:
    functions = _by_route()
    found: dict[str, URLPattern] = {}
    for pattern in service.urls[0]:  # django-ninja has one for each operation; any of those of a route serves them all
        route = str(pattern.pattern)
        if isinstance(pattern, URLPattern) and pattern.callback is not None and route in functions:
            found.setdefault(route, path(f"v1/{route}", guarded(pattern.callback, functions[route]), name=pattern.name))
    return list(found.values())


app_name = "api"
urlpatterns = [
    path("v1/", reference, name="reference"),
    path("v1/openapi.json", openapi, name="openapi"),
    *_operations(),
    re_path(r"^", lost),
]
