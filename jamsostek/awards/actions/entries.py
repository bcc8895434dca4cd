"""Entries: nominated by those who compete or by a committee, accepted by another, refused, withdrawn, disqualified, promoted.

The database's clock says whether nominations are open; nobody accepts whom they nominated.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from jamsostek.access import audit
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.awards.choices import EditionState, EntryState
from jamsostek.awards.choices import EntryStep as Step
from jamsostek.awards.competitors import Competitor, area_of, by_npp, competitor, misfit
from jamsostek.awards.edition import Category
from jamsostek.awards.errors import LedgerRefused, refusals
from jamsostek.awards.models import Entry, EntryStep
from jamsostek.awards.queries.editions import Standing, standing
from jamsostek.awards.queries.entries import (
    EntryRow,
    database_now,
    entry_of,
    need_entry,
    own,
    run_provinces,
    runs,
    runs_nation,
)
from jamsostek.awards.words import moment_words
from jamsostek.core.errors import InputError
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import _, one_line

MOST_REASON = 500
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_code(length: int = 10) -> str:
    """A random address, without letters that are mistaken for each other."""
    return "".join(secrets.choice(_LETTERS) for _at in range(length))


def nominate(
    *,
    edition: str,
    category: str,
    subject: str,
    subject_code: int = 0,
    npp: str = "",
    province: int | None = None,
    invented: bool = False,
) -> EntryRow:
    """Enters somebody in a category at its first stage; the same again is the same entry.

    A firm may be named by `npp` instead of `subject_code`. `province` says where whoever nominates wants it to compete: a firm
    competes where its head office is. Raises `InputError` naming what is wrong and the way out, `Refused`.
    """
    current().need(Can.NOMINATE)
    here = need_edition(edition)
    one = by_npp(npp) if npp and subject == "employer" else competitor(subject, subject_code)
    wanted = here.says.category(category)
    _need_nominator(one, province)
    _check_fit(wanted, one)
    stage = wanted.stages[0]
    again = Entry.objects.filter(
        edition_id=here.id, category=category, level=stage.level, subject=one.subject, subject_code=one.code
    ).first()  # fmt: skip
    if again is not None:
        return _same(again)
    with _in_time(here), refusals(), transaction.atomic():
        made, fresh = Entry.objects.get_or_create(
            edition_id=here.id, category=category, level=stage.level, subject=one.subject, subject_code=one.code,
            defaults={
                "code": new_code(), "area": area_of(here.says, wanted, stage.level, one.province_code), "name": one.name,
                "province_code": one.province_code, "regency_code": one.regency_code, "invented": invented,
                "made_by": current().user_id,
            },
        )  # fmt: skip
    if not fresh:
        return _same(made)
    audit.record("award.nominated", "awards_entry", made.pk, fields=("category",))
    return entry_of(made.pk)


def accept(*, code: str) -> EntryRow:
    """Lets somebody compete, by another of the committee than who nominated them. Again it changes nothing."""
    row = _run(code)
    if row.state == EntryState.ACCEPTED:
        return row
    if row.made_by is not None and row.made_by == current().user_id and row.promoted_from_id is None:
        raise Refused(_("Anda sendiri yang mencalonkan."), remedy=_("Minta anggota panitia yang lain menerimanya."))
    return _step(row, Step.ACCEPTED)


def refuse(*, code: str, reason: str) -> EntryRow:
    """Does not let somebody compete, with a reason they read."""
    row = _run(code)
    if row.state == EntryState.ACCEPTED:
        raise InputError(
            _("Calon ini sudah diterima."), field="reason", remedy=_("Diskualifikasi bila ada pelanggaran, dengan alasannya.")
        )
    return row if row.state == EntryState.REFUSED else _step(row, Step.REFUSED, reason)


def disqualify(*, code: str, reason: str) -> EntryRow:
    """Ends an accepted entry for what was found, with a reason that everybody reads."""
    row = _run(code)
    return row if row.state == EntryState.DISQUALIFIED else _step(row, Step.DISQUALIFIED, reason)


def withdraw(*, code: str, reason: str) -> EntryRow:
    """Ends an entry by those who compete, or by who nominated them."""
    current().need(Can.NOMINATE)
    row = need_entry(code)
    if not own(row.subject, row.subject_code) and (row.made_by is None or row.made_by != current().user_id):
        raise not_yours(_("Ini bukan pencalonan Anda."))
    return row if row.state == EntryState.WITHDRAWN else _step(row, Step.WITHDRAWN, reason)


def promote(*, code: str) -> EntryRow:
    """The accepted entry of a decided contest at its category's next level, accepted there too; again it is the same entry.

    Called inside the action that decides the result. Raises `InputError` where there is no next level, `Refused`.
    """
    current().need(Can.RUN_AWARD)
    row = need_entry(code)
    here = edition_of(row)
    category = here.says.category(row.category)
    following = _following(category, row.level)
    with refusals(), transaction.atomic():
        made, fresh = Entry.objects.get_or_create(
            edition_id=row.edition_id, category=row.category, level=following, subject=row.subject, subject_code=row.subject_code,
            defaults={
                "code": new_code(), "area": area_of(here.says, category, following, row.province_code), "name": row.name,
                "province_code": row.province_code, "regency_code": row.regency_code, "invented": row.invented,
                "promoted_from_id": row.id, "made_by": current().user_id,
            },
        )  # fmt: skip
        if fresh:
            EntryStep.objects.create(entry=made, step=Step.ACCEPTED, by_id=current().user_id)
    if fresh:
        audit.record("award.promoted", "awards_entry", made.pk)
    return entry_of(made.pk)


# --- what all of them ask -----------------------------------------------------------------------------------------------


def need_edition(code: str) -> Standing:
    """An edition that runs; raises `InputError` telling where it stands instead."""
    found = standing(code)
    if found is None:
        raise InputError(
            _("Edisi {code} tidak ada.").format(code=code), field="edition", value=code, remedy=_("Pilih dari daftar.")
        )
    words = {
        EditionState.DRAFT: _("Edisi ini belum dibuka."), EditionState.CLOSED: _("Edisi ini sudah selesai."),
        EditionState.CANCELLED: _("Edisi ini dibatalkan."),
    }  # fmt: skip
    if found.state in words:
        raise InputError(words[found.state], field="edition", value=code, remedy=_("Pilih edisi yang sedang berjalan."))
    return found


def edition_of(row: EntryRow) -> Standing:
    """The edition of an entry."""
    found = standing(Entry.objects.values_list("edition__code", flat=True).get(pk=row.id))
    assert found is not None
    return found


def _following(category: Category, level: str) -> str:
    levels = [stage.level for stage in category.stages]
    at = levels.index(level) + 1
    if at >= len(levels):
        raise InputError(
            _("Kategori {name} tidak dinilai di tingkat berikutnya.").format(name=category.name), field="category",
            value=category.key, remedy=_("Pemenangnya diumumkan di tingkat ini."),
        )  # fmt: skip
    return levels[at]


def _need_nominator(one: Competitor, province: int | None) -> None:
    """Those who compete, or the committee of where they compete; a committee of another province is told where that is."""
    elsewhere = province is not None and province != one.province_code
    if elsewhere and one.subject == "employer":
        raise _head_office(one, province or 0)
    if own(one.subject, one.code) or runs_nation() or one.province_code in run_provinces():
        if elsewhere:
            raise InputError(
                _("{name} bersaing di Provinsi {province}.").format(name=one.name, province=PROVINCES[one.province_code].name),
                field="province", value=province, remedy=_("Pilih provinsi itu, atau kosongkan."),
            )  # fmt: skip
        return
    if one.subject == "employer" and run_provinces():
        raise _head_office(one, min(run_provinces()))
    if run_provinces():
        raise InputError(
            _("{name} di Provinsi {province}, di luar wilayah panitia Anda.").format(
                name=one.name, province=PROVINCES[one.province_code].name
            ),
            field="subject_code", value=one.code,
            remedy=_("Calonkan yang di wilayah Anda; yang lain dicalonkan panitia provinsinya atau panitia nasional."),
        )  # fmt: skip
    raise not_yours(_("Anda tidak dapat mencalonkan {name}.").format(name=one.name))


def _head_office(one: Competitor, wanted: int) -> InputError:
    return InputError(
        _("Kantor pusat {name} di {place}, jadi tidak bersaing di Provinsi {wanted}.").format(
            name=one.name, place=f"{_place(one)}, Provinsi {PROVINCES[one.province_code].name}",
            wanted=PROVINCES[wanted].name if wanted in PROVINCES else wanted,
        ),
        field="province", value=wanted,
        remedy=_(
            "Perusahaan bersaing di satu provinsi, yaitu kantor pusatnya; pekerjanya di semua provinsi ikut dihitung di sana."
        ),
    )  # fmt: skip


def _place(one: Competitor) -> str:
    found = None if one.regency_code is None else REGENCIES.get(one.regency_code)
    return found.name if found else PROVINCES[one.province_code].name


def _check_fit(category: Category, one: Competitor) -> None:
    why = misfit(category, one)
    if why:
        raise InputError(
            _("{name} tidak masuk kategori {category}. {why}").format(name=one.name, category=category.name, why=why),
            field="category", value=category.key, remedy=_("Pilih kategori yang cocok."),
        )  # fmt: skip
    if one.closed:
        raise InputError(
            _("{name} sudah tutup.").format(name=one.name), field="subject_code", value=one.npp,
            remedy=_("Calonkan perusahaan yang masih berjalan."),
        )  # fmt: skip


def _same(row: Entry) -> EntryRow:
    found = entry_of(row.pk)
    if found.state == EntryState.WITHDRAWN:
        raise InputError(
            _("{name} sudah mengundurkan diri dari kategori ini.").format(name=found.name), field="category",
            value=found.category, remedy=_("Yang mengundurkan diri tidak dapat dicalonkan lagi di edisi yang sama."),
        )  # fmt: skip
    if found.state in (EntryState.REFUSED, EntryState.DISQUALIFIED):
        raise InputError(
            _("{name} tidak diterima di kategori ini: {reason}").format(name=found.name, reason=found.reason), field="category",
            value=found.category, remedy=_("Pilih kategori lain yang cocok."),
        )  # fmt: skip
    return found


@contextmanager
def _in_time(here: Standing) -> Iterator[None]:
    """Tells when nominations open or closed, by the moments that the database holds people to."""
    try:
        yield
    except LedgerRefused as error:
        if error.constraint != "awards_entry_window":
            raise
        now = database_now()
        message = (
            _("Pencalonan dibuka {moment}.").format(moment=moment_words(here.nominate_from)) if now < here.nominate_from
            else _("Pencalonan ditutup {moment}.").format(moment=moment_words(here.nominate_until))
        )  # fmt: skip
        raise InputError(
            message, field="edition", value=here.code,
            remedy=_("Sekarang {moment} menurut jam server.").format(moment=moment_words(now)),
        ) from error  # fmt: skip


def _run(code: str) -> EntryRow:
    current().need(Can.RUN_AWARD)
    row = need_entry(code)
    if not runs(row):
        raise Refused(_("Pencalonan ini diputus panitia lain."), remedy=_("Minta panitia yang berwenang."))
    return row


def _step(row: EntryRow, step: Step, reason: str = "") -> EntryRow:
    told = one_line(reason)[:MOST_REASON]
    if step != Step.ACCEPTED and not told:
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis alasannya."))
    with refusals(), transaction.atomic():
        EntryStep.objects.create(entry_id=row.id, step=step, reason=told, by_id=current().user_id)
    audit.record(f"award.entry_{step}", "awards_entry", row.id, reason=told)
    return entry_of(row.id)
