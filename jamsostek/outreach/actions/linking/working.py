"""What the engine does of a run: both sides made comparable, weights learned, pairs decided, recall estimated."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jamsostek.access.scope import Scope, acting
from jamsostek.linkage import model
from jamsostek.linkage.decide import USUAL
from jamsostek.linkage.indonesia import INDONESIA
from jamsostek.linkage.model import Weights
from jamsostek.linkage.recall import MaskedRecall, masked_recall
from jamsostek.linkage.run import Links, link, prepare, workshop
from jamsostek.linkage.train import train
from jamsostek.outreach.actions.linking.measuring import groups_on
from jamsostek.outreach.actions.linking.records import PARTICIPANTS, REGISTER, WITHIN, members, record_keys, records
from jamsostek.outreach.models import Register, Run


@dataclass(frozen=True)
class Worked:
    """Of a run; keys of the members only where these are records of registers too."""

    register: Register
    links: Links
    weights: Weights
    recall: MaskedRecall | None
    keys: dict[int, bytes]
    others: dict[int, bytes] | None


def worked(run: Run, scope: Scope) -> Worked:
    """Links without an open transaction: people are read first, nothing is written here."""
    with workshop() as con:
        with acting(scope):
            register = Register.objects.get(pk=run.register_id)
            prepare(con, records(register), members(run, register))
        design = replace(INDONESIA, within=run.against == WITHIN)
        weights = train(con, design)
        links = link(con, design, weights)
        recall = None
        if run.against == PARTICIPANTS:
            recall = masked_recall(con, design, weights, at=USUAL.same, groups=groups_on(register.snapshot_on))
        keys = record_keys(con, model.REGISTER)
        others = keys if design.within else record_keys(con, model.MEMBERS) if run.against == REGISTER else None
    return Worked(register, links, weights, recall, keys, others)
