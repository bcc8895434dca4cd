"""Juries: appointed to seats by the committee, leaving with a reason, declaring in whom they have an interest."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction

from jamsostek.access import audit
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.models import User
from jamsostek.access.queries import held_by
from jamsostek.access.roles import Can, Kind, Role
from jamsostek.access.scope import current
from jamsostek.awards.choices import INTERESTS, LEAVINGS, Level
from jamsostek.awards.errors import refusals
from jamsostek.awards.models import Edition, Entry, Interest, Juror
from jamsostek.awards.queries.editions import says_of
from jamsostek.awards.rights import need_committee
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import month_of
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import _, one_line

MOST_NOTE = 1000
FIRMS_ONLY, REGIONS_ONLY = frozenset({"relative"}), frozenset({"region"})
"""Kinds of interest that only a firm, and only a region or a village, can be of."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def appoint(*, edition: str, level: str, area: int, seat: str, username: str, home_regency: int, today: dt.date) -> Juror:
    """Seats a user with the jury's role; the same again is the same. `area`: a province's code, 0 for the nation.

    Raises `InputError` naming the field, `Refused`.
    """
    need_committee(level, area)
    row = _edition(edition)
    jury = says_of(row.pk).juries.get(level)
    if jury is None:
        raise InputError(
            _("Tingkat ini tidak punya juri di edisi ini."), field="level", value=level, remedy=_("Pilih tingkat lain.")
        )
    if seat not in {one.key for one in jury.seats}:
        raise unknown_name(_("Kursi"), seat, [one.key for one in jury.seats])
    if (level == Level.NATION and area != 0) or (level == Level.PROVINCE and area not in PROVINCES):
        raise InputError(_("Provinsi ini tidak ada."), field="area", value=area, remedy=_("Pilih dari daftar."))
    if home_regency not in REGENCIES:
        raise InputError(
            _("Kabupaten atau kota ini tidak ada."), field="home_regency", value=home_regency, remedy=_("Tulis kode empat angka.")
        )
    user = _holder(username, level, area, today)
    sits = Juror.objects.filter(edition=row, level=level, user_id=user.pk, left_at=None).first()
    if sits is not None and (sits.area, sits.seat, sits.home_regency) == (area, seat, home_regency):
        return sits
    with refusals(), transaction.atomic():
        made = Juror.objects.create(
            code=_code(seat), edition=row, level=level, area=area, seat=seat, user_id=user.pk, name=user.name,
            home_regency=home_regency, home_province=REGENCIES[home_regency].province_code, appointed_by=current().user_id,
        )  # fmt: skip
    audit.record("award.juror_appointed", "awards_juror", made.pk, fields=("seat",))
    return made


def _code(seat: str) -> str:
    return f"{seat}-{''.join(secrets.choice(_LETTERS) for _letter in range(6))}"


def _holder(username: str, level: str, area: int, today: dt.date) -> User:
    user = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    held = held_by(user.pk, month_of(today)) if user else []
    fits = any(
        one.role == Role.JURY and (one.kind == Kind.NATION or (level == Level.PROVINCE and one.target == area)) for one in held
    )
    if user is None or not fits:
        raise InputError(
            _("Nama pengguna ini bukan juri untuk tingkat itu."), field="username", value=username,
            remedy=_("Minta kantor pusat memberinya hak sebagai juri dahulu."),
        )  # fmt: skip
    if user.pk == current().user_id:
        raise Refused(_("Anda tidak mengangkat diri sendiri."), remedy=_("Minta panitia yang lain melakukannya."))
    return user


