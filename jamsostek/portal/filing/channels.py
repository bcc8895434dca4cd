"""Who may stand in which relation to whom a claim is about."""

from __future__ import annotations

from jamsostek.claims.choices import KIN, Channel, Kind

HEIRS = ("spouse", "child", "parent", "grandchild", "grandparent", "sibling", "parent_in_law", "by_will", "buried")
SELF = "self"
REPORTERS = (Channel.EMPLOYER, Channel.HOSPITAL)
"""Doors of those who report something and are not on the person's side."""
SURVIVORS = ("spouse", "child", "parent")


def kin_of(kind: Kind) -> tuple[str, ...]:
    """Relations in which somebody may file a kind for themself: the participant while alive, then the family."""
    if kind == Kind.JP_SURVIVOR:
        return SURVIVORS
    if kind in (Kind.JKM, Kind.SCHOLARSHIP):
        return HEIRS
    return (SELF, *HEIRS) if kind in (Kind.JKK, Kind.JHT) else (SELF,)


def kin_choices(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Relations as radios; translated when the form is made."""
    return [(name, KIN[name]) for name in names]
