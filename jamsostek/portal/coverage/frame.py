"""What stands above the pages of coverage."""

from __future__ import annotations

from django.urls import reverse

from jamsostek.core.text import _
from jamsostek.portal.screens import Link


def above(*more: Link) -> list[Link]:
    """The pages between the first one and a page of coverage."""
    return [Link(_("Beranda"), reverse("public:home")), Link(_("Cakupan"), reverse("coverage:home")), *more]
