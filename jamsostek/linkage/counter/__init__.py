"""Is this one person, typed at a counter, among the members? The model of the batch, answered from an index in milliseconds.

    build(con, INDONESIA, weights, folder)          # after `run.prepare` and `train`, once for each batch
    index = open_index(folder)                      # reads no member
    answer = index.answer({"name": "SITI AMINAH", "birth_date": date(1979, 4, 12)})
    answer.outcome, answer.reasons, answer.candidates[0].pair   # what `decide` says, what `explain.clues` reads

Promises: the pairs, levels, weights and outcomes are those of `score` and `decide` over the tables the index was built from,
for the same record, weights within 1e-6. Two differences, both told:

- A blocking rule that finds more than `Index.most` members is left out (`Answer.skipped`), so that one answer stays bounded.
- Splink counts how frequent a value is in both tables together, and so does the index. Somebody who is on neither list is one
  entry that was not counted: the batch with them added would give a name of one member two bearers, here it has one. That is
  at most 1 bit in their favour for each comparison with rarity. Measured on 500 records taken out of a register (3,000 x
  30,000): the best member's weight moved by 0.2 bits in the mean and by 0.99 at most; 1 of 500 outcomes differed.

Not here: writing. The index is a picture of the members on the day it was built; who joined since is not found.
The folder holds personal data and is as closed as the database: it is made for its owner only.
"""

from jamsostek.linkage.counter.folder import verify
from jamsostek.linkage.counter.index import MOST, Answer, Candidate, Index, open_index
from jamsostek.linkage.counter.writing import build

__all__ = ["MOST", "Answer", "Candidate", "Index", "build", "open_index", "verify"]
