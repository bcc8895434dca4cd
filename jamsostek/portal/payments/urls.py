"""Addresses of money in. A payment is named by its number, a bill by its code."""

from django.urls import path

from jamsostek.portal.payments import (
    converters,  # noqa: F401  registers `payment`
    incoming,
    own,
    receipts,
    refunds,
    statements,
    waiting,
)

app_name = "payments"
urlpatterns = [
    path("", incoming.home, name="home"),
    path("<payment:name>/", incoming.show, name="payment"),
    path("<payment:name>/usulkan/", waiting.propose, name="propose"),
    path("<payment:name>/kembalikan/", refunds.ask, name="ask_refund"),
    path("<payment:name>/tarik/", incoming.take_back, name="bounce"),
    path("belum-dikenal/", waiting.unknown, name="unknown"),
    path("lebih-bayar/", waiting.overpaid, name="overpaid"),
    path("usulan/", waiting.matches, name="matches"),
    path("usulan/<int:match_id>/", waiting.match, name="match"),
    path("pengembalian/", refunds.listing, name="refunds"),
    path("pengembalian/<int:refund_id>/", refunds.show, name="refund"),
    path("pengembalian/<int:refund_id>/rekening/", refunds.account, name="refund_account"),
    path("catatan/", receipts.listing, name="receipts"),
    path("catatan/baru/", receipts.enter, name="enter_receipt"),
    path("catatan/<int:receipt_id>/", receipts.show, name="receipt_entry"),
    path("catatan/<int:receipt_id>/bukti/", receipts.proof, name="proof"),
    path("rekening-koran/", statements.listing, name="statements"),
    path("rekening-koran/<int:statement_id>/", statements.show, name="statement"),
    path("rekening-koran/<int:statement_id>/keadaan/", statements.state, name="state"),
    path("rekening-koran/<int:statement_id>/bukukan/", statements.confirm, name="confirm"),
    path("rekening-koran/<int:statement_id>/batal/", statements.cancel, name="cancel"),
    path("rekening-koran/<int:statement_id>/<slug:kind>/", statements.rows, name="rows"),
    path("saya/", own.mine, name="mine"),
    path("tagihan/<bill:code>/", own.paid_for, name="paid_for"),
    path("kwitansi/<payment:name>/", own.receipt, name="receipt"),
    path("kwitansi/<payment:name>/<slug:seal>/", own.verify, name="verify"),
]
