"""Addresses of registering oneself. None of them ever holds an answer."""

from django.urls import path

from jamsostek.portal.register import finish, views

app_name = "register"
urlpatterns = [
    path("", views.start, name="start"),
    path("periksa/", views.check, name="check"),
    path("masuk/", finish.sign_in, name="sign_in"),
    path("selesai/", finish.finished, name="done"),
    path("sudah/", views.known, name="known"),
    path("hapus/", views.delete, name="delete"),
    path("<slug:slug>/", views.question, name="question"),
]
