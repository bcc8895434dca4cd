"""The outputs of rules: how a person reads each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jamsostek.law.engine.arrays import EPOCH, NO_DATE, NONE, Ragged


@dataclass(frozen=True)
class Output:
    """One named output: its kind says how a person reads it.

    Kinds: rupiah, count, flag, date, percent (held as 1/100,000 of a per cent: 1750000 = 17.5), region, choice, choices,
    rupiah_list (Ragged of column `rupiah`), rupiah_map (Ragged of columns `key`, `rupiah`).
    """

    name: str
    kind: str = "rupiah"
    options: tuple[str, ...] = ()

    def present(self, value: Any, row: int) -> Any:
        """The value of one row as Python has it; None where the rule gives none."""
        if isinstance(value, Ragged):
            lines = slice(int(value.starts[row]), int(value.starts[row + 1]))
            amounts = value.columns["rupiah"][lines].tolist()
            if self.kind == "rupiah_list":
                return amounts
            keys = value.columns["key"][lines].tolist()
            return {self.options[k] if self.options else k: a for k, a in zip(keys, amounts, strict=True)}
        return _PRESENT[self.kind](int(value[row]), self.options)


def _percent(number: int) -> int | Decimal:
    exact = Decimal(number) / 100_000
    return int(exact) if exact == int(exact) else exact.normalize()


_PRESENT: dict[str, Callable[[int, tuple[str, ...]], Any]] = {
    "rupiah": lambda v, _o: None if v == NONE else v,
    "count": lambda v, _o: None if v == NONE else v,
    "flag": lambda v, _o: bool(v),
    "date": lambda v, _o: None if v == NO_DATE else EPOCH + dt.timedelta(days=v),
    "percent": lambda v, _o: _percent(v),
    "region": lambda v, _o: None if v == NONE else f"{v:06d}",
    "choice": lambda v, o: None if v == NONE else o[v],
    "choices": lambda v, o: [name for bit, name in enumerate(o) if v >> bit & 1],
}
