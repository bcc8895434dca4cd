"""What clerks do to the words of a name: other forms, titles, initials, words joined, left out or turned round, nicknames.

Every function takes a name in lower case and 32 random bits; one that cannot do its work gives the name back.
"""

from __future__ import annotations

import re

_MUHAMMAD = (
    "muhammad", "muhamad", "mohammad", "mohamad", "mochamad", "mochammad", "muhammat", "muh.", "moh.", "m.", "mhd", "mhd.",
    "md.", "much.", "moch.",
)  # fmt: skip
_AHMAD = ("ahmad", "achmad", "akhmad", "ahmat", "akhmat", "achmat", "a.")
_ABDUL = ("abdul", "abd.", "abd", "abdoel")
_SITI = ("siti", "sitti", "st.", "st", "s.")
FORMS: dict[str, tuple[str, ...]] = {form: forms for forms in (_MUHAMMAD, _AHMAD, _ABDUL, _SITI) for form in forms}
_TITLE_BEFORE = re.compile(r"^(hj?\.) ")
_STARTS = ("nur", "sri", "siti", "dwi", "tri", "eka", "abdul", "ratna", "dewi", "adi", "budi")
_ONSET = "(?:ny|ng|[tdbpkg]r|kh|sy|[^aeiou])"
_SYLLABLE = re.compile(rf"{_ONSET}?[aeiou]+[^aeiou]*?(?={_ONSET}[aeiou]|$)")
_MEN_BEFORE = ("h. ", "h ", "bpk ", "bpk. ", "pak ", "sdr. ", "tn. ", "drs. ", "ust. ", "alm. ", "kh. ", "ir. ")
_WOMEN_BEFORE = ("hj. ", "hj ", "ibu ", "bu ", "ny. ", "ny ", "sdri. ", "dra. ", "ibu ", "almh. ", "nyai ", "mbok ")
_BEHIND = (", s.pd", " s.pd.", " s.pd.i", ", se", ", s.e.", " sh", ", a.md", ", st", ", s.kom", " (alm)", ", s.ag", " s.sos")
_CALLED_BY_MEN, _CALLED_BY_WOMEN = (
    ("pak ", "cak ", "mbah ", "mas ", "kang ", "lek "),
    ("bu ", "mbok ", "mbah ", "yu ", "mbak ", "lek "),
)


def parted(name: str) -> tuple[str, str, str]:
    """Title, name and what stands behind it."""
    before = _TITLE_BEFORE.match(name)
    front = before.group(0) if before else ""
    core, comma, behind = name[len(front) :].partition(",")
    return front, core, comma + behind


def another_form(name: str, bits: int) -> str:
    """Muhammad as Moh., M. or Mochamad, and such."""
    front, core, behind = parted(name)
    first, space, rest = core.partition(" ")
    forms = [form for form in FORMS.get(first, ()) if form != first]
    return f"{front}{forms[bits % len(forms)]}{space}{rest}{behind}" if forms and rest else name


def untitled(name: str, _bits: int) -> str:
    """The name alone."""
    return parted(name)[1]


def titled(name: str, bits: int, is_man: bool, age: int) -> str:
    """A title or a form of address before the name, or a degree behind it."""
    front, core, behind = parted(name)
    kind, bits = bits % 100, bits // 100
    if kind < (78 if age >= 40 else 55):
        # A pilgrim is older; the first two of each list are a pilgrim's. A product of two draws prefers the first ones.
        forms = (_MEN_BEFORE if is_man else _WOMEN_BEFORE)[0 if age >= 40 else 2 :]
        count = len(forms)
        return forms[bits % count * (bits // count % count) // count] + core + behind
    return front + core + _BEHIND[bits % len(_BEHIND)]


def patronymic(name: str, bits: int, is_man: bool, father: str) -> str:
    """`bin` or `binti` and a father's name."""
    front, core, _ = parted(name)
    words = ("bin", "bin", "bin", "b.") if is_man else ("binti", "binti", "binti", "bt.")
    return f"{front}{core} {words[bits % 4]} {father}"


def initial(name: str, bits: int) -> str:
    """One word as a letter: mostly the last of two, else one in the middle or the first."""
    front, core, behind = parted(name)
    words = core.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 2]
    if len(words) < 2 or not long:
        return name
    place = long[-1] if bits % 10 < 7 else long[bits // 10 % len(long)]
    words[place] = words[place][0] + ("." if bits // 100 % 3 else "")
    return front + " ".join(words) + behind


def dropped(name: str, bits: int) -> str:
    """Without one word: mostly the last."""
    front, core, behind = parted(name)
    words = core.split(" ")
    if len(words) < 2:
        return name
    del words[-1 if bits % 10 < 6 else bits // 10 % len(words)]
    return front + " ".join(words) + behind


def joined(name: str, bits: int) -> str:
    """Two words as one; a long word that begins like a name of its own as two."""
    front, core, behind = parted(name)
    words = core.split(" ")
    parts = [(place, start) for place, word in enumerate(words) for start in _STARTS if _begins(word, start)]
    if parts and (len(words) < 2 or bits % 2):
        place, start = parts[bits // 2 % len(parts)]
        words[place] = f"{start} {words[place][len(start) :]}"
    elif len(words) > 1:
        place = bits // 2 % (len(words) - 1)
        words[place : place + 2] = [words[place].rstrip(".") + words[place + 1]]
    return front + " ".join(words) + behind


def _begins(word: str, start: str) -> bool:
    return word.startswith(start) and len(word) >= len(start) + 4


def reversed_words(name: str, _bits: int) -> str:
    """The last word first."""
    front, core, behind = parted(name)
    words = core.split(" ")
    return front + " ".join(words[-1:] + words[:-1]) + behind


def nick(name: str, bits: int, is_man: bool) -> str:
    """What the neighbours say: the last syllables of a word, alone, with a word of address, or behind the name."""
    core = parted(name)[1]
    words = [word for word in core.split(" ") if len(word) > 4 and "." not in word] or core.split(" ")
    word = words[0 if bits % 10 < 6 else -1]
    syllables = _SYLLABLE.findall(word)
    short = "".join(syllables[-(1 if bits // 10 % 3 == 0 else 2) :]) if len(syllables) > 1 else word
    short = short if len(short) > 2 else word
    kind, bits = bits // 32 % 100, bits // 3_200
    if kind < 25:
        forms = _CALLED_BY_MEN if is_man else _CALLED_BY_WOMEN
        return forms[bits % len(forms)] + short
    if kind < 45:
        return core + (" alias ", " al ", " / ", " (")[bits % 4] + short + (")" if bits % 4 == 3 else "")
    rest = core.split(" ")[1:] if word == core.split(" ")[0] else []
    return " ".join([short, *rest]) if kind < 65 else short


def untidy(name: str, bits: int) -> str:
    """The same name with spaces, dots or a comma too many."""
    kind = bits % 8
    if kind < 3 and " " in name:
        return name.replace(" ", "  ", 1)
    if kind < 5:
        return name + " "
    return (name + ".", " " + name, name.replace(" ", ". ", 1) if bits // 8 % 4 == 0 else name + "  ")[kind - 5]
