"""Addresses of the award: the work of committees."""

from django.urls import URLPattern

from jamsostek.portal.award.committee import entries

app_name = "award_committee"
urlpatterns: list[URLPattern] = [
    *entries.ADDRESSES,
]
