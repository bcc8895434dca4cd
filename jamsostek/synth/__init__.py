"""A synthetic nation that adds up to the published statistics: people of no one, for trials at every size.

Promises: the published figures come out to the person; the same seed gives the same bytes; no NIK is anyone's; what
rests on an assumption says so in the report.
"""

from jamsostek.synth.population import synth
from jamsostek.synth.report import SynthReport

__all__ = ["SynthReport", "synth"]
