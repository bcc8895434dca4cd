"""Which columns of the registry are personal, and how they may be shown.

Every column of every table stands here once, in `PERSONAL` or in `PLAIN`; a test refuses one that does not, and a table with
a personal column that has no row rules. A column is personal when it says something of one person that is not public: so a
wage is, and the employer it is paid by is not (that somebody works there is said by the row, which is under its rule).
"""

from __future__ import annotations

from enum import StrEnum


class Shown(StrEnum):
    """How a personal value appears."""

    WHOLE = "whole"
    """To everybody who has the row in sight; the look is remembered."""
    MASKED = "masked"
    """Sealed; a part of it in lists, whole only by `queries.people.show` with a reason."""
    NEVER = "never"
    """What only finds people or is for machines: not shown at all."""


WHOLE, MASKED, NEVER = Shown.WHOLE, Shown.MASKED, Shown.NEVER

PERSONAL: dict[str, dict[str, Shown]] = {
    "registry_participant": {
        "kpj": WHOLE, "name": WHOLE, "sex": WHOLE, "birth_date": WHOLE, "birth_place": WHOLE, "regency_code": WHOLE,
        "village_code": WHOLE, "domicile_since": WHOLE, "address": WHOLE, "disability_type": WHOLE, "disability_degree": WHOLE,
        "died_on": WHOLE,
        "name_key": NEVER, "nik_index": NEVER, "mother_index": NEVER, "phone_index": NEVER,
    },
    "registry_participantsecret": {
        "nik": MASKED, "phone": MASKED, "mother_name": MASKED, "bank_account": MASKED, "bank_code": WHOLE,
    },
    "registry_relative": {
        "kin": WHOLE, "name": WHOLE, "sex": WHOLE, "birth_date": WHOLE, "nik": MASKED, "died_on": WHOLE, "note": WHOLE,
    },
    "registry_employment": {"position": WHOLE, "leaving": WHOLE, "left_on": WHOLE, "joined_on": WHOLE},
    "registry_wage": {"wage_rupiah": WHOLE},
    "registry_cover": {"occupation": WHOLE, "income_rupiah": WHOLE},
    "registry_placement": {"country": WHOLE},
    "registry_merge": {"reason": WHOLE, "undone_reason": WHOLE},
    "registry_duplicatequestion": {"reason": WHOLE},
    "registry_card": {"serial": WHOLE, "token": NEVER, "revoked_reason": WHOLE},
    "registry_upload": {"file_name": WHOLE, "error": WHOLE},
    "registry_draft": {"answers": MASKED},
    "registry_history": {"was": WHOLE},
    "registry_nameword": {"word": NEVER},
}  # fmt: skip

_ROW = ("id", "created_by", "created_xid", "recorded_at")
PLAIN: dict[str, tuple[str, ...]] = {
    "registry_region": (
        "code", "parent_code", "level", "name", "bps_code", "valid_from", "valid_to", "successor_code", "invented",
    ),
    "registry_participant": (*_ROW, "registered_on", "registered_via", "erased_at"),
    "registry_participantsecret": ("participant_id", "bank_changed_at"),
    "registry_relative": (*_ROW, "participant_id", "other_id", "from_date", "to_date"),
    "registry_employer": (
        *_ROW, "npp", "name", "name_key", "kind", "kbli", "industry", "risk_class", "scale", "labour_intensive", "npwp_index",
        "npwp", "regency_code", "address", "registered_on", "registered_via", "closed_on",
    ),
    "registry_employerunit": (*_ROW, "employer_id", "code", "name", "kind", "regency_code"),
    "registry_sponsor": (*_ROW, "number", "name", "kind", "region_code", "registered_on", "closed_on"),
    "registry_office": ("id", "code", "name", "kind", "regency_code", "address", "invented"),
    "registry_project": (
        *_ROW, "number", "employer_id", "name", "owner", "contract_rupiah", "regency_code", "starts_on", "ends_on",
    ),
    "registry_employment": (
        *_ROW, "employer_id", "participant_id", "segment", "unit_id", "project_id", "from_month", "to_month",
        "leaving_reported_by", "upload_id",
    ),
    "registry_wage": (*_ROW, "employment_id", "from_month"),
    "registry_cover": (
        *_ROW, "participant_id", "payer", "sponsor_id", "sector", "jht_member", "from_month", "to_month", "upload_id",
    ),
    "registry_placement": (
        *_ROW, "participant_id", "agency_id", "route", "contract_from", "contract_months", "returned_on",
    ),
    "registry_merge": ("id", "source_id", "into_id", "by", "at", "undone_by", "undone_at"),
    "registry_duplicatequestion": (
        "id", "first_id", "second_id", "clues", "state", "asked_at", "asked_by", "decided_by", "decided_at",
    ),
    "registry_card": (
        *_ROW, "participant_id", "programmes", "segment", "from_month", "to_month", "key_id", "issued_at", "revoked_at",
        "revoked_by",
    ),
    "registry_upload": (
        *_ROW, "layout", "employer_id", "sponsor_id", "file_digest", "month", "to_month", "overwrite", "state", "rows_total",
        "rows_good", "rows_wrong", "rows_done", "counts", "good_digest", "problems_digest", "created_at", "confirmed_by",
        "confirmed_at", "finished_at",
    ),
    "registry_uploadverdict": ("id", "upload_id", "row", "kind", "participant_id"),
    "registry_draft": ("id", "secret_digest", "updated_at", "expires_at"),
    "registry_history": ("id", "table_name", "row_id", "recorded_at", "superseded_at", "user_id"),
    "registry_nameword": ("regency_code", "participant_id"),
}  # fmt: skip

WITHOUT_ROW_RULES = {
    "registry_draft": "its answers are sealed under a secret that only whoever writes them holds",
}
"""Tables with personal columns that need no row rules, and why."""
READ_JOINED = {
    "registry_nameword": "folds of names, read only joined to the participants in sight",
}
"""Tables whose rows everybody in a scope may read, and why no name gets out of sight by them."""
