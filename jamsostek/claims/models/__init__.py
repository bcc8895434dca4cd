"""Tables of claims."""

from jamsostek.claims.models.claim import (
    Assessment,
    Claim,
    Decision,
    Document,
    Event,
    Fact,
    Limit,
    Objection,
    Party,
)
from jamsostek.claims.models.payout import (
    Answer,
    Batch,
    Benefit,
    Change,
    Debtor,
    Growth,
    Overpaid,
    Payout,
    Proof,
    ProofPaper,
    Roll,
    Transfer,
)
from jamsostek.claims.models.training import Attendance, Trainee, TraineeOutcome, TraineeStep, Training

__all__ = [
    "Answer", "Assessment", "Attendance", "Batch", "Benefit", "Change", "Claim", "Debtor", "Decision", "Document", "Event",
    "Fact", "Growth", "Limit", "Objection", "Overpaid", "Party", "Payout", "Proof", "ProofPaper", "Roll", "Trainee",
    "TraineeOutcome", "TraineeStep", "Training", "Transfer",
]  # fmt: skip
