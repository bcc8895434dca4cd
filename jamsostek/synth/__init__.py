"""A synthetic nation that adds up to the published statistics: people of no one, for trials at every size.

Promises: what is published comes out to the person; the same seed gives the same bytes (with the same versions of NumPy
and Arrow), whatever the number of threads; what rests on an assumption says so in the report.

No NIK is anyone's: all end in the serial 0000, which is never issued. They are unique up to 80 million people: within a
regency, birth date and sex the sub-district keeps them apart, and beyond 99 people they would repeat (the report counts
how many do). `participant` is unique always. The region in a NIK is the regency of domicile, with no one moved.

Columns of every partition: participant, nik, name, sex, birth_date, regency, segment, wage_rupiah (income for bpu, 0 for
migrants), and what the law asks of a segment: pu risk_class, scale, labour_intensive, jkp_member; bpu sector, payer,
jht_member; migrant route, contract_months, contract_start (YYYYMM). Construction workers carry the risk class very_high
and the scale micro, so that the rule for wage workers gives theirs. Elsewhere these columns hold the first choice,
false or 0. Nothing is null; rows are sorted by segment.
"""

from jamsostek.synth.population import synth
from jamsostek.synth.report import SynthReport

__all__ = ["SynthReport", "synth"]
