"""The letter of a decision on a claim: what was decided, every step of each amount, or every condition and how to object."""

from jamsostek.messages.decision.draw import Decision, Item, Part, Section, Step, Table, draw_decision_pdf

__all__ = ["Decision", "Item", "Part", "Section", "Step", "Table", "draw_decision_pdf"]
