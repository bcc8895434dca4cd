"""Results: computed by one of the committee from a final snapshot, decided by another, published, annulled by two.

Nothing is changed: a new snapshot or version makes a new proposal that names the old one and says why. What is published stands
until it is annulled, and takes its certificates with it; then nothing stands until another is computed and decided. In a level
that is public already, deciding makes a result public at once.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from jamsostek.access import audit, signing
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.awards import outcome
from jamsostek.awards import snapshot as snapshots
from jamsostek.awards.actions.entries import promote
from jamsostek.awards.choices import EntryState
from jamsostek.awards.errors import refusals
from jamsostek.awards.models import (
    Annulment,
    AnnulmentAnswer,
    Certificate,
    Edition,
    Entry,
    Publication,
    Result,
    ResultAnswer,
    Snapshot,
)
from jamsostek.awards.queries import results as queries
from jamsostek.awards.queries.editions import Standing, standing
from jamsostek.awards.queries.entries import entries, entry_of
from jamsostek.awards.queries.juries import Contest as JuryContest
from jamsostek.awards.queries.juries import open_discussions, revealed_contests, spreads
from jamsostek.awards.queries.results import PURPOSE, ResultRow, ResultState, place_of
from jamsostek.awards.queries.snapshots import content
from jamsostek.awards.rights import need_committee
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, one_line

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
CERTIFICATE = "jamsostek.award.certificate/1"
LONGEST = 500


def compute(*, edition: str, category: str, level: str, area: int, snapshot: int, reason: str = "") -> ResultRow:
    """The result of a contest out of a final snapshot (its number), waiting for another's decision; again it is the same.

    Raises `InputError` where marks or discussions are open, the snapshot is of an older version or from before the marks were
    revealed, nobody competes, a result that stands is replaced without a reason, or the same was annulled; `Refused`.
    """
    need_committee(level, area)
    here = _edition(edition)
    here.says.category(category).stage(level)
    taken = Snapshot.objects.filter(edition_id=here.id, number=snapshot).first()
    if taken is None:
        raise InputError(_("Potret nomor {number} tidak ada.").format(number=snapshot), field="snapshot", value=snapshot)
    if taken.kind != "final" or taken.level != level:
        raise InputError(
            _("Hasil hanya dihitung dari potret akhir tingkat itu."), field="snapshot", value=snapshot,
            remedy=_("Ambil potret akhir sesudah nilai juri dibuka."),
        )  # fmt: skip
    if taken.version != here.version:
        raise InputError(
            _("Potret ini dari versi {old} edisi; yang berlaku versi {new}.").format(old=taken.version, new=here.version),
            field="snapshot", value=snapshot, remedy=_("Ambil potret akhir yang baru."),
        )  # fmt: skip
    _need_discussed(here, category, level, area)
    _need_promoted(here.id, category, level, area)
    said = content(taken)
    _need_marks_in(here, JuryContest(category, level, area), taken, said)
    return _propose(here, category, level, area, taken, said, reason)


def _propose(
    here: Standing, category: str, level: str, area: int, taken: Snapshot, snapshot: snapshots.Snapshot, reason: str
) -> ResultRow:
    text = outcome.canonical(outcome.outcome(snapshot, category, level, area))
    digest = outcome.digest_of(text)
    of = queries.results(here.id, level=level, area=area, category=category)
    before = next((one for one in of if one.state in (ResultState.PROPOSED, ResultState.DECIDED)), None)
    if before is not None and before.digest == digest:
        return before
    annulled = next((one for one in of if one.state == ResultState.ANNULLED), None)
    _need_other_than_annulled(of, digest)
    old = before or annulled
    why = one_line(reason)[:LONGEST]
    if old is not None and not why:
        raise InputError(
            _("Lomba ini sudah ada hasilnya; tulis mengapa dihitung lagi."),
            field="reason",
            remedy=_("Alasannya dibaca semua orang."),
        )
    with refusals(), transaction.atomic():
        made = Result.objects.create(
            code="".join(secrets.choice(LETTERS) for _at in range(10)),
            edition_id=here.id,
            version=here.version,
            category=category,
            level=level,
            area=area,
            snapshot_id=taken.pk,
            root=taken.root,
            content=text,
            digest=digest,
            replaces_id=old.id if old else None,
            reason=why if old else "",
            made_by=current().user_id,
        )
    audit.record("award.result_computed", "awards_result", made.pk, fields=("digest",), reason=made.reason)
    return _found(made.code)


def _need_other_than_annulled(of: Sequence[ResultRow], digest: str) -> None:
    """What two have annulled does not come back the same; what was replaced or refused may be computed again."""
    same = next((one for one in of if one.state == ResultState.ANNULLED and one.digest == digest), None)
    if same is not None:
        raise InputError(
            _("Hasil yang persis sama sudah dibatalkan: {why}").format(why=same.annulled_why), field="snapshot",
            value=same.code,
            remedy=_("Perbaiki dahulu yang keliru, ambil potret akhir yang baru, lalu hitung lagi."),
        )  # fmt: skip


def _need_marks_in(here: Standing, contest: JuryContest, taken: Snapshot, said: snapshots.Snapshot) -> None:
    """Marks that count stand in the snapshot: it was taken after they were revealed, and read them.

    A snapshot reads everything as of one moment and is written later, so that its time alone does not tell.
    """
    if not here.says.judged(contest.category):
        return
    entered = {row["code"] for row in said.tables[snapshots.ENTRIES].to_pylist()}
    kept = {(row["entry_code"], row["criterion"]) for row in said.tables[snapshots.MARKS].to_pylist()}
    given = {(one.entry.code, one.criterion) for one in spreads(here.id, contest) if one.entry.code in entered}
    opened = revealed_contests(here.id, contest.level)[contest].at
    if taken.made_at <= opened or given - kept:
        raise InputError(
            _("Potret ini diambil sebelum nilai juri lomba ini dibuka, jadi nilai itu tidak ada di dalamnya."), field="snapshot",
            value=taken.number, remedy=_("Ambil potret akhir yang baru, lalu hitung dari sana."),
        )  # fmt: skip


def _need_discussed(here: Standing, category: str, level: str, area: int) -> None:
    """Marks that lie far apart are discussed before they count."""
    left = [
        one for one in open_discussions(here.id, level) if (one.entry.category, one.entry.area) == (category, area)
    ]  # fmt: skip
    if here.says.judged(category) and JuryContest(category, level, area) not in revealed_contests(here.id, level):
        raise InputError(
            _("Nilai juri lomba ini belum dibuka."), field="category", value=category,
            remedy=_("Tunggu sampai nilai dikunci, lalu buka nilainya."),
        )  # fmt: skip
    if left:
        raise InputError(
            _("{count} selisih nilai juri belum dibahas.").format(count=len(left)), field="category", value=category,
            remedy=_("Juri membahasnya dan menulis catatannya dahulu."),
        )  # fmt: skip


def _need_promoted(edition_id: int, category: str, level: str, area: int) -> None:
    """Who came from a province's stage competes while a decided result there sends them on: it may have been annulled since."""
    came = [
        one for one in entries(edition_id, level=level, area=area, category=category, states=[EntryState.ACCEPTED])
        if one.promoted_from_id is not None
    ]  # fmt: skip
    sent = {
        place["entry"] for one in queries.decided(edition_id, level="province") if came and one.category == category
        for place in one.said["rows"] if 0 < place["place"] <= int(one.said["promoted"])
    }  # fmt: skip
    left = sorted(one.name for one in came if entry_of(one.promoted_from_id or 0).code not in sent)
    if left:
        raise InputError(
            _("Hasil provinsi yang mengantarkan {names} sudah dibatalkan atau diganti.").format(names=", ".join(left)),
            field="category", value=category,
            remedy=_("Diskualifikasi dahulu, atau putuskan lagi hasil provinsinya, lalu ambil potret akhir yang baru."),
        )  # fmt: skip


