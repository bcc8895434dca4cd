"""Who deals with bulk files, and the words for their states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from jamsostek.access.roles import Role
from jamsostek.core.text import N_, _
from jamsostek.messages.tables.problems import ERROR, NOTE, WARNING
from jamsostek.portal.screens import Link, Tag, url_of
from jamsostek.portal.screens.parts import Tone
from jamsostek.registry.choices import TITLES, UploadState

if TYPE_CHECKING:
    from jamsostek.registry.models import Upload

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


_OWNERS = {
    True: frozenset({Role.EMPLOYER_CLERK, Role.EMPLOYER_APPROVER}),
    False: frozenset({Role.SPONSOR_CLERK, Role.SPONSOR_APPROVER}),
}
"""Who has the pages of an employer (True) or a sponsor."""


def whose(upload: Upload, roles: frozenset[Role]) -> Link:
    """Whom the file belongs to; the address is that of their own page, for those who have it, else the first page."""
    owner = upload.employer or upload.sponsor
    assert owner is not None
    if not roles & _OWNERS[upload.employer is not None]:
        return Link(owner.name, url_of("public:home"))
    if upload.employer is not None:
        return Link(owner.name, reverse("employer:company", args=[upload.employer.npp]))
    assert upload.sponsor is not None
    return Link(owner.name, reverse("sponsor:sponsor", args=[upload.sponsor.number]))


def crumbs(upload: Upload, roles: frozenset[Role]) -> list[Link]:
    """The pages above an upload's own pages."""
    return [whose(upload, roles), Link(upload.file_name, reverse("uploads:upload", args=[upload.pk]))]
