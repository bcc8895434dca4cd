"""Ways to a bill, or to making one, from other pages' tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.urls import reverse

from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.collection import codes
from jamsostek.core.text import _
from jamsostek.portal.screens.parts import Link

if TYPE_CHECKING:
    from jamsostek.collection.models import Bill
    from jamsostek.registry.models import Project


def project_link(project: Project, billed: Mapping[int, Bill]) -> Link | str:
    """A project's bill, or the way to make it."""
    bill = billed.get(project.pk)
    if bill is not None:
        return Link(_("Lihat tagihan"), reverse("bills:bill", args=[codes.code_of(bill.number)]))
    if not current().may(Can.MAKE_BILL, Place(employer=project.employer_id, regency=project.regency_code)):
        return ""
    return Link(_("Buat tagihan"), reverse("bills:project", args=[project.number]))
