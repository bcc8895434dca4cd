"""Addresses of the award: the work of juries."""

from django.urls import URLPattern

app_name = "award_jury"
urlpatterns: list[URLPattern] = []
