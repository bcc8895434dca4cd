"""Addresses of the award: the work of juries."""

from django.urls import URLPattern, path

from jamsostek.portal.award.jury import home, marking, meeting

app_name = "award_jury"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("<slug:juror>/", home.seat, name="seat"),
    path("<slug:juror>/kepentingan/", home.declare, name="declare"),
    path("<slug:juror>/keluar/", home.leave, name="leave"),
    path("<slug:juror>/nilai/", marking.mine, name="mine"),
    path("<slug:juror>/wawancara/", meeting.listing, name="interviews"),
    path("<slug:juror>/wawancara/kalender/", meeting.calendar, name="calendar"),
    path("<slug:juror>/calon/<slug:entry>/", marking.mark, name="mark"),
    path("<slug:juror>/bahas/<slug:entry>/<slug:criterion>/", marking.discuss, name="discuss"),
    path("<slug:juror>/<slug:category>/<int:area>/", marking.contest, name="contest"),
    path("<slug:juror>/<slug:category>/<int:area>/kunci/", marking.freeze, name="freeze"),
]