def decide(*, code: str, decided: bool, reason: str = "") -> ResultRow:
    """Decides on a result, another than who computed it; or refuses it and says why. Raises `InputError`, `Refused`."""
    found = _need_result(code)
    if found.answered_at is not None:
        if (found.state == ResultState.REFUSED) != decided:
            return found
        raise InputError(_("Ini sudah diputuskan."), remedy=_("Lihat keputusannya di halaman ini."))
    user = current().user_id
    if decided and user is not None and user == found.made_by:
        raise Refused(_("Anda sendiri yang menghitung hasil ini."), remedy=_("Anggota panitia yang lain memutuskannya."))
    why = one_line(reason)[:LONGEST]
    if not decided and not why:
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa ditolak."))
    if decided:
        _need_promoted(found.edition_id, found.category, found.level, found.area)
    with refusals(), transaction.atomic():
        ResultAnswer.objects.create(result_id=found.id, decided=decided, reason=why, by_id=user)
    audit.record("award.result_decided" if decided else "award.result_refused", "awards_result", found.id, reason=why)
    after = _found(code)
    if decided and place_of(after.level, after.area) in queries.publications(after.edition_id):
        _give(after)
    return after


def publish(*, edition: str, level: str, area: int = 0) -> Publication:
    """Makes a level public: a province's (`area` its code) or the nation's; certificates are issued, the best go on.

    Again it is the same. Raises `InputError` where a contest with entries has no decided result, `Refused`.
    """
    here = _edition(edition)
    at, place = place_of(level, area)
    need_committee(at, place)
    there = queries.publications(here.id).get((at, place))
    if there is not None:
        return there
    found = [one for one in queries.decided(here.id, level=level) if place_of(one.level, one.area)[1] == place]
    done = {one.of for one in found}
    left = [
        one for one in queries.contests(here.id, level=level)
        if place_of(one.level, one.area)[1] == place and (one.category, one.level, one.area) not in done
    ]  # fmt: skip
    if left or not found:
        names = ", ".join(sorted({here.says.category(one.category).name for one in left}))
        raise InputError(
            _("Belum semua lomba diputuskan: {names}.").format(names=names) if left else _("Belum ada hasil yang diputuskan."),
            field="level", value=level, remedy=_("Hitung dan putuskan semua lomba tingkat ini dahulu."),
        )  # fmt: skip
    with refusals(), transaction.atomic():
        made = Publication.objects.create(edition_id=here.id, level=at, area=place, by_id=current().user_id)
        for one in found:
            _give(one)
    audit.record("award.results_published", "awards_edition", here.id, fields=("level",))
    return made


