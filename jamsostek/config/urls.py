"""All URLs: the readiness check, the API, signing in, and the portal last."""

from __future__ import annotations

from django.urls import include, path

from jamsostek.config.health import ready

urlpatterns = [
    path("siap/", ready, name="ready"),
    path("api/", include("jamsostek.api.urls")),
    path("akun/", include("allauth.urls")),
    path("", include("jamsostek.portal.urls")),
]
