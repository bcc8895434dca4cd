"""Addresses of a region's strategy. A region is named by its Kemendagri code, a regulation by our own number."""

from django.urls import path

from jamsostek.portal.strategy import home, items, nation, plans, regulations, reports

app_name = "strategy"
urlpatterns = [
    path("", home.home, name="home"),
    path("kewajiban/", home.duties_page, name="duties"),
    path("nasional/", nation.show, name="nation"),
    path("nasional/unduh/", nation.file, name="nation_file"),
    path("<int:region>/", home.region, name="region"),
    path("<int:region>/peraturan/", regulations.listing, name="regulations"),
    path("<int:region>/peraturan/baru/", regulations.enter, name="regulation_new"),
    path("peraturan/<int:number>/", regulations.show, name="regulation"),
    path("peraturan/<int:number>/naskah/", regulations.paper, name="regulation_paper"),
    path("peraturan/<int:number>/sahkan/", regulations.confirm, name="regulation_confirm"),
    path("peraturan/<int:number>/tarik/", regulations.withdraw, name="regulation_withdraw"),
    path("peraturan/<int:number>/akhiri/", regulations.end, name="regulation_end"),
    path("peraturan/<int:number>/akhiri/sahkan/", regulations.confirm_end, name="regulation_ended"),
    path("<int:region>/rencana/<int:year>/", plans.show, name="plan"),
    path("<int:region>/rencana/<int:year>/baru/", plans.add, name="item_new"),
    path("<int:region>/rencana/<int:year>/usulan/", plans.suggest, name="suggest"),
    path("<int:region>/rencana/<int:year>/salin/", plans.copy, name="copy"),
    path("<int:region>/rencana/<int:year>/unduh/", plans.file, name="plan_file"),
    path("<int:region>/rencana/<int:year>/cetak/", plans.paper, name="plan_paper"),
    path("butir/<int:item_id>/", items.show, name="item"),
    path("butir/<int:item_id>/ubah/", items.change, name="item_change"),
    path("butir/<int:item_id>/keadaan/", items.move, name="item_move"),
    path("butir/<int:item_id>/berkas/", items.file, name="item_file"),
    path("<int:region>/laporan/", reports.listing, name="reports"),
    path("<int:region>/laporan/baru/", reports.draft, name="report_new"),
    path("laporan/<int:report_id>/", reports.show, name="report"),
    path("laporan/<int:report_id>/tulis/", reports.write, name="report_write"),
    path("laporan/<int:report_id>/hitung/", reports.count_again, name="report_count"),
    path("laporan/<int:report_id>/tandatangani/", reports.sign, name="report_sign"),
    path("laporan/<int:report_id>/buka/", reports.reopen, name="report_reopen"),
    path("laporan/<int:report_id>/kirim/", reports.send, name="report_send"),
    path("laporan/<int:report_id>/perbaiki/", reports.correct, name="report_correct"),
    path("laporan/<int:report_id>/cetak/", reports.paper, name="report_paper"),
    path("laporan/<int:report_id>/unduh/", reports.file, name="report_file"),
]
