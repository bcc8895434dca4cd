"""Those who have to do with a claim: who files it, who else is paid, children at school, and the accounts money goes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jamsostek.claims.actions import intake, parties
from jamsostek.claims.actions.parties import ADULT, Someone
from jamsostek.claims.choices import KIN, Channel, Kind, PayoutState, State
from jamsostek.claims.kinds.scholarship import LEVELS
from jamsostek.claims.models import Claim, Party
from jamsostek.claims.queries import filing
from jamsostek.claims.queries.knowing import facts_of
from jamsostek.claims.queries.tracking import money_of
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.law import law_on
from jamsostek.law.entitlement import age_on
from jamsostek.messages.roster.choices import bank_names
from jamsostek.portal.filing.asking import CHILDREN, asks_children, capital, stated
from jamsostek.portal.filing.channels import HEIRS, SELF, kin_choices, kin_of
from jamsostek.portal.filing.frame import go_on, screen
from jamsostek.portal.filing.holder import of_claim, url
from jamsostek.portal.filing.steps import asks_family, paid
from jamsostek.portal.screens import DateField, Form, done, today
from jamsostek.portal.screens.words import date

OLDEST = dt.date(1900, 1, 1)
PHONE = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "class": "w-20"})
CHANGING = "ubah"
"""`?ubah=1` asks for name and relation again, which were said when the claim was begun."""
REMOVED = N_("Dihapus oleh pemohon")


def refused(form: Form, act: Callable[[], Any]) -> bool:
    """Acts, and puts what the domain refuses at its field; whether it was refused."""
    try:
        act()
    except InputError as error:
        form.refuse(error)
        return True
    return False


# --- who files ----------------------------------------------------------------------------------------------------------


class ClaimantForm(Form):
    """Who files. The last questions are asked where somebody is under age."""

    name = forms.CharField(
        label=N_("Nama Anda, seperti di KTP"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    kin = forms.ChoiceField(label=N_("Anda siapanya peserta?"), widget=forms.RadioSelect)
    birth_date = DateField(label=N_("Tanggal lahir Anda"), earliest=OLDEST)
    phone = forms.CharField(
        label=N_("Nomor telepon"), help_text=N_("Supaya kantor dapat menghubungi Anda. Milik keluarga serumah juga boleh."),
        max_length=25, widget=PHONE,
    )  # fmt: skip
    guardian_name = forms.CharField(label=N_("Nama wali"), max_length=120, help_text=N_("Orang dewasa yang mengurus Anda."))
    guardian_birth_date = DateField(label=N_("Tanggal lahir wali"), earliest=OLDEST)
    guardian_phone = forms.CharField(label=N_("Nomor telepon wali"), max_length=25, widget=PHONE)

    def __init__(self, claim: Claim, who: Party, *args: Any, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.who = who
        names = kin_of(Kind(claim.kind))
        options = names if who.kin in names else (who.kin, *names)
        self.fields["kin"].choices = [(one, _(KIN[one])) for one in options]  # type: ignore[attr-defined]
        capital(self, "kin")
        if who.kin == SELF or len(options) == 1 or not whole:
            del self.fields["kin"]
        if not whole:
            del self.fields["name"]
            if who.birth_date is not None:
                del self.fields["birth_date"]
        if who.phone_sealed is not None:
            self.fields["phone"].required = False
            self.fields["phone"].help_text = _("Sudah tersimpan. Isi hanya bila berubah.")
        if not self._minor():
            for name in ("guardian_name", "guardian_birth_date", "guardian_phone"):
                del self.fields[name]

    def _minor(self) -> bool:
        """Whether the birth date that was typed, or kept, is that of somebody under age."""
        field: Any = self.fields.get("birth_date")
        if field is None:
            return self.who.birth_date is not None and age_on(self.who.birth_date, today()) < ADULT
        try:
            born = field.to_python(field.widget.value_from_datadict(self.data, {}, "birth_date")) if self.is_bound else None
        except forms.ValidationError:
            born = None
        born = born or (None if self.is_bound else self.who.birth_date)
        return born is not None and OLDEST <= born <= today() and age_on(born, today()) < ADULT

    def someone(self) -> Someone:
        """Who files, with what was kept of them before."""
        told, kept = self.cleaned_data, filing.someone_of(self.who)
        guardian = None
        if "guardian_name" in told:
            before = kept.guardian
            guardian = Someone(
                told["guardian_name"], "guardian", told["guardian_birth_date"], phone=told["guardian_phone"],
                account_bank=before.account_bank if before else "", account_number=before.account_number if before else "",
                account_name=before.account_name if before else "",
            )  # fmt: skip
        return Someone(
            told.get("name") or kept.name, told.get("kin") or kept.kin, told.get("birth_date") or kept.birth_date, kept.nik,
            told["phone"] or kept.phone, kept.account_bank, kept.account_number, kept.account_name, kept.relative_id, guardian,
        )  # fmt: skip


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def _claimant(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    who = filing.claimant(claim)
    if who is None or who.kin in ("employer", "facility"):
        return HttpResponseRedirect(url("show", claim))
    whole = CHANGING in request.GET or (who.birth_date is not None and who.phone_sealed is not None)
    form = ClaimantForm(claim, who, request.POST if request.method == "POST" else None, initial=_known(who), whole=whole)
    if form.is_bound and form.is_valid() and not refused(form, lambda: _put_claimant(claim, form)):
        return go_on(request, claim, "claimant")
    minor = "guardian_name" in form.fields
    note = _("Anda belum berumur 18 tahun. Uangnya tetap hak Anda; wali yang mengurusnya.") if minor else ""
    if minor and not request.POST.get("guardian_name"):
        # Who has just typed a birth date has seen no questions about a guardian, and has left none of them out.
        for name in ("guardian_name", "guardian_birth_date", "guardian_phone"):
            form.errors.pop(name, None)
    context = {"form": form, "note": note, "about": "" if whole else f"{who.name}, {_(KIN[who.kin])}"}
    if not whole:
        context["mend"] = f"?{CHANGING}=1"
    return screen(request, "filing/form.html", claim, context, title=_("Siapa yang mengajukan?"))


claimant = of_claim(draft=True)(_claimant)


def _put_claimant(claim: Claim, form: ClaimantForm) -> Party:
    return parties.put_claimant(claim_id=claim.pk, one=form.someone(), today=today())


def _known(who: Party) -> dict[str, Any]:
    known = {"name": who.name, "kin": who.kin, "birth_date": who.birth_date}
    if who.guardian is not None:
        known |= {"guardian_name": who.guardian.name, "guardian_birth_date": who.guardian.birth_date}
    return known


# --- who else is paid ---------------------------------------------------------------------------------------------------


class BeneficiaryForm(Form):
    """Somebody else who has a right to the money."""

    name = forms.CharField(label=N_("Nama, seperti di KTP atau akta"), max_length=120)
    kin = forms.ChoiceField(label=N_("Siapanya peserta?"), widget=forms.RadioSelect)
    birth_date = DateField(label=N_("Tanggal lahir"), earliest=OLDEST)

    def __init__(self, claim: Claim, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        firm = claim.kind == Kind.JKK and claim.channel == Channel.EMPLOYER
        names = ("employer", *HEIRS) if firm else HEIRS
        self.fields["kin"].choices = [(one, _(text)) for one, text in kin_choices(names)]  # type: ignore[attr-defined]
        capital(self, "kin")
        self.fields["birth_date"].required = not firm


@require_safe
def _family(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    people = filing.parties(claim)
    if not asks_family(claim, people):
        return HttpResponseRedirect(url("show", claim))
    context = {
        "people": [(one, _(KIN[one.kin]), _born(one)) for one in people if one.beneficiary and one.kin != SELF],
        "firm": claim.kind == Kind.JKK and claim.channel == Channel.EMPLOYER,
        "next": go_on(request, claim, "family").url,
    }
    return screen(request, "filing/family.html", claim, context, title=_("Penerima lain"))


family = of_claim(draft=True)(_family)


def _born(one: Party) -> str:
    return date(one.birth_date) if one.birth_date is not None else ""


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def _add_family(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    form = BeneficiaryForm(claim, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        one = Someone(told["name"], told["kin"], told["birth_date"], guardian_id=_guardian(claim, told["birth_date"]))
        if not refused(form, lambda: parties.add_beneficiary(claim_id=claim.pk, one=one, today=today())):
            return done(request, url("family", claim), _("{name} tercatat.").format(name=told["name"]))
    context = {"form": form, "back": url("family", claim), "button": _("Simpan")}
    return screen(request, "filing/form.html", claim, context, title=_("Tambah penerima"))


add_family = of_claim(draft=True)(_add_family)


def _guardian(claim: Claim, born: dt.date | None) -> int | None:
    """Who stands for somebody under age: who files, where they are of age themself."""
    who = filing.claimant(claim)
    grown = who is not None and who.birth_date is not None and age_on(who.birth_date, today()) >= ADULT
    return who.pk if who is not None and grown and born is not None and age_on(born, today()) < ADULT else None


@require_POST
def _remove(request: HttpRequest, claim: Claim, party_id: int) -> HttpResponseBase:
    row = filing.party(claim, party_id)
    if row is None or row.claimant:
        return HttpResponseRedirect(url("family", claim))
    back = url("children" if request.POST.get("kembali") == "anak" else "family", claim)
    parties.remove(party_id=row.pk, because=_(REMOVED), today=today())
    facts = facts_of(claim, today=today())
    kept = [one for one in facts.records(CHILDREN) if one.get("party") != row.pk]
    if len(kept) != len(facts.records(CHILDREN)):
        intake.state_facts(claim_id=claim.pk, values={CHILDREN: kept or None}, today=today())
    return done(request, back, _("{name} dihapus.").format(name=row.name))


remove = of_claim(draft=True)(_remove)


# --- children at school -------------------------------------------------------------------------------------------------


class ChildForm(Form):
    """A child who still goes to school."""

    name = forms.CharField(label=N_("Nama anak"), max_length=120)
    birth_date = DateField(label=N_("Tanggal lahir anak"), earliest=OLDEST)
    level = forms.ChoiceField(label=N_("Sekolah sekarang"), choices=list(LEVELS.items()), widget=forms.RadioSelect)
    years = forms.IntegerField(
        label=N_("Berapa tahun lagi sampai lulus sekolah itu?"), min_value=1, max_value=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-2"}),
    )  # fmt: skip


@require_safe
def _children(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    if not asks_children(Kind(claim.kind)):
        return HttpResponseRedirect(url("show", claim))
    people = {one.pk: one for one in filing.parties(claim)}
    listed = [(people[one["party"]], _studies(one)) for one in _told(claim) if one.get("party") in people]
    context = {
        "children": listed,
        "more": len(listed) < most_children(),
        "most": most_children(),
        "accident": claim.kind == Kind.JKK,
        "next": go_on(request, claim, "children").url,
    }
    return screen(request, "filing/children.html", claim, context, title=_("Anak yang masih sekolah"))


children = of_claim(draft=True)(_children)


def most_children() -> int:
    """How many the law promises scholarships to."""
    return law_on(today()).number("scholarship.max_children")


def _told(claim: Claim) -> list[dict[str, Any]]:
    return list(stated(facts_of(claim, today=today()), CHILDREN) or ())


def _studies(one: dict[str, Any]) -> str:
    words = _("{level}, {years} tahun lagi")
    return "; ".join(words.format(level=_(LEVELS[level]), years=years) for level, years in one.get("levels", {}).items())


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def _add_child(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    if not asks_children(Kind(claim.kind)) or len(_told(claim)) >= most_children():
        return HttpResponseRedirect(url("children", claim))
    form = ChildForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and not refused(form, lambda: _keep_child(claim, form.cleaned_data)):
        return done(request, url("children", claim), _("{name} tercatat.").format(name=form.cleaned_data["name"]))
    context = {"form": form, "back": url("children", claim), "button": _("Simpan")}
    return screen(request, "filing/form.html", claim, context, title=_("Tambah anak"))


add_child = of_claim(draft=True)(_add_child)


def _keep_child(claim: Claim, told: dict[str, Any]) -> None:
    """A child is somebody who is paid, and a line of the facts that names them."""
    one = Someone(told["name"], "child", told["birth_date"], guardian_id=_guardian(claim, told["birth_date"]))
    made = parties.add_beneficiary(claim_id=claim.pk, one=one, today=today())
    line = {"party": made.pk, "levels": {told["level"]: told["years"]}}
    intake.state_facts(claim_id=claim.pk, values={CHILDREN: [*_told(claim), line]}, today=today())


# --- accounts -----------------------------------------------------------------------------------------------------------


class AccountForm(Form):
    """Where money goes to."""

    account_bank = forms.ChoiceField(label=N_("Bank"))
    account_number = forms.CharField(
        label=N_("Nomor rekening"), help_text=N_("Salin dari halaman depan buku tabungan."), max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip
    account_name = forms.CharField(
        label=N_("Nama pemilik rekening"), help_text=N_("Persis seperti di buku tabungan."), max_length=120
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bank: Any = self.fields["account_bank"]
        bank.choices = [("", _("Pilih")), *((name, name) for name in bank_names())]


@require_safe
def _accounts(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    people = paid(claim, filing.parties(claim))
    if not may_change_account(claim) or not people:
        return HttpResponseRedirect(url("show", claim))
    if len(people) == 1 and not account_words(people[0]):
        return HttpResponseRedirect(url("account", claim, people[0].pk))
    context = {
        "people": [(one, _(KIN[one.kin]), account_words(one)) for one in people],
        "next": go_on(request, claim, "accounts").url,
    }
    return screen(request, "filing/accounts.html", claim, context, title=_("Rekening untuk menerima uang"))


accounts = of_claim()(_accounts)


def may_change_account(claim: Claim) -> bool:
    """While it is filled in, while the office waits for one, and where the bank has refused one."""
    if claim.state in (State.DRAFT, State.SUBMITTED, State.WAITING):
        return True
    return claim.state == State.APPROVED and any(one.state == PayoutState.FAILED for one in money_of(claim))


def account_words(one: Party) -> str:
    """An account starred, or whose it is that is used instead; empty where there is none."""
    row = one if one.account_state or one.guardian is None else one.guardian
    return f"{row.account_bank} …{parties.account_number(row)[-3:]}" if row.account_state else ""


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def _account(request: HttpRequest, claim: Claim, party_id: int) -> HttpResponseBase:
    row = next((one for one in paid(claim, filing.parties(claim)) if one.pk == party_id), None)
    if row is None:
        raise Http404
    if not may_change_account(claim):
        return HttpResponseRedirect(url("show", claim))
    payee = row.guardian if row.guardian is not None and not row.account_state and not row.guardian.claimant else row
    form = AccountForm(
        request.POST if request.method == "POST" else None,
        initial={"account_name": payee.account_name or payee.name, "account_bank": payee.account_bank},
    )
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        given = {"bank": told["account_bank"], "number": told["account_number"], "name": told["account_name"]}
        if not refused(form, lambda: parties.put_account(party_id=payee.pk, today=today(), **given)):
            return _after_account(request, claim)
    context = {"form": form, "about": payee.name, "back": url("show", claim), "button": _("Simpan")}
    return screen(request, "filing/form.html", claim, context, title=_("Ke rekening mana uangnya dikirim?"))


account = of_claim()(_account)


def _after_account(request: HttpRequest, claim: Claim) -> HttpResponse:
    claim.refresh_from_db()
    if claim.state != State.DRAFT:
        return done(request, url("show", claim), _("Nomor rekening tersimpan. Kantor memeriksanya sebelum membayar."))
    people = paid(claim, filing.parties(claim))
    if all(account_words(one) for one in people):
        return go_on(request, claim, "accounts")
    return done(request, url("accounts", claim), _("Nomor rekening tersimpan."))
