"""A year's programme: for whom, what it gives, its money, its villages' quotas; opened by another than who made it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from django.db import transaction

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.law.segments.contribution import BPU_PROGRAMMES
from jamsostek.outreach import eligibility, plan
from jamsostek.outreach.actions.candidates import order_again
from jamsostek.outreach.actions.holding import held
from jamsostek.outreach.models import Programme, Quota, Rule, Source
from jamsostek.outreach.queries.money import monthly
from jamsostek.registry import occupations
from jamsostek.registry.queries.sponsors import sponsors_within

MOST_SOURCES = 20


def make_programme(
    *,
    region_code: int,
    title: str,
    year: int,
    sponsor_id: int,
    rule_id: int,
    asks: eligibility.Programme,
    income_rupiah: int,
    programmes: Sequence[str] = ("jkk", "jkm"),
    invented: bool = False,
) -> Programme:
    """A draft of a programme. Raises `InputError` for what cannot be, `Refused`."""
    current().need(Can.PLAN_MOVEMENT, Place(regency=region_code))
    _check(title, asks, programmes, year)
    if Rule.objects.filter(pk=rule_id, region_code=region_code).first() is None:
        raise InputError(_("Aturan prioritas ini tidak ada."), field="rule", remedy=_("Pilih aturan dari daerah Anda."))
    if all(one.id != sponsor_id for one in sponsors_within(region_code)):
        raise InputError(_("Pembayar iuran ini tidak ditemukan."), field="sponsor", remedy=_("Pilih pembayar dari daftar."))
    told = asdict(asks) | {"deciles": None if asks.deciles is None else sorted(asks.deciles)}
    made = Programme.objects.create(
        region_code=region_code, title=" ".join(title.split()), year=year, sponsor_id=sponsor_id, rule_id=rule_id,
        eligibility=json.loads(json.dumps(told)), income_rupiah=income_rupiah, programmes=list(programmes), invented=invented,
        made_by=current().user_id,
    )  # fmt: skip
    audit.record("programme.made", "programme", made.pk, fields=("title", "year"))
    return made


def _check(title: str, asks: eligibility.Programme, programmes: Sequence[str], year: int) -> None:
    if not title.strip():
        raise InputError(_("Isian ini belum diisi."), field="title", remedy=_("Tulis nama programnya."))
    if not asks.regulation.strip():
        raise InputError(_("Isian ini belum diisi."), field="regulation", remedy=_("Tulis peraturan yang mendasarinya."))
    if not 15 <= asks.least_age < asks.below_age <= 100:
        raise InputError(
            _("Batas umur tidak masuk akal."), field="least_age", remedy=_("Tulis dari 15 sampai di bawah 100 tahun.")
        )
    if asks.deciles is not None and not asks.deciles <= set(range(1, 11)):
        raise InputError(_("Desil dari 1 sampai 10."), field="deciles", remedy=_("Pilih desil dari daftar."))
    if not {"jkk", "jkm"} <= set(programmes) <= set(BPU_PROGRAMMES):
        raise InputError(
            _("Program ini tidak dapat dibayarkan."), field="programmes", remedy=_("Pilih JKK dan JKM, boleh dengan JHT.")
        )
    if not 2016 <= year <= 2100:
        raise InputError(_("Tahun tidak masuk akal."), field="year", value=year, remedy=_("Periksa tahunnya."))


def set_sources(*, programme_id: int, sources: Sequence[tuple[plan.Source, str, str]]) -> None:
    """Sets a programme's money in order: source, title, regulation. Those that pay for people already stay as they are.

    Raises `InputError` where months or rupiah cannot be.
    """
    row = held(programme_id, Can.PLAN_MOVEMENT, "draft", "open")
    if not 0 < len(sources) <= MOST_SOURCES:
        raise InputError(_("Sumber dana belum diisi."), field="sources", remedy=_("Tulis satu sampai dua puluh sumber."))
    for one, title, _regulation in sources:
        _check_source(one, title)
    if len({one.key for one, _title, _regulation in sources}) < len(sources):
        raise InputError(_("Dua sumber dana bernama sama."), field="key", remedy=_("Beri tiap sumber nama sendiri."))
    for one, _title, _regulation in sources:
        plan.cost_of(one, monthly(one, row.income_rupiah, row.programmes))
    there = {one.key: one for one in Source.objects.filter(programme_id=row.pk)}
    wanted = {one.key for one, _title, _regulation in sources}
    with transaction.atomic():
        for gone in [one for key, one in there.items() if key not in wanted]:
            _unused(gone)
            gone.delete()
        for position, (one, title, regulation) in enumerate(sources):
            Source.objects.update_or_create(
                programme_id=row.pk, key=one.key,
                defaults={
                    "position": position, "kind": one.kind, "title": " ".join(title.split()), "rupiah": one.rupiah,
                    "from_month": one.from_month, "to_month": one.to_month, "only_groups": sorted(one.only),
                    "villages": sorted(one.villages), "regulation": regulation.strip(),
                },
            )  # fmt: skip
    audit.record("programme.money", "programme", row.pk, fields=("sources",))


def _unused(source: Source) -> None:
    if source.paid_for.exists():
        raise InputError(
            _("Sumber {title} sudah membayar seseorang.").format(title=source.title), field="sources",
            remedy=_("Biarkan sumber itu; Anda dapat menambah dananya."),
        )  # fmt: skip


def _check_source(one: plan.Source, title: str) -> None:
    if one.kind not in plan.KINDS:
        raise InputError(
            _("Jenis sumber dana tidak dikenal."), field="kind", value=one.kind, remedy=_("Pilih dari daftar pilihan.")
        )
    if not title.strip():
        raise InputError(_("Isian ini belum diisi."), field="title", remedy=_("Tulis nama sumber dananya."))
    if one.rupiah < 0 or one.rupiah > 10**14:
        raise InputError(_("Jumlah rupiah tidak masuk akal."), field="rupiah", value=one.rupiah, remedy=_("Periksa jumlahnya."))
    if one.to_month < one.from_month:
        raise InputError(
            _("Bulan sumber {key} tidak dapat dihitung.").format(key=title), field="to_month",
            remedy=_("Bulan terakhir tidak boleh sebelum bulan pertama."),
        )  # fmt: skip
    if not one.only <= set(occupations.GROUPS):
        raise InputError(
            _("Kelompok ini tidak dikenal."),
            field="only",
            value=", ".join(sorted(one.only)),
            remedy=_("Pilih dari daftar pilihan."),
        )


def set_quotas(*, programme_id: int, quotas: Mapping[int, int]) -> None:
    """The most people of each village; without any, villages have none. A village that is left out then gets nobody."""
    row = held(programme_id, Can.PLAN_MOVEMENT, "draft", "open")
    for village, people in quotas.items():
        if people < 0 or len(str(village)) != 10 or not str(village).startswith(str(row.region_code)):
            raise InputError(
                _("Kuota desa ini tidak masuk akal."), field="quota", value=f"{village}: {people}",
                remedy=_("Tulis desa di daerah ini dan jumlah orang dari 0."),
            )  # fmt: skip
    with transaction.atomic():
        Quota.objects.filter(programme_id=row.pk).delete()
        Quota.objects.bulk_create(
            [Quota(programme_id=row.pk, village_code=village, people=people) for village, people in sorted(quotas.items())]
        )
    audit.record("programme.quotas", "programme", row.pk, fields=("quotas",))


def use_rule(*, programme_id: int, rule_id: int) -> None:
    """Another adopted rule for a programme; points of who stands in line are given anew (`candidates.order_again`)."""
    row = held(programme_id, Can.PLAN_MOVEMENT, "draft", "open")
    rule = Rule.objects.filter(pk=rule_id, region_code=row.region_code).first()
    if rule is None or (row.state == "open" and rule.adopted_on is None):
        raise InputError(
            _("Aturan prioritas ini belum ditetapkan."), field="rule", remedy=_("Minta kepala daerah menetapkannya.")
        )
    row.rule = rule
    row.save(update_fields=["rule"])
    order_again(row)
    audit.record("programme.rule", "programme", row.pk, fields=("rule",))


def open_programme(*, programme_id: int, today: dt.date) -> Programme:
    """Another than who made it opens a programme that has money and an adopted rule; from then on people are funded."""
    row = held(programme_id, Can.APPROVE_MOVEMENT)
    if row.state == "open":
        return row
    if row.state != "draft":
        raise InputError(_("Program ini sudah ditutup."), remedy=_("Buat program tahun berikutnya."))
    if row.made_by is not None and row.made_by == current().user_id:
        raise InputError(
            _("Yang membuat program tidak dapat membukanya."), remedy=_("Minta pejabat lain di daerah Anda membukanya.")
        )
    if row.rule.adopted_on is None:
        raise InputError(_("Aturan prioritas ini belum ditetapkan."), field="rule", remedy=_("Tetapkan aturannya lebih dahulu."))
    if not Source.objects.filter(programme_id=row.pk).exists():
        raise InputError(_("Sumber dana belum diisi."), field="sources", remedy=_("Tulis satu sampai dua puluh sumber."))
    row.state, row.opened_by, row.opened_on = "open", current().user_id, today
    row.save(update_fields=["state", "opened_by", "opened_on"])
    audit.record("programme.opened", "programme", row.pk, fields=("state",))
    return row


def close_programme(*, programme_id: int, reason: str) -> Programme:
    """Ends a programme: nobody more is funded; who is enrolled stays covered to the last month paid for."""
    row = held(programme_id, Can.APPROVE_MOVEMENT, "open", "closed")
    if row.state == "closed":
        return row
    if not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis mengapa program ini ditutup."))
    row.state = "closed"
    row.save(update_fields=["state"])
    audit.record("programme.closed", "programme", row.pk, fields=("state",), reason=reason.strip())
    return row
