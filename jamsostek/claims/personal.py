"""Which columns of claims are personal, and how they may be shown: as in `registry.personal`, for the tables of this room.

Every column of every table stands here once, in `PERSONAL` or in `PLAIN`; a test refuses one that does not, and a table with a
personal column that has no row rules. A claim says of somebody that they died, fell ill, lost their work or their marriage, so
nearly all of it is personal: what it is about, where it stands and what it waits for, not only its papers. Plain are the numbers
of rows, who acted for the carrier and when, and what is the carrier's own: its limits, its accounts, its offers of training.

A firm has the rows of `claims_claim` that name it in sight, with what they are about; the other tables it has not
(`claims_open_to_me`), except of a claim that whoever acts for it filed themself.
"""

from __future__ import annotations

from jamsostek.registry.personal import Shown

WHOLE, MASKED, NEVER = Shown.WHOLE, Shown.MASKED, Shown.NEVER

PERSONAL: dict[str, dict[str, Shown]] = {
    "claims_claim": {
        "number": WHOLE, "kind": WHOLE, "regency_code": WHOLE, "event_on": WHOLE, "state": WHOLE, "checklist": WHOLE,
        "waiting_for": WHOLE, "decided_on": WHOLE, "ended_on": WHOLE, "resume_digest": NEVER,
    },
    "claims_party": {
        "claimant": WHOLE, "beneficiary": WHOLE, "kin": WHOLE, "name": WHOLE, "birth_date": WHOLE, "nik_sealed": MASKED,
        "nik_index": NEVER, "phone_sealed": MASKED, "share": WHOLE, "account_bank": WHOLE, "account_name": WHOLE,
        "account_sealed": MASKED, "account_index": NEVER, "account_state": WHOLE, "account_changed_on": WHOLE,
        "account_note": WHOLE, "left_on": WHOLE, "left_because": WHOLE,
    },
    "claims_fact": {"name": WHOLE, "value": WHOLE, "note": WHOLE},
    "claims_document": {
        "kind": WHOLE, "digest": NEVER, "file_name": WHOLE, "pages": WHOLE, "notes": WHOLE, "state": WHOLE, "reason": WHOLE,
    },
    "claims_assessment": {
        "facts": WHOLE, "conditions": WHOLE, "components": WHOLE, "outcome": WHOLE, "rupiah": WHOLE, "because": WHOLE,
    },
    "claims_decision": {
        "approve": WHOLE, "rupiah": WHOLE, "grounds": WHOLE, "reason": WHOLE, "second_reason": WHOLE, "third_reason": WHOLE,
        "letter_digest": NEVER,
    },
    "claims_objection": {"level": WHOLE, "grounds": WHOLE, "upheld": WHOLE, "reason": WHOLE},
    "claims_event": {"kind": WHOLE, "text": WHOLE, "data": WHOLE},
    "claims_benefit": {
        "component": WHOLE, "fund": WHOLE, "regency_code": WHOLE, "rupiah": WHOLE, "terms": WHOLE, "from_month": WHOLE,
        "last_month": WHOLE, "state": WHOLE, "because": WHOLE, "proof_until": WHOLE, "indexed_year": WHOLE,
    },
    "claims_change": {
        "kind": WHOLE, "from_month": WHOLE, "was_rupiah": WHOLE, "rupiah": WHOLE, "because": WHOLE, "data": WHOLE,
    },
    "claims_proof": {"kind": WHOLE, "month": WHOLE, "rupiah": WHOLE, "data": WHOLE, "accepted": WHOLE, "reason": WHOLE},
    "claims_proofpaper": {"digest": NEVER, "file_name": WHOLE, "pages": WHOLE, "notes": WHOLE},
    "claims_roll": {"trial": WHOLE},
    "claims_payout": {
        "month": WHOLE, "component": WHOLE, "fund": WHOLE, "gross_rupiah": WHOLE, "tax_rupiah": WHOLE, "due_on": WHOLE,
        "state": WHOLE, "attempts": WHOLE, "paid_on": WHOLE,
    },
    "claims_transfer": {
        "month": WHOLE, "component": WHOLE, "rupiah": WHOLE, "account_name": WHOLE, "account_bank": WHOLE,
        "account_sealed": MASKED, "outcome": WHOLE, "reason_code": WHOLE, "bank_reference": WHOLE, "settled_on": WHOLE,
        "returned_on": WHOLE,
    },
    "claims_answer": {"file_name": WHOLE, "problems": WHOLE},
    "claims_overpaid": {"fund": WHOLE, "rupiah": WHOLE, "recovered_rupiah": WHOLE, "because": WHOLE},
    "claims_trainee": {
        "person_index": NEVER, "state": WHOLE, "reason": WHOLE, "via": WHOLE, "ended_on": WHOLE, "before_rupiah": WHOLE,
        "doctor": WHOLE, "recommended_on": WHOLE, "agreed_on": WHOLE, "employer_agreed_on": WHOLE,
    },
    "claims_traineestep": {"state": WHOLE, "reason": WHOLE},
    "claims_attendance": {"came": WHOLE},
    "claims_traineeoutcome": {"working": WHOLE, "business": WHOLE, "income_rupiah": WHOLE, "note": WHOLE},
}  # fmt: skip

