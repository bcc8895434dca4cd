"""The banks that benefits are paid into: what people call them and the code that orders carry (BIC)."""

from __future__ import annotations

from collections.abc import Mapping

BICS: Mapping[str, str] = {
    "BRI": "BRINIDJA", "BNI": "BNINIDJA", "MANDIRI": "BMRIIDJA", "BTN": "BTANIDJA", "BCA": "CENAIDJA", "BSI": "BSMDIDJA",
}  # fmt: skip
"""BIC by the usual short name. Of other banks the code is what was written: a BIC, or a member's number of the clearing."""


def code_of(bank: str) -> str:
    """The code of a bank as people write it."""
    name = "".join(letter for letter in bank.upper() if letter.isalnum())
    return BICS.get(name.removeprefix("BANK"), name)
