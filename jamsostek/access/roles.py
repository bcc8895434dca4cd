"""The roles that work out of the box: what each is called, over what it can be held, and what it may do.

A role is held through a grant over something (`Kind`): an employer, a region and all below it, oneself. `Can` names what
the actions ask for; a role without a capability is refused by the action itself, whatever door it came through.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from jamsostek.core.text import N_


class Kind(StrEnum):
    """Over what a role is held; the grant's target is its id or code."""

    NATION = "nation"
    REGION = "region"
    VILLAGE = "village"
    EMPLOYER = "employer"
    SPONSOR = "sponsor"
    OFFICE = "office"
    SELF = "self"


class Can(StrEnum):
    """What an action asks for."""

    REGISTER_PERSON = "register_person"
    REGISTER_SELF = "register_self"
    EDIT_PERSON = "edit_person"
    REGISTER_EMPLOYER = "register_employer"
    EDIT_EMPLOYER = "edit_employer"
    REGISTER_SPONSOR = "register_sponsor"
    EMPLOY = "employ"
    SPONSOR = "sponsor"
    UPLOAD = "upload"
    APPROVE_UPLOAD = "approve_upload"
    MERGE = "merge"
    ISSUE_CARD = "issue_card"
    REVOKE_CARD = "revoke_card"
    RECORD_DEATH = "record_death"
    SHOW_SECRET = "show_secret"  # noqa: S105
    GIVE_GRANT = "give_grant"
    RESET_LOGIN = "reset_login"
    SERVE_TICKET = "serve_ticket"
    READ_AUDIT = "read_audit"
    READ_CELLS = "read_cells"
    EXPORT_PEOPLE = "export_people"
    IMPORT_REGIONS = "import_regions"
    ERASE = "erase"
    REPORT_WAGES = "report_wages"
    APPROVE_REPORT = "approve_report"
    MAKE_BILL = "make_bill"
    READ_BOOKS = "read_books"
    RUN_MONTH = "run_month"
    CLOSE_BOOKS = "close_books"
    TAKE_PAYMENT = "take_payment"
    APPROVE_PAYMENT = "approve_payment"
    CHASE_ARREARS = "chase_arrears"
    SIGN_SANCTION = "sign_sanction"
    FILE_CLAIM = "file_claim"
    SEE_CLAIMS = "see_claims"
    ASSESS_CLAIM = "assess_claim"
    DECIDE_CLAIM = "decide_claim"
    DECIDE_LARGE_CLAIM = "decide_large_claim"
    PAY_CLAIMS = "pay_claims"
    APPROVE_PAYOUT = "approve_payout"
    RUN_TRAINING = "run_training"
    SEE_MOVEMENT = "see_movement"
    IMPORT_REGISTER = "import_register"
    REVIEW_LINK = "review_link"
    VERIFY_CANDIDATE = "verify_candidate"
    PLAN_MOVEMENT = "plan_movement"
    APPROVE_MOVEMENT = "approve_movement"
    RUN_CAMPAIGN = "run_campaign"
    PLAN_TRADE = "plan_trade"
    CHECK_TRADE = "check_trade"
    SETTLE_TRADE = "settle_trade"
    APPROVE_BREACH = "approve_breach"
    PROJECT = "project"
    APPROVE_FUND = "approve_fund"
    NOMINATE = "nominate"
    MARK_AWARD = "mark_award"
    RUN_AWARD = "run_award"


class Role(StrEnum):
    """Names as stored."""

    WORKER = "worker"
    HEIR = "heir"
    EMPLOYER_CLERK = "employer_clerk"
    EMPLOYER_APPROVER = "employer_approver"
    SPONSOR_CLERK = "sponsor_clerk"
    SPONSOR_APPROVER = "sponsor_approver"
    VILLAGE_OPERATOR = "village_operator"
    AGENT = "agent"
    BRANCH_OFFICER = "branch_officer"
    BRANCH_SUPERVISOR = "branch_supervisor"
    REGIONAL_VIEWER = "regional_viewer"
    REGIONAL_OFFICER = "regional_officer"
    REGIONAL_HEAD = "regional_head"
    HEAD_OFFICE = "head_office"
    MINISTRY = "ministry"
    HOSPITAL_DESK = "hospital_desk"
    ACTUARY = "actuary"
    RESEARCHER = "researcher"
    AUDITOR = "auditor"
    JURY = "jury"
    DEALER = "dealer"
    SETTLEMENT = "settlement"
    RISK = "risk"
    CHIEF = "chief"
    AWARD_COMMITTEE = "award_committee"


