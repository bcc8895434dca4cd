"""Letters that banks have: what people are called and what is told them, folded to the signs of SWIFT's set X.

Accents go (`Désirée` -> `Desiree`), quotes and dashes become the plain ones, digits of any script become ours; what has no
likeness (emoji, `=`, `"`) leaves a blank. Letters of another script have none either: a name in them would arrive as
another name, so `lost` tells of them and the name is refused.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PLAIN = re.compile(r"[A-Za-z0-9/\-?:().,'+]+(?: [A-Za-z0-9/\-?:().,'+]+)*")
_SIGNS = re.compile(r"[A-Za-z0-9/\-?:().,'+]")
_LIKE = str.maketrans(
    dict.fromkeys('‘’‛`´ʼʻ"“”„', "'")
    | dict.fromkeys("‐‑‒–—―−_", "-")
    | {"&": "+", ";": ",", "…": "...", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
    | {"ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ı": "i"}
)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """A text in the bank's letters, white space single; a text that is so already stays as it is."""
    if _PLAIN.fullmatch(text):
        return text
    return " ".join("".join(map(_sign, _decomposed(text))).split())


def lost(text: str) -> str:
    """The first letter of a text that no letter of the bank is like, or ''."""
    if _PLAIN.fullmatch(text):
        return ""
    return next((sign for sign in _decomposed(text) if _sign(sign) == " " and unicodedata.category(sign)[0] == "L"), "")


def _decomposed(text: str) -> str:
    """Letters apart from their accents, and in their plain form (`ﬁ` -> `fi`, `Ａ` -> `A`)."""
    return unicodedata.normalize("NFKD", text.translate(_LIKE)).translate(_LIKE)


def _sign(sign: str) -> str:
    """What one sign becomes."""
    if _SIGNS.fullmatch(sign):
        return sign
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    return "" if category in ("Mn", "Me", "Cf") else " "