def leave(*, juror: str, how: str, reason: str) -> Juror:
    """A juror leaves: on their own wish, or replaced by the committee; again it changes nothing.

    Frozen marks stay and count, others do not. Raises `InputError`, `Refused`.
    """
    scope = current()
    row = Juror.objects.filter(code=juror).first()
    if row is None:
        raise not_yours(_("Juri ini tidak ada, atau bukan wewenang Anda."))
    own = row.user_id == scope.user_id and scope.may(Can.MARK_AWARD) and how == "own_wish"
    if not own:
        need_committee(row.level, row.area)
    if how not in LEAVINGS:
        raise unknown_name(_("Cara keluar"), how, LEAVINGS)
    if row.left_at is not None:
        return row
    if not one_line(reason):
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis alasannya."))
    row.left_how, row.left_reason, row.left_by = how, one_line(reason)[:MOST_NOTE], scope.user_id
    row.left_at = row.appointed_at  # the database writes its own moment
    with refusals(), transaction.atomic():
        row.save(update_fields=["left_at", "left_how", "left_reason", "left_by"])
    row.refresh_from_db()
    audit.record("award.juror_left", "awards_juror", row.pk, reason=row.left_reason)
    return row


def declare(*, juror: str, kind: str, entry: str = "", note: str = "") -> Interest:
    """A juror's own declaration: none, or in whom. Marks already given there are struck, and stay to be read.

    `entry` names the subject by one of its entries. The same again is the same. Raises `InputError`, `Refused`.
    """
    row = own_seat(juror)
    found = _in_whom(row, kind, entry)
    if kind == "other" and not one_line(note):
        raise InputError(_("Keterangan belum diisi."), field="note", remedy=_("Tulis hubungan Anda dengan calon ini."))
    facts = {
        "juror": row, "kind": kind, "subject": found.subject if found else None,
        "subject_code": found.subject_code if found else None,
    }  # fmt: skip
    same = Interest.objects.filter(**facts).first()
    if same is not None:
        return same
    with refusals(), transaction.atomic():
        made = Interest.objects.create(**facts, subject_name=found.name if found else "", note=one_line(note)[:MOST_NOTE])
    audit.record("award.interest_declared", "awards_juror", row.pk, fields=("interest",))
    return made


def _in_whom(row: Juror, kind: str, entry: str) -> Entry | None:
    """The entry that a declaration names; None for none. Raises `InputError` where kind and entry do not fit each other."""
    if kind not in INTERESTS:
        raise unknown_name(_("Jenis kepentingan"), kind, INTERESTS)
    if kind == "none":
        if entry:
            raise InputError(
                _("Anda memilih tidak ada kepentingan, tetapi juga memilih calon."), field="entry", value=entry,
                remedy=_("Kosongkan calonnya, atau pilih jenis kepentingan Anda."),
            )  # fmt: skip
        return None
    found = Entry.objects.filter(code=entry, edition_id=row.edition_id, level=row.level).first()
    if found is None or (row.level == Level.PROVINCE and found.area != row.area):
        raise InputError(_("Calon ini tidak ada."), field="entry", value=entry, remedy=_("Pilih dari daftar."))
    if kind in FIRMS_ONLY and found.subject != "employer":
        raise InputError(
            _("{name} bukan perusahaan.").format(name=found.name), field="entry", value=entry,
            remedy=_("Pilih jenis kepentingan lain, atau perusahaannya."),
        )  # fmt: skip
    if kind in REGIONS_ONLY and found.subject == "employer":
        raise InputError(
            _("{name} bukan daerah atau desa.").format(name=found.name), field="entry", value=entry,
            remedy=_("Pilih jenis kepentingan lain, atau daerahnya."),
        )  # fmt: skip
    return found


def own_seat(code: str) -> Juror:
    """The seat of whoever acts, while they sit; raises `Refused`."""
    current().need(Can.MARK_AWARD)
    row = Juror.objects.filter(code=code, user_id=current().user_id or 0).first()
    if row is None:
        raise not_yours(_("Kursi juri ini tidak ada, atau bukan milik Anda."))
    return row


def _edition(code: str) -> Edition:
    row = Edition.objects.filter(code=code).first()
    if row is None:
        raise not_yours(_("Edisi ini tidak ada."))
    return row
