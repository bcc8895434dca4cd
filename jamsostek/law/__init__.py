"""The law: written once, over arrays of whole rupiah, and explained by itself.

    from jamsostek import law

    law.calculate("contribution.pu", month="2025-03", wage_rupiah=6_000_000, risk_class="medium")
    law.explain("contribution.pu", month="2025-03", wage_rupiah=6_000_000, risk_class="medium").text()
    law.calculate_many("contribution.pu", month=202503, wage_rupiah=wages, risk_class=classes)
    law.law_at("2025-03").rupiah("jp.ceiling")
    law.differences(kept, law.figures_in_force("contribution.pu", "2025-03"))

`RULES` holds every rule by name; `law_at`/`law_on` the figures of a month or day, as known on a day and under chosen readings;
`figures_in_force` those one rule stands on, to be kept beside an amount.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from jamsostek.law.engine import NO_DATE, NONE, RULES, Ragged, Rule, calculate, calculate_many, get_rule
from jamsostek.law.explanation import Explanation, explain
from jamsostek.law.figures import ParameterError
from jamsostek.law.parameters import Law, NoLawError, Parameters, law_at, law_on, load
from jamsostek.law.snapshot import FigureChange, differences, figures_in_force

__all__ = [
    "NONE", "NO_DATE", "RULES", "Explanation", "FigureChange", "Law", "NoLawError", "ParameterError", "Parameters", "Ragged",
    "Rule", "calculate", "calculate_many", "differences", "explain", "figures_in_force", "get_rule", "law_at", "law_on", "load",
]  # fmt: skip


def _read_folders() -> None:
    """Imports the rules of every folder of the law, so that a new folder needs no entry anywhere."""
    for path in sorted(Path(__file__).parent.glob("*/*.py")):
        if path.name != "__init__.py":
            importlib.import_module(f"{__name__}.{path.parent.name}.{path.stem}")


_read_folders()
