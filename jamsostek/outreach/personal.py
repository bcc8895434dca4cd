"""Which columns of the movement are personal, and how they may be shown; a test refuses one that is not here."""

from __future__ import annotations

from jamsostek.registry.personal import MASKED, NEVER, WHOLE, Shown

PERSONAL: dict[str, dict[str, Shown]] = {
    "outreach_person": {
        "name": WHOLE, "sex": WHOLE, "birth_date": WHOLE, "birth_place": WHOLE, "regency_code": WHOLE, "village_code": WHOLE,
        "nik": MASKED, "kk": MASKED, "mother": MASKED, "phone": MASKED, "nik_index": NEVER, "nik_state": WHOLE,
        "relation": WHOLE, "decile": WHOLE, "occupation": WHOLE, "employment": WHOLE, "income_rupiah": WHOLE,
        "disability": WHOLE, "marital": WHOLE, "woman_head": WHOLE, "children_school": WHOLE, "is_asn": WHOLE,
        "death_hint": WHOLE, "moved_hint": WHOLE, "hamlet": WHOLE, "source_id": WHOLE,
    },
    "outreach_problem": {"value": WHOLE, "detail": WHOLE},
    "outreach_link": {
        "outcome": WHOLE, "reasons": WHOLE, "member_id": WHOLE, "weight": WHOLE, "clues": WHOLE, "second_id": WHOLE,
        "second_weight": WHOLE, "record_key": NEVER, "member_key": NEVER,
    },
    "outreach_candidate": {
        "village_code": WHOLE, "record_key": NEVER, "nik_index": NEVER, "nik": MASKED, "participant_id": WHOLE, "told": WHOLE,
        "state": WHOLE,
        "state_on": WHOLE, "reason": WHOLE, "answers": WHOLE, "facts": WHOLE, "points": WHOLE, "lot": WHOLE, "source_id": WHOLE,
        "from_month": WHOLE, "to_month": WHOLE, "rupiah": WHOLE,
    },
    "outreach_candidatestep": {"state": WHOLE, "reason": WHOLE},
    "outreach_fundedmonth": {"nik_index": NEVER, "month": WHOLE},
    "outreach_decreeline": {"number": WHOLE, "village_code": WHOLE},
    "outreach_planitem": {"officer": WHOLE},
    "outreach_planchange": {"was": WHOLE, "became": WHOLE},
    "outreach_answer": {"record_key": NEVER, "member_key": NEVER, "answer": WHOLE, "reason": WHOLE},
    "outreach_attendee": {
        "name": WHOLE, "phone": MASKED, "sex": WHOLE, "age_group": WHOLE, "occupation": WHOLE, "disability": WHOLE,
    },
    "outreach_code": {"agent_name": WHOLE},
    "outreach_referral": {"participant_id": WHOLE, "code_id": WHOLE, "referred_on": WHOLE},
    "outreach_consent": {
        "name": WHOLE, "phone": MASKED, "phone_index": NEVER, "village_code": WHOLE, "language": WHOLE, "purposes": WHOLE,
        "given_on": WHOLE, "given_how": WHOLE, "withdrawn_on": WHOLE,
    },
    "outreach_reminder": {"about": WHOLE, "sent_on": WHOLE, "sent_how": WHOLE},
}  # fmt: skip
PLAIN: dict[str, tuple[str, ...]] = {
    "outreach_mapping": ("id", "region_code", "fingerprint", "name", "columns", "shared", "made_by", "recorded_at"),
    "outreach_register": (
        "id", "number", "region_code", "kind", "title", "file_name", "file_digest", "file_bytes", "snapshot_on", "legal_basis",
        "purpose", "keep_until", "columns", "wrapped", "state", "next_row", "rows_seen", "rows_kept", "rows_refused",
        "rows_passed", "kinds", "profile", "error", "failures", "invented", "made_by", "made_at", "finished_at", "deleted_by",
        "deleted_at", "deleted_reason",
    ),
    "outreach_person": ("id", "register_id", "row_number"),
    "outreach_problem": ("register_id", "number", "row_number", "column_letter", "title", "kind"),
    "outreach_run": (
        "id", "register_id", "against", "against_id", "state", "engine", "weights", "thresholds", "counts", "quality",
        "recall_ppm", "error", "failures", "made_by", "made_at", "finished_at",
    ),
    "outreach_link": ("run_id", "person_id", "register_id"),
    "outreach_answer": ("id", "region_code", "blind", "by", "at"),
    "outreach_rule": (
        "id", "region_code", "name", "version", "rule", "digest", "regulation", "sample", "effect", "proposed_by", "proposed_on",
        "adopted_by", "adopted_on", "recorded_at",
    ),
    "outreach_programme": (
        "id", "number", "region_code", "title", "year", "sponsor_id", "rule_id", "eligibility", "income_rupiah", "programmes",
        "state", "invented", "made_by", "made_at", "opened_by", "opened_on",
    ),
    "outreach_source": (
        "id", "programme_id", "position", "key", "kind", "title", "rupiah", "from_month", "to_month", "only_groups", "villages",
        "regulation",
    ),
    "outreach_quota": ("programme_id", "village_code", "people"),
    "outreach_candidate": ("id", "programme_id", "person_id", "register_id", "region_code", "replaces_id", "recorded_at"),
    "outreach_candidatestep": ("id", "candidate_id", "on_date", "by", "at"),
    "outreach_intake": (
        "id", "programme_id", "register_id", "state", "on_date", "last_person", "people", "counts", "error", "failures",
        "made_by", "made_at", "finished_at",
    ),
    "outreach_fundedmonth": ("candidate_id", "region_code"),
    "outreach_decree": (
        "id", "code", "programme_id", "number", "title", "state", "people", "villages", "rupiah", "digest", "signature",
        "prepared_by", "prepared_on", "approved_by", "approved_on", "enrolled", "lapsed", "error", "failures", "finished_at",
        "recorded_at",
    ),
    "outreach_decreeline": ("decree_id", "candidate_id"),
    "outreach_reconciliation": (
        "id", "programme_id", "month", "looked", "lapsed", "saved_rupiah", "replaced", "made_by", "made_at",
    ),
    "outreach_regulation": (
        "id", "code", "region_code", "village_code", "kind", "number", "year", "signed_on", "title", "settles", "in_force_from",
        "in_force_until", "replaces_id", "file_digest", "file_name", "file_bytes", "file_pages", "state", "reason", "invented",
        "entered_by", "entered_on", "confirmed_by", "confirmed_on", "ending_on", "ending_reason", "ending_by", "recorded_at",
    ),
    "outreach_strategyplan": ("id", "region_code", "year", "made_by", "made_at"),
    "outreach_planitem": (
        "id", "plan_id", "pillar", "duty", "title", "office", "due_on", "state", "state_on", "reason", "regulation_id",
        "programme_id", "file_digest", "file_name", "file_media", "by", "recorded_at",
    ),
    "outreach_planchange": ("id", "item_id", "by", "at"),
    "outreach_halfreport": (
        "id", "region_code", "year", "half", "version", "state", "figures", "computed_at", "obstacles", "help", "correction",
        "digest", "drafted_by", "drafted_on", "signed_by", "signed_on", "sent_by", "sent_on", "recorded_at",
    ),
    "outreach_regiongoal": (
        "id", "code", "region_code", "kind", "denominator", "target", "year", "why", "regulation_id", "replaces_id", "state",
        "reason", "invented", "proposed_by", "proposed_on", "confirmed_by", "confirmed_on", "ended_by", "ended_on",
        "start_month", "start_as_of", "start_persons", "start_base", "base_as_of", "base_status", "base_source", "recorded_at",
    ),
    "outreach_campaign": (
        "id", "number", "region_code", "title", "goal", "audience", "from_on", "to_on", "budget_rupiah", "owner", "invented",
        "made_by", "made_at",
    ),
    "outreach_meeting": (
        "id", "number", "campaign_id", "regency_code", "village_code", "on_date", "at_time", "hall", "speaker", "language",
        "wheelchair", "sign", "counted_m", "counted_f", "counted_on", "cancelled_on", "cancelled_reason", "made_by", "made_at",
    ),
    "outreach_attendee": ("id", "meeting_id", "batch", "number", "wrapped", "erased_on", "made_by", "recorded_at"),
    "outreach_code": (
        "id", "code", "region_code", "meeting_id", "user_id", "body", "given_on", "given_by", "ended_on", "ended_by",
        "ended_reason",
    ),
    "outreach_referral": ("made_by", "recorded_at"),
    "outreach_consent": ("id", "region_code", "wrapped", "taken_by", "recorded_at", "withdrawn_by"),
    "outreach_template": (
        "id", "region_code", "kind", "language", "version", "text", "proposed_by", "proposed_on", "approved_by", "approved_on",
    ),
    "outreach_mailing": ("id", "region_code", "kind", "meeting_id", "month", "prepared_on", "prepared_by"),
    "outreach_reminder": ("id", "mailing_id", "consent_id", "template_id", "sent_by"),
}  # fmt: skip
