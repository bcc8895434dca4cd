"""Addresses of the award: the work of committees."""

from django.urls import URLPattern

app_name = "award_committee"
urlpatterns: list[URLPattern] = []