@dataclass(frozen=True)
class RoleFacts:
    """What a role is: `staff` must sign in with a second factor; `sees_people` false means aggregates only."""

    title: str
    kinds: tuple[Kind, ...]
    staff: bool
    sees_people: bool
    can: frozenset[Can] = field(default_factory=frozenset)


def _facts(title: str, kinds: tuple[Kind, ...], *can: Can, staff: bool = False, sees_people: bool = True) -> RoleFacts:
    return RoleFacts(title, kinds, staff, sees_people, frozenset(can))


_OFFICER = (
    Can.REGISTER_PERSON, Can.EDIT_PERSON, Can.REGISTER_EMPLOYER, Can.EDIT_EMPLOYER, Can.REGISTER_SPONSOR, Can.EMPLOY, Can.SPONSOR,
    Can.UPLOAD, Can.APPROVE_UPLOAD, Can.ISSUE_CARD, Can.RECORD_DEATH, Can.SHOW_SECRET, Can.SERVE_TICKET, Can.EXPORT_PEOPLE,
    Can.READ_CELLS, Can.REPORT_WAGES, Can.MAKE_BILL, Can.TAKE_PAYMENT, Can.CHASE_ARREARS,
    Can.FILE_CLAIM, Can.SEE_CLAIMS, Can.ASSESS_CLAIM, Can.SEE_MOVEMENT, Can.REVIEW_LINK,
)  # fmt: skip
_MOVEMENT = (
    Can.READ_CELLS, Can.SEE_MOVEMENT, Can.IMPORT_REGISTER, Can.REVIEW_LINK, Can.VERIFY_CANDIDATE, Can.PLAN_MOVEMENT,
    Can.RUN_CAMPAIGN, Can.NOMINATE,
)  # fmt: skip
_SUPERVISOR = (
    *_OFFICER, Can.MERGE, Can.REVOKE_CARD, Can.RESET_LOGIN, Can.GIVE_GRANT, Can.APPROVE_PAYMENT, Can.APPROVE_REPORT,
    Can.RUN_MONTH,
    Can.SIGN_SANCTION, Can.DECIDE_CLAIM, Can.RUN_TRAINING,
)  # fmt: skip

