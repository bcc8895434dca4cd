"""Who deals with bulk files, and the words for their states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from jamsostek.access.roles import Kind, Role
from jamsostek.core.text import N_, _
from jamsostek.messages.tables.problems import ERROR, NOTE, WARNING
from jamsostek.portal.screens import Link, Tag, url_of
from jamsostek.portal.screens.parts import Tone
from jamsostek.registry.choices import TITLES, UploadState

if TYPE_CHECKING:
    from jamsostek.access.scope import Scope
    from jamsostek.registry.models import Employer, Sponsor, Upload

SENDERS = (
    Role.EMPLOYER_CLERK, Role.EMPLOYER_APPROVER, Role.SPONSOR_CLERK, Role.SPONSOR_APPROVER, Role.VILLAGE_OPERATOR,
    Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE,
)  # fmt: skip

_TONES: dict[str, Tone] = {"ready": "warn", "done": "good", "failed": "bad", "cancelled": "plain"}
SEVERITIES: dict[str, tuple[str, Tone]] = {
    ERROR: (N_("Ditolak"), "bad"),
    WARNING: (N_("Diterima, periksa"), "warn"),
    NOTE: (N_("Catatan"), "info"),
}


def state_tag(upload: Upload) -> Tag:
    """The state in a word."""
    return Tag(_(TITLES[UploadState][upload.state]), _TONES.get(upload.state, "info"))


def severity_tag(severity: str) -> Tag:
    """What became of rows of this severity."""
    text, tone = SEVERITIES[severity]
    return Tag(_(text), tone)


_OFFICES = frozenset({Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE})


def whose(upload: Upload, scope: Scope) -> Link:
    """Whom the file belongs to, at the page that the reader has of them: their own, the village's, the office's."""
    if upload.employer is not None:
        return Link(upload.employer.name, _employers_page(upload.employer, scope))
    assert upload.sponsor is not None
    return Link(upload.sponsor.name, _sponsors_page(upload.sponsor, scope))


def _employers_page(employer: Employer, scope: Scope) -> str:
    if employer.pk in scope.targets(Kind.EMPLOYER):
        return reverse("employer:company", args=[employer.npp])
    return reverse("officer:employer", args=[employer.npp]) if scope.roles & _OFFICES else url_of("public:home")


def _sponsors_page(sponsor: Sponsor, scope: Scope) -> str:
    if sponsor.pk in scope.targets(Kind.SPONSOR):
        return reverse("sponsor:sponsor", args=[sponsor.number])
    if sponsor.region_code in scope.targets(Kind.VILLAGE):
        return reverse("village:village", args=[sponsor.region_code])
    return reverse("officer:sponsor", args=[sponsor.number]) if scope.roles & _OFFICES else url_of("public:home")


def crumbs(upload: Upload, scope: Scope) -> list[Link]:
    """The pages above an upload's own pages."""
    return [whose(upload, scope), Link(upload.file_name, reverse("uploads:upload", args=[upload.pk]))]
