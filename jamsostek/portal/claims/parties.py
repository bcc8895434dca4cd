"""Who is paid by a claim and into which account: added, taken out, and an account looked at by somebody who did not write it."""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.claims.actions import parties
from jamsostek.claims.actions.parties import Someone
from jamsostek.claims.choices import KIN
from jamsostek.claims.models import Claim, Party
from jamsostek.claims.queries import desk
from jamsostek.core.text import N_, _
from jamsostek.portal.claims import frame, words
from jamsostek.portal.claims.case import masked
from jamsostek.portal.claims.frame import OFFICERS
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.officer.person import SHOWN_AN_HOUR, spelled
from jamsostek.portal.screens import DateField, Fact, Form, Masked, done, today
from jamsostek.portal.screens.words import NOTHING, date

ACCOUNT = N_("Mencocokkan rekening sebelum pembayaran")


def _there(number: str, party_id: int) -> tuple[Claim, Party]:
    claim = frame.of(number)
    frame.workable(claim)
    row = Party.objects.filter(pk=party_id, claim=claim, left_on=None).select_related("claim").first()
    if row is None:
        raise not_yours(_("Orang ini tidak ada dalam klaim ini."))
    return claim, row


# --- who ------------------------------------------------------------------------------------------------------------------


class SomeoneForm(Form):
    """Somebody who is to be paid, and who stands for them where they are under age."""

    name = forms.CharField(label=N_("Nama"), max_length=120, help_text=N_("Seperti di KTP atau akta."))
    kin = forms.ChoiceField(
        label=N_("Hubungan dengan peserta"),
        choices=[(name, text) for name, text in KIN.items() if name not in ("self", "guardian")],
    )
    birth_date = DateField(label=N_("Tanggal lahir"), required=False)
    nik = forms.CharField(label=N_("NIK"), max_length=24, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    share = forms.IntegerField(
        label=N_("Bagian"), initial=1, min_value=1, max_value=1000, help_text=N_("Dari jumlah semua bagian.")
    )
    account_bank = forms.CharField(label=N_("Bank"), max_length=60, required=False)
    account_number = forms.CharField(label=N_("Nomor rekening"), max_length=32, required=False)
    account_name = forms.CharField(label=N_("Nama pemilik rekening"), max_length=120, required=False)
    guardian = forms.CharField(
        label=N_("Nama wali"),
        max_length=120,
        required=False,
        help_text=N_("Untuk yang belum berumur 18 tahun; uangnya masuk ke rekening wali."),
    )
    guardian_bank = forms.CharField(label=N_("Bank wali"), max_length=60, required=False)
    guardian_number = forms.CharField(label=N_("Nomor rekening wali"), max_length=32, required=False)

    def someone(self) -> Someone:
        """As the action takes it."""
        told = self.cleaned_data
        guardian = None
        if told["guardian"]:
            guardian = Someone(
                told["guardian"],
                "guardian",
                account_bank=told["guardian_bank"],
                account_number=told["guardian_number"],
                account_name=told["guardian"],
            )
        return Someone(
            told["name"],
            told["kin"],
            told["birth_date"],
            told["nik"],
            "",
            told["account_bank"],
            told["account_number"],
            told["account_name"],
            None,
            guardian,
            told["share"],
        )


@door(*OFFICERS)
def add(request: HttpRequest, number: str) -> HttpResponseBase:
    """Another heir, a child at school, the firm that went on paying the wage, whoever saw to the funeral."""
    claim = frame.of(number)
    frame.workable(claim)
    form = SomeoneForm(request.POST or None)
    it: Ask[Party] = Ask(
        title=_("Tambah penerima"),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Tambahkan"),
        about=words.title(claim),
        act=lambda _told: parties.add_beneficiary(claim_id=claim.pk, one=form.someone(), today=today()),
        facts=lambda told: [
            Fact(_("Nama"), told["name"]),
            Fact(_("Hubungan dengan peserta"), _(KIN[told["kin"]])),
            Fact(_("Tanggal lahir"), date(told["birth_date"]) if told["birth_date"] else NOTHING),
            Fact(_("Bagian"), told["share"]),
            Fact(_("Bank"), told["account_bank"] or NOTHING),
            Fact(_("Wali"), told["guardian"] or NOTHING),
        ],
        done=lambda _party, _told: done(request, frame.url("case", claim), _("Ditambahkan. Rekeningnya diperiksa orang lain.")),
    )
    return ask(request, form, it)


class RemoveForm(Form):
    """Why somebody has nothing to do with it."""

    because = forms.CharField(label=N_("Alasan"), max_length=200)


@door(*OFFICERS)
def remove(request: HttpRequest, number: str, party_id: int) -> HttpResponseBase:
    """They stay in the history."""
    claim, row = _there(number, party_id)
    it: Ask[None] = Ask(
        title=_("Keluarkan {name}").format(name=row.name),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Keluarkan"),
        about=words.title(claim),
        danger=True,
        act=lambda told: parties.remove(party_id=row.pk, because=told["because"], today=today()),
        facts=lambda told: [Fact(_("Nama"), row.name), Fact(_("Hubungan"), words.kin(row)), Fact(_("Alasan"), told["because"])],
        done=lambda _none, _told: done(request, frame.url("case", claim), _("Dikeluarkan dari klaim ini; riwayatnya tetap ada.")),
    )
    return ask(request, RemoveForm(request.POST or None), it)


# --- accounts -------------------------------------------------------------------------------------------------------------


class AccountForm(Form):
    """Whether name and number are those of the bank's book."""

    answer = forms.ChoiceField(
        label=N_("Apakah nama dan nomornya sama dengan buku rekening?"),
        choices=[("ya", N_("Ya, sama")), ("tidak", N_("Tidak sama"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=N_("Keterangan"),
        max_length=200,
        required=False,
        help_text=N_("Wajib bila tidak sama: apa bedanya. Pemohon membacanya."),
    )


@door(*OFFICERS)
def check(request: HttpRequest, number: str, party_id: int) -> HttpResponseBase:
    """Nobody checks an account they wrote themself."""
    claim, row = _there(number, party_id)
    it: Ask[Party] = Ask(
        title=_("Periksa rekening {name}").format(name=row.name),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Simpan"),
        about=words.title(claim),
        act=lambda told: parties.check_account(
            party_id=row.pk, verified=told["answer"] == "ya", note=told["note"], today=today()
        ),
        facts=lambda told: [
            Fact(_("Rekening"), masked(row)),
            Fact(_("Jawaban"), _("Sama dengan buku rekening") if told["answer"] == "ya" else _("Tidak sama")),
            *([Fact(_("Keterangan"), told["note"])] if told["note"] else []),
        ],
        done=lambda _party, _told: done(request, frame.url("case", claim), _("Disimpan.")),
    )
    shown = Masked(masked(row), frame.url("show_account", claim, row.pk), "account", [("account", _(ACCOUNT))])
    context: dict[str, Any] = {
        "facts": [Fact(_("Rekening"), shown), Fact(_("Atas nama"), row.account_name), Fact(_("Bank"), row.account_bank)]
    }
    return frame.ask_on(request, AccountForm(request.POST or None), it, "claims/account.html", context)


@door(*OFFICERS)
@require_POST
def show_account(request: HttpRequest, number: str, party_id: int) -> HttpResponse:
    """The whole number, once; written down, and the person can read who looked."""
    claim, row = _there(number, party_id)
    back = frame.url("account", claim, row.pk)
    if row.account_sealed is None:
        return HttpResponseRedirect(back)
    context = {"back": back, "label": _("Nomor rekening"), "reason": _(ACCOUNT), "value": "", "problem": ""}
    crumbs = frame.above(frame.claim_link(claim))
    if not ratelimit.consume(request, app="portal", action="show", config={"show": SHOWN_AN_HOUR}, user=request.user):
        context["problem"] = _("Terlalu banyak data ditampilkan dalam satu jam. Tunggu, atau minta bantuan penyelia.")
        return frame.office_page(request, "officer/shown.html", context, title=row.name, crumbs=crumbs, status=429)
    context["value"] = spelled(desk.account_of(row, ACCOUNT))
    return frame.office_page(request, "officer/shown.html", context, title=row.name, crumbs=crumbs)


class NewAccountForm(Form):
    """Another account."""

    bank = forms.CharField(label=N_("Bank"), max_length=60)
    account_number = forms.CharField(
        label=N_("Nomor rekening"), max_length=32, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    account_name = forms.CharField(label=N_("Nama pemilik rekening"), max_length=120)


@door(*OFFICERS)
def replace(request: HttpRequest, number: str, party_id: int) -> HttpResponseBase:
    """Written at the desk for somebody; another person checks it."""
    claim, row = _there(number, party_id)
    it: Ask[Party] = Ask(
        title=_("Ganti rekening {name}").format(name=row.name),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Simpan rekening"),
        about=words.title(claim),
        text=_("Rekening yang Anda tulis diperiksa rekan Anda sebelum dibayar."),
        act=lambda told: parties.put_account(
            party_id=row.pk, bank=told["bank"], number=told["account_number"], name=told["account_name"], today=today()
        ),
        facts=lambda told: [
            Fact(_("Semula"), masked(row) or NOTHING),
            Fact(_("Bank"), told["bank"]),
            Fact(_("Nomor rekening"), f"…{told['account_number'][-3:]}"),
            Fact(_("Nama pemilik rekening"), told["account_name"]),
        ],
        done=lambda _party, _told: done(request, frame.url("case", claim), _("Rekening disimpan, menunggu pemeriksaan.")),
    )
    return ask(request, NewAccountForm(request.POST or None), it)
