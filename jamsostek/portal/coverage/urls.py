"""Addresses of coverage, open to everybody."""

from django.urls import path

from jamsostek.portal.coverage import (
    brief,
    charts,
    data,
    gaps,
    history,
    home,
    laboratory,
    planner,
    projection,
    province,
    region_projection,
    synthetic,
)  # fmt: skip

app_name = "coverage"
urlpatterns = [
    path("", home.home, name="home"),
    path("provinsi/<int:province>/", province.province, name="province"),
    path("provinsi/<int:province>/ringkasan.pdf", brief.brief, name="brief"),
    path("kabupaten/<int:regency>/ringkasan.pdf", brief.regency_brief, name="regency_brief"),
    path("sejarah/", history.overview, name="history"),
    path("sejarah/<slug:series>/", history.series, name="series"),
    path("data/", data.index, name="data"),
    path("data/<slug:name>.csv", data.table_file, name="data_file"),
    path("grafik/<slug:name>/", charts.one, name="chart"),
    path("sisipan/<slug:name>/", charts.embedded, name="embed"),
    path("kesenjangan/", gaps.show, name="gaps"),
    path("proyeksi/", projection.show, name="projection"),
    path("proyeksi/<int:region>/", region_projection.show, name="region_projection"),
    path("rencana/", planner.show, name="planner"),
    path("kebijakan/", laboratory.index, name="lab"),
    path("kebijakan/<slug:name>/", laboratory.one, name="reform"),
    path("kebijakan/<slug:name>/reformasi.yaml", laboratory.reform_file, name="reform_file"),
    path("negeri-tiruan/", synthetic.show, name="nation"),
    path("negeri-tiruan/unduh/", synthetic.file, name="nation_file"),
]