ROLES: dict[Role, RoleFacts] = {
    Role.WORKER: _facts(
        N_("Pekerja"),
        (Kind.SELF,),
        Can.REGISTER_SELF,
        Can.ISSUE_CARD,
        Can.SHOW_SECRET,
        Can.MAKE_BILL,
        Can.FILE_CLAIM,
    ),
    Role.HEIR: _facts(N_("Ahli waris"), (Kind.SELF,), Can.FILE_CLAIM),
    Role.EMPLOYER_CLERK: _facts(
        N_("Staf perusahaan"),
        (Kind.EMPLOYER,),
        Can.REGISTER_PERSON,
        Can.EMPLOY,
        Can.UPLOAD,
        Can.ISSUE_CARD,
        Can.EXPORT_PEOPLE,
        Can.REPORT_WAGES,
        Can.MAKE_BILL,
        Can.FILE_CLAIM,
        Can.NOMINATE,
    ),
    Role.EMPLOYER_APPROVER: _facts(
        N_("Penyetuju perusahaan"),
        (Kind.EMPLOYER,),
        Can.REGISTER_PERSON,
        Can.EMPLOY,
        Can.UPLOAD,
        Can.APPROVE_UPLOAD,
        Can.EDIT_EMPLOYER,
        Can.ISSUE_CARD,
        Can.EXPORT_PEOPLE,
        Can.GIVE_GRANT,
        Can.REPORT_WAGES,
        Can.APPROVE_REPORT,
        Can.MAKE_BILL,
        Can.FILE_CLAIM,
        Can.NOMINATE,
    ),
    Role.SPONSOR_CLERK: _facts(
        N_("Staf pembayar iuran"),
        (Kind.SPONSOR,),
        Can.REGISTER_PERSON,
        Can.SPONSOR,
        Can.UPLOAD,
        Can.ISSUE_CARD,
        Can.EXPORT_PEOPLE,
        Can.MAKE_BILL,
    ),
    Role.SPONSOR_APPROVER: _facts(
        N_("Penyetuju pembayar iuran"),
        (Kind.SPONSOR,),
        Can.REGISTER_PERSON,
        Can.SPONSOR,
        Can.UPLOAD,
        Can.APPROVE_UPLOAD,
        Can.ISSUE_CARD,
        Can.EXPORT_PEOPLE,
        Can.GIVE_GRANT,
        Can.MAKE_BILL,
    ),
    Role.VILLAGE_OPERATOR: _facts(
        N_("Operator desa"),
        (Kind.VILLAGE,),
        Can.REGISTER_PERSON,
        Can.SPONSOR,
        Can.UPLOAD,
        Can.ISSUE_CARD,
        Can.FILE_CLAIM,
        Can.SEE_MOVEMENT,
        Can.VERIFY_CANDIDATE,
        Can.NOMINATE,
    ),
    Role.AGENT: _facts(
        N_("Agen PERISAI"), (Kind.OFFICE,), Can.REGISTER_PERSON, Can.ISSUE_CARD, Can.MAKE_BILL, Can.FILE_CLAIM, staff=True
    ),
    Role.BRANCH_OFFICER: _facts(N_("Petugas cabang"), (Kind.REGION,), *_OFFICER, staff=True),
    Role.BRANCH_SUPERVISOR: _facts(N_("Penyelia cabang"), (Kind.REGION,), *_SUPERVISOR, staff=True),
    Role.REGIONAL_VIEWER: _facts(N_("Pemerintah daerah"), (Kind.REGION,), Can.READ_CELLS, staff=True),
    Role.REGIONAL_OFFICER: _facts(N_("Petugas daerah"), (Kind.REGION,), *_MOVEMENT, staff=True, sees_people=False),
    Role.REGIONAL_HEAD: _facts(
        N_("Kepala daerah"), (Kind.REGION,), *_MOVEMENT, Can.APPROVE_MOVEMENT, staff=True, sees_people=False
    ),
    Role.HEAD_OFFICE: _facts(
        N_("Kantor pusat"),
        (Kind.NATION,),
        *_SUPERVISOR,
        Can.READ_AUDIT,
        Can.IMPORT_REGIONS,
        Can.ERASE,
        Can.IMPORT_REGISTER,
        Can.READ_BOOKS,
        Can.CLOSE_BOOKS,
        Can.DECIDE_LARGE_CLAIM,
        Can.PAY_CLAIMS,
        Can.APPROVE_PAYOUT,
        staff=True,
    ),
    Role.MINISTRY: _facts(N_("Kementerian"), (Kind.NATION,), Can.READ_CELLS, staff=True, sees_people=False),
    Role.HOSPITAL_DESK: _facts(N_("Loket rumah sakit"), (Kind.OFFICE,), Can.FILE_CLAIM, staff=True),
    Role.ACTUARY: _facts(
        N_("Aktuaris"), (Kind.NATION,), Can.READ_CELLS, Can.READ_BOOKS, Can.PROJECT, staff=True, sees_people=False
    ),
    Role.RESEARCHER: _facts(N_("Peneliti"), (Kind.NATION,), Can.READ_CELLS, staff=True, sees_people=False),
    Role.AUDITOR: _facts(
        N_("Auditor"), (Kind.NATION,), Can.READ_AUDIT, Can.READ_CELLS, Can.READ_BOOKS, Can.SEE_CLAIMS, staff=True
    ),
    Role.JURY: _facts(
        N_("Juri Paritrana"), (Kind.NATION, Kind.REGION), Can.READ_CELLS, Can.MARK_AWARD, staff=True, sees_people=False
    ),
    Role.AWARD_COMMITTEE: _facts(
        N_("Panitia Paritrana"),
        (Kind.NATION, Kind.REGION),
        Can.READ_CELLS,
        Can.NOMINATE,
        Can.RUN_AWARD,
        staff=True,
        sees_people=False,
    ),
    Role.DEALER: _facts(N_("Dealer investasi"), (Kind.NATION,), Can.READ_BOOKS, Can.PLAN_TRADE, staff=True, sees_people=False),
    Role.SETTLEMENT: _facts(
        N_("Penyelesaian transaksi investasi"), (Kind.NATION,), Can.READ_BOOKS, Can.SETTLE_TRADE, staff=True, sees_people=False
    ),
    Role.RISK: _facts(N_("Manajemen risiko"), (Kind.NATION,), Can.READ_BOOKS, Can.CHECK_TRADE, staff=True, sees_people=False),
    Role.CHIEF: _facts(
        N_("Direktur investasi"),
        (Kind.NATION,),
        Can.READ_BOOKS,
        Can.APPROVE_BREACH,
        Can.APPROVE_FUND,
        staff=True,
        sees_people=False,
    ),
}

SIGNED_IN = "signed_in"
"""A door open to everyone who signed in."""
FIRST_FACTOR = "first_factor"
"""As `SIGNED_IN`, and open to staff before they have a second factor: the pages that set one up, and the way out."""
PUBLIC = "public"
"""A door open to all."""
STAFF = frozenset(role for role, facts in ROLES.items() if facts.staff)
