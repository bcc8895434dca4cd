"""The policy laboratory: a saved reform, the law as it stands beside it, and what differs for a synthetic nation.

    from jamsostek.coverage.laboratory import read_reform, simulate

    simulate([read_reform(Path("reform.yaml"))], Path("people")).total("by_employer")

Everything rests on the law engine: the reform is an overlay on its figures. People do not react beyond the take-up a reform
states; there is no growth. What is assumed stands in data/assumptions.yaml with its grade.
"""

from jamsostek.coverage.laboratory.reform import Reform, read_reform
from jamsostek.coverage.laboratory.simulation import Result, Scenario, people_of, simulate

__all__ = ["Reform", "Result", "Scenario", "people_of", "read_reform", "simulate"]
