"""Addresses of invitations for who has no account."""

from django.urls import path

from jamsostek.portal.filing import converters  # noqa: F401  registers `filed`
from jamsostek.portal.training import visitor

app_name = "invitations"
urlpatterns = [
    path("", visitor.start, name="start"),
    path("klaim/<filed:number>/", visitor.by_code, name="by_code"),
    path("undangan/", visitor.mine, name="mine"),
    path("undangan/<int:trainee_id>/ikut/", visitor.accept, name="mine_accept"),
    path("undangan/<int:trainee_id>/tidak/", visitor.decline, name="mine_decline"),
    path("buka/<int:number>/", visitor.join, name="mine_join"),
]
