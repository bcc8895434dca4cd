"""Addresses of one's own rights. Whom a page is about stands in the session."""

from django.urls import path

from jamsostek.portal.payouts import own

app_name = "own_rights"
urlpatterns = [
    path("", own.mine, name="home"),
    path("<int:benefit_id>/", own.show, name="right"),
    path("<int:benefit_id>/uang/<slug:amount>/", own.amount, name="amount"),
    path("<int:benefit_id>/uang/<slug:amount>/rincian.pdf", own.amount_pdf, name="amount_pdf"),
    path("<int:benefit_id>/bukti/", own.give, name="give"),
    path("<int:benefit_id>/bukti/<int:proof_id>/<int:paper_id>/", own.paper, name="paper"),
]
