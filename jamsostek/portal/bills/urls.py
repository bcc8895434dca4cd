"""Addresses of bills, by payment code; whoever opens one sees what their rights show."""

from django.urls import path

from jamsostek.portal.bills import (
    bill,
    booked,  # noqa: F401  registers the pages behind groups of the books
    converters,  # noqa: F401  registers `bill`
    finding,
    lines,
    making,
    paper,
    taking_back,
    why,
)

app_name = "bills"
urlpatterns = [
    path("", finding.show, name="find"),
    path("proyek/<npp:number>/", making.project, name="project"),
    path("penempatan/<int:placement_id>/", making.placement, name="placement"),
    path("<bill:code>/", bill.show, name="bill"),
    path("<bill:code>/rincian/", lines.show, name="lines"),
    path("<bill:code>/rincian/unduh/", lines.download, name="download"),
    path("<bill:code>/rincian/<kpj:kpj>/<int:month>/", lines.line, name="line"),
    path("<bill:code>/alasan/", why.show, name="why"),
    path("<bill:code>/hitung-ulang/", why.check, name="check"),
    path("<bill:code>/tagihan.pdf", paper.one, name="pdf"),
    path("<bill:code>/batalkan/", taking_back.show, name="void"),
]
