"""Addresses of the award: nominations and evidence."""

from django.urls import URLPattern

app_name = "award_entries"
urlpatterns: list[URLPattern] = []
