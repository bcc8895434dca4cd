"""All URLs: the readiness check, the API, and the portal, where signing in is too."""

from __future__ import annotations

from django.urls import include, path

from jamsostek.config.health import ready

urlpatterns = [
    path("siap/", ready, name="ready"),
    path("api/", include("jamsostek.api.urls")),
    path("", include("jamsostek.portal.urls")),
]