PLAIN: dict[str, tuple[str, ...]] = {
    "claims_claim": (
        "id", "participant_id", "parent_id", "employer_id", "office_id", "channel", "filed_by", "language", "opened_on",
        "submitted_on", "submitted_at", "place", "clock_used", "clock_from", "due_on", "created_xid", "recorded_at",
    ),
    "claims_party": (
        "id", "claim_id", "participant_id", "relative_id", "employer_id", "guardian_id", "account_changed_by",
        "account_checked_by", "account_checked_on", "created_xid", "recorded_at",
    ),
    "claims_fact": ("id", "claim_id", "found", "by", "at"),
    "claims_document": (
        "id", "claim_id", "party_id", "media", "bytes", "given_by", "given_at", "checked_by", "checked_at",
    ),
    "claims_assessment": ("id", "claim_id", "number", "law_digest", "made_by", "made_at"),
    "claims_limit": ("id", "rupiah", "reason", "set_by", "set_at"),
    "claims_decision": (
        "id", "claim_id", "assessment_id", "needs_third", "proposed_by", "proposed_on", "second_by", "second_on",
        "second_agrees", "third_by", "third_on", "third_agrees", "final", "recorded_at",
    ),
    "claims_objection": (
        "id", "claim_id", "decision_id", "filed_by", "filed_on", "decided_by", "decided_on", "recorded_at",
    ),
    "claims_event": ("id", "claim_id", "on_date", "shown", "by", "at"),
    "claims_benefit": ("id", "claim_id", "decision_id", "party_id", "follows_id", "recorded_at"),
    "claims_change": ("id", "benefit_id", "claim_id", "by", "at"),
    "claims_proof": (
        "id", "benefit_id", "claim_id", "given_by", "given_on", "accepted_by", "accepted_on", "recorded_at",
    ),
    "claims_proofpaper": ("id", "proof_id", "claim_id", "media", "bytes", "given_by", "given_at"),
    "claims_roll": (
        "id", "kind", "month", "state", "law_digest", "people", "rupiah", "digest", "prepared_by", "prepared_at", "approved_by",
        "approved_at", "posted_at", "pay_on", "problem",
    ),
    "claims_growth": (
        "year", "inflation_ppm", "source", "proposed_by", "proposed_on", "approved_by", "approved_on", "people", "was_rupiah",
        "rupiah",
    ),
    "claims_payout": (
        "claim_id", "party_id", "decision_id", "benefit_id", "roll_id", "batch_id", "group_id", "made_by", "made_on",
        "recorded_at",
    ),
    "claims_batch": (
        "id", "fund", "roll_id", "message_id", "pay_on", "state", "count", "rupiah", "debtor_name", "debtor_bank",
        "debtor_account", "prepared_by", "prepared_on", "prepared_at", "approved_by", "approved_at", "exported_at",
        "file_digest", "reason",
    ),
    "claims_debtor": ("id", "fund", "name", "bank", "account", "set_by", "set_at"),
    "claims_transfer": ("batch_id", "number", "claim_id", "party_id", "account_party_id"),
    "claims_answer": ("id", "kind", "file_digest", "counts", "taken_by", "taken_on", "taken_at"),
    "claims_overpaid": ("id", "claim_id", "party_id", "benefit_id", "group_id", "made_by", "made_on", "recorded_at"),
    "claims_training": (
        "id", "number", "kind", "title", "title_en", "region_code", "place", "provider", "starts_on", "ends_on", "sessions",
        "capacity", "cost_rupiah", "spent_rupiah", "sponsor_kind", "sponsor", "state", "invented", "made_by", "made_on",
        "done_on", "recorded_at",
    ),
    "claims_trainee": (
        "id", "training_id", "claim_id", "party_id", "state_on", "state_by", "invited_on", "manager_id", "recorded_at",
    ),
    "claims_traineestep": ("id", "trainee_id", "claim_id", "on_date", "by", "at"),
    "claims_attendance": ("id", "trainee_id", "claim_id", "session", "on_date", "by", "at"),
    "claims_traineeoutcome": ("id", "trainee_id", "claim_id", "month", "told_on", "by", "at"),
}  # fmt: skip
"""The leaves of `claims_payout`, month by month, have its columns and can be read through it alone."""