def _give(row: ResultRow) -> None:
    """Certificates for who is honoured, and the way up for the best; who shares the last place goes on as well."""
    for place in outcome.winners_in(row.said):
        _certify(row, place)
    best = int(row.said["promoted"])
    for place in row.said["rows"]:
        if 0 < place["place"] <= best:
            promote(code=place["entry"])


def _certify(row: ResultRow, place: Mapping[str, Any]) -> Certificate:
    entry = Entry.objects.get(code=place["entry"])
    with refusals(), transaction.atomic():
        edition = Edition.objects.get(pk=row.edition_id)
        issued = Certificate.objects.filter(result__edition_id=row.edition_id).count() + 1
        code = "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _at in range(12))
        number = f"{edition.code.upper()}/{'P' if row.level == 'province' else 'N'}{row.area:02d}/{issued:05d}"
        says = {
            "format": CERTIFICATE, "code": code, "number": number, "edition": edition.code, "version": row.version,
            "category": row.category, "level": row.level, "area": row.area, "entry": entry.code, "name": entry.name,
            "rank": place["place"], "result": row.digest, "root": row.root, "invented": bool(row.said["invented"]),
        }  # fmt: skip
        statement = json.dumps(says, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        key = signing.key(PURPOSE)
        made = Certificate.objects.create(
            code=code,
            number=number,
            result_id=row.id,
            entry_id=entry.pk,
            rank=place["place"],
            statement=statement,
            key_id=key.id,
            signature=key.private.sign(statement.encode()),
        )
    audit.record("award.certificate_issued", "awards_certificate", made.pk)
    return made


def ask_annulment(*, code: str, reason: str) -> Annulment:
    """Asks that a decided result be annulled; another of the committee confirms it. Raises `InputError`, `Refused`."""
    found = _need_result(code)
    why = one_line(reason)[:LONGEST]
    if not why:
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa hasil ini dibatalkan."))
    if found.asked is not None:
        return found.asked
    with refusals(), transaction.atomic():
        made = Annulment.objects.create(result_id=found.id, reason=why, asked_by=current().user_id)
    audit.record("award.annulment_asked", "awards_result", found.id, reason=why)
    return made


def answer_annulment(*, code: str, confirmed: bool, reason: str = "") -> ResultRow:
    """Confirms an annulment, another than who asked, and with it certificates are revoked; or turns it down."""
    found = _need_result(code)
    asked = found.asked
    if asked is None:
        raise InputError(_("Tidak ada pembatalan yang menunggu."), remedy=_("Muat ulang halamannya."))
    user = current().user_id
    if confirmed and user is not None and user == asked.asked_by:
        raise Refused(_("Anda sendiri yang meminta pembatalan ini."), remedy=_("Anggota panitia yang lain menjawabnya."))
    with refusals(), transaction.atomic():
        AnnulmentAnswer.objects.create(annulment=asked, confirmed=confirmed, reason=one_line(reason)[:LONGEST], by_id=user)
    audit.record(
        "award.result_annulled" if confirmed else "award.annulment_refused", "awards_result", found.id, reason=asked.reason
    )
    return _found(code)


def _need_result(code: str) -> ResultRow:
    current().need(Can.RUN_AWARD)
    found = queries.result(code)
    if found is None:
        raise not_yours(_("Hasil ini tidak ada."))
    need_committee(found.level, found.area)
    return found


def _found(code: str) -> ResultRow:
    found = queries.result(code)
    assert found is not None
    return found


def _edition(code: str) -> Standing:
    found = standing(code)
    if found is None:
        raise not_yours(_("Edisi ini tidak ada."))
    return found
