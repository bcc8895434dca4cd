"""The addresses of the portal: a line for each audience."""

from django.urls import include, path

urlpatterns = [
    path("", include("jamsostek.portal.public.urls")),
]
