"""Linkage without handing over names: two owners encode their lists, a third party compares the codes.

    key = new_key()                                       # one for each agreement, shared by the two owners only
    encode_file(people, codes, key, agreement="PKS 12/2026")   # each owner, on the own machine
    links = link_codes(read_codes(register), read_codes(members))   # the third party, without the key

For where clear text is refused; where both lists may lie in one controlled place, `linkage.run` links better and explains why.

What is handed over a record: a row code; an HMAC of the own NIK; 1,024 bits, a Bloom filter of 2,048 for the parts of name,
birth date, sex and place (and of the mother's name where agreed) with its halves XORed; and HMACs of combinations of columns
that candidates are found by. All are keyed by the agreement: codes of two agreements have nothing in common. Rows are sorted
by code.

The codes stay personal data (UU 27/2022), and what follows is not prevented:

- Whoever has the key can encode any guess and look it up. The third party must never have it, nor be one of the owners.
- Frequency: bits and block keys that many records share can be guessed to be frequent names, villages or years by somebody
  who knows how frequent those are (Christen and others 2017 and 2018). Bits of all parts are mixed in one filter and each
  part has its own secret, which makes this harder and not impossible.
- Graph: who is alike to whom within a list can be matched with a known list (Vidanage and others 2020).
- Who knows a person's row in one list learns whether the person is in the other.
- The other owner, who has the key, can recompute row codes of row numbers: use numbers that mean nothing elsewhere.

So: one key for one agreement, deleted with the codes when the result is delivered; the result goes to the owners as codes.
"""

from jamsostek.linkage.hashed.encoder import Encoder, encode, row_codes
from jamsostek.linkage.hashed.fields import MORE
from jamsostek.linkage.hashed.files import encode_file, read_codes, write_codes
from jamsostek.linkage.hashed.keys import fingerprint, new_key, read_key, write_key
from jamsostek.linkage.hashed.link import link_codes

__all__ = [
    "MORE", "Encoder", "encode", "encode_file", "fingerprint", "link_codes", "new_key", "read_codes", "read_key", "row_codes",
    "write_codes", "write_key",
]  # fmt: skip
