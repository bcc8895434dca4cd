"""Addresses of the funds."""

from django.urls import path

from jamsostek.portal.fund import home

app_name = "fund"
urlpatterns = [
    path("", home.home, name="home"),
]
