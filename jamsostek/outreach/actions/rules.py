"""Priority rules: written by one, shown with its effect, adopted by another; a change is another version."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

from django.db.models import Max

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.outreach import priority
from jamsostek.outreach.models import Rule
from jamsostek.outreach.queries.effects import effect_of


def propose_rule(*, region_code: int, rule: priority.Rule, today: dt.date) -> Rule:
    """Writes the next version of a region's rule; the same rule as the newest is that version. Raises `InputError`, `Refused`."""
    current().need(Can.PLAN_MOVEMENT, Place(regency=region_code))
    name, regulation = " ".join(rule.name.split()), rule.regulation.strip()
    for field, text in (("name", name), ("regulation", regulation)):
        if not text:
            raise InputError(_("Isian ini belum diisi."), field=field, remedy=_("Tulis nama aturan dan dasar hukumnya."))
    rule.check()
    newest = Rule.objects.filter(region_code=region_code, name=name).order_by("-version").first()
    if newest is not None and _same(newest, replace(rule, name=name, regulation=regulation)):
        return newest
    version = 1 + (Rule.objects.filter(region_code=region_code, name=name).aggregate(Max("version"))["version__max"] or 0)
    rule = replace(rule, name=name, regulation=regulation, version=version)
    kept = Rule.objects.create(
        region_code=region_code, name=name, version=version, rule=json.loads(rule.to_json()), digest=rule.digest,
        regulation=regulation, sample=rule.sample, proposed_by=current().user_id, proposed_on=today,
    )  # fmt: skip
    audit.record("rule.proposed", "rule", kept.pk, fields=("criteria",))
    return kept


def _same(kept: Rule, rule: priority.Rule) -> bool:
    return replace(rule, version=kept.version).digest == kept.digest


def adopt_rule(*, rule_id: int, today: dt.date) -> Rule:
    """Another than who wrote it adopts it; what that changes in each programme of the region is kept with it."""
    rule = Rule.objects.select_for_update(no_key=True).filter(pk=rule_id).first()
    if rule is None:
        raise not_yours(_("Aturan ini tidak ada, atau bukan milik daerah Anda."))
    current().need(Can.APPROVE_MOVEMENT, Place(regency=rule.region_code))
    if rule.adopted_on is not None:
        return rule
    if rule.proposed_by == current().user_id and rule.proposed_by is not None:
        raise InputError(
            _("Yang menulis aturan tidak dapat menetapkannya."), remedy=_("Minta pejabat lain di daerah Anda menetapkannya.")
        )
    rule.effect = effect_of(rule)
    rule.adopted_by, rule.adopted_on = current().user_id, today
    rule.save(update_fields=["effect", "adopted_by", "adopted_on"])
    audit.record("rule.adopted", "rule", rule.pk, fields=("adopted_on",))
    return rule
