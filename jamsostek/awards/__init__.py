"""The Paritrana Award: earned in the data, judged by juries that do not see each other's marks, proved in public.

An edition is data (`editions/*.yaml`); what is measured is frozen in a snapshot with a digest; whoever may can compute the
result again from it.
"""
