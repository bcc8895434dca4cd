"""What JHT rate the fund's result supports, what is kept, and what a declared rate would do. Pure: figures in, figures out.

The rule stands in data/jht_return.yaml. Money is whole rupiah, rates parts per million of a year. What members' balances earn is
counted as the law's crediting counts it: this year's returns earn from January, a payment from the day after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jamsostek.core.rupiah import PPM

DATA = Path(__file__).parent / "data"
RULE = DATA / "jht_return.yaml"
HISTORY = DATA / "jht_history.yaml"


@dataclass(frozen=True)
class Ground:
    """Why a part of the rule is what it is: article, grade of evidence, source, and a note by language."""

    about: str
    article: str
    grade: str
    source: str
    note: Mapping[str, str]
    interpretation: int | None


@dataclass(frozen=True)
class Rule:
    """The written rule; `accounts` are (code, +1 or -1) of what is distributable, `unrealised` the account of market gains."""

    accounts: tuple[tuple[str, int], ...]
    unrealised: str
    with_unrealised: bool
    reserve_ppm: int
    step_ppm: int
    candidate_steps_ppm: tuple[int, ...]
    member_rupiah: int
    grounds: tuple[Ground, ...]

    @property
    def counted(self) -> tuple[tuple[str, int], ...]:
        """The accounts that count, with market gains where the reading takes them in."""
        return (*self.accounts, (self.unrealised, 1)) if self.with_unrealised else self.accounts

    def reading(self, *, with_unrealised: bool | None = None, reserve_ppm: int | None = None) -> Rule:
        """The rule under another reading."""
        taken = self.with_unrealised if with_unrealised is None else with_unrealised
        return replace(self, with_unrealised=taken, reserve_ppm=self.reserve_ppm if reserve_ppm is None else reserve_ppm)


@dataclass(frozen=True)
class Published:
    """A year's rate as some page printed it, and the banks' mean beside it where the page has one."""

    year: int
    rate_ppm: int
    deposit_ppm: int | None
    grade: str
    source: str


@cache
def rule() -> Rule:
    """The rule in force."""
    told: dict[str, Any] = yaml.safe_load(RULE.read_text(encoding="utf-8"))
    shared = told["distributable"]
    return Rule(
        tuple((one["account"], one["sign"]) for one in shared["accounts"]),
        shared["unrealised"]["account"],
        shared["unrealised"]["included"],
        told["reserve"]["share_ppm"],
        told["rounding"]["step_ppm"],
        tuple(told["candidates"]["steps_ppm"]),
        told["member_rupiah"],
        tuple(_ground(about, told[about]) for about in ("distributable", "reserve", "floor", "basis", "rounding")),
    )


def _ground(about: str, told: Mapping[str, Any]) -> Ground:
    article, source = told.get("article", ""), told.get("source", "")
    return Ground(about, article, told["grade"], source, told["note"], told.get("interpretation"))


@cache
def history() -> tuple[Published, ...]:
    """The published rates, the oldest first."""
    return tuple(Published(**one) for one in yaml.safe_load(HISTORY.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Books:
    """What the ledger says of a year until the end of a month; whole rupiah.

    `moved` has each account of the result in its own direction. `rupiah_days` is what earned, times its days; `year_days` the
    days of the year. `credited_rupiah` was credited for the year already. `net_assets_rupiah` is all the fund has less what it
    owes to others than members; `members_rupiah` what members' accounts hold.
    """

    moved: Mapping[str, int]
    rupiah_days: int
    days: int
    year_days: int
    credited_rupiah: int
    net_assets_rupiah: int
    members_rupiah: int


@dataclass(frozen=True)
class Supported:
    """What the result allows: distributable, of which a part is kept, and the yearly rate what is left bears.

    `rate_ppm` is None where no balance earned; it is below zero where the result is a loss.
    """

    distributable_rupiah: int
    reserve_rupiah: int
    for_members_rupiah: int
    average_rupiah: int
    rate_ppm: int | None


@dataclass(frozen=True)
class Effect:
    """What a rate would do over the span of the books.

    `members_rupiah` is what it credits for the span, `kept_rupiah` what of the distributable result then stays (below zero where
    it takes more than there is). The coverage is the fund's net assets over members' balances: as the books stand, and once all
    the rate gives for the span is credited; None without balances.
    """

    rate_ppm: int
    members_rupiah: int
    kept_rupiah: int
    coverage_before_ppm: int | None
    coverage_after_ppm: int | None


def supported(books: Books, by: Rule) -> Supported:
    """The rate the result bears, rounded down to the rule's step."""
    shared = sum(sign * books.moved.get(code, 0) for code, sign in by.counted)
    reserve = -(-max(shared, 0) * by.reserve_ppm // PPM)  # rounded up: what is kept is never below its share
    left = shared - reserve
    average = (2 * books.rupiah_days // books.days + 1) // 2 if books.days else 0
    rate = None
    if books.rupiah_days > 0:
        rate = left * books.year_days * PPM // books.rupiah_days // by.step_ppm * by.step_ppm
    return Supported(shared, reserve, left, average, rate)


def effect(books: Books, rate_ppm: int, found: Supported) -> Effect:
    """A rate's effect over the span."""
    gives = _half_up(books.rupiah_days * rate_ppm, books.year_days * PPM)
    still = gives - books.credited_rupiah
    return Effect(
        rate_ppm, gives, found.distributable_rupiah - gives, _share(books.net_assets_rupiah, books.members_rupiah),
        _share(books.net_assets_rupiah, books.members_rupiah + still),
    )  # fmt: skip


def candidates(found: Supported, by: Rule, *, floor_ppm: int | None, most_ppm: int, also: Sequence[int] = ()) -> list[int]:
    """Rates worth looking at: around the supported one, the floor, and those asked for, from the floor to `most_ppm`."""
    least = floor_ppm or 0
    highest = most_ppm - max(by.candidate_steps_ppm)
    middle = max(min(found.rate_ppm if found.rate_ppm is not None else least, highest), least)
    near = {middle + step for step in by.candidate_steps_ppm} | {least, *also}
    return sorted(one for one in near if least <= one <= most_ppm)


def _half_up(above: int, below: int) -> int:
    return (2 * above // below + 1) // 2


def _share(part: int, whole: int) -> int | None:
    return _half_up(part * PPM, whole) if whole > 0 else None
