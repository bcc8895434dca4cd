"""The words registers use for a choice: relation, marriage, whether somebody lives, answers, decile."""

from __future__ import annotations

import re
from typing import Any

from jamsostek.messages.roster import choices
from jamsostek.messages.tables import cells
from jamsostek.messages.tables.cells import BLANK, Reading, is_blank, text_of

_WORDS: dict[str, dict[str, str]] = {
    "relation": {
        "head": "kepala keluarga; kepala rumah tangga; kk; krt; kepala; 1; kep keluarga; kep kel; kepala kel",
        "spouse": "istri; isteri; suami; istri suami; pasangan; suami istri; 2; 3; istri kepala keluarga",
        "child": "anak; anak kandung; 4; anak tiri; anak angkat; famili anak",
        "child_in_law": "menantu; 5",
        "grandchild": "cucu; 6; cicit",
        "parent": "orang tua; orangtua; ayah; ibu; bapak; 7; ortu",
        "parent_in_law": "mertua; 8; orang tua mertua",
        "other": "lainnya; lain; famili lain; family lain; saudara; keponakan; kakak; adik; pembantu; 9; 10; 11; "
            "famili; sopir; nenek; "
        "kakek; ipar; lain lain; pembantu rumah tangga; sepupu",
    },
    "marital": {
        "single": "belum kawin; belum menikah; bk; lajang; tidak kawin; b; 1; belum",
        "married": "kawin; menikah; k; nikah; sudah menikah; kawin tercatat; kawin belum tercatat; kawin tidak tercatat; 2; "
        "kawin nikah; sudah kawin",
        "divorced": "cerai hidup; ch; cerai; janda cerai; duda cerai; 3; cerai belum tercatat; cerai hidup tercatat; ch tercatat",
        "widowed": "cerai mati; cm; janda; duda; janda mati; duda mati; 4; janda meninggal; cerai mati tercatat",
    },
    "civil_status": {
        "alive": "hidup; ada; aktif; domisili; menetap; tinggal bersama; 1; masih hidup; tinggal di rumah ini; tidak "
            "meninggal; sesuai; "
        "tetap; ditemukan; padan; tidak; penduduk tetap; warga tetap",
        "dead": "meninggal; meninggal dunia; md; wafat; mati; almarhum; almarhumah; alm; almh; 2; tutup usia; ya; ya meninggal",
        "moved": "pindah; pindah domisili; pindah alamat; pindah penduduk; sudah pindah; 3; merantau; tidak "
            "ditemukan; pindah datang; "
        "pindah desa; pindah kk; tidak tinggal di rumah ini; keluar desa",
    },
}  # fmt: skip
_MEANINGS = {
    field: {word: value for value, words in meant.items() for word in words.split("; ")} for field, meant in _WORDS.items()
}
_PROBLEMS = {"relation": "relation_unknown", "marital": "marital_unknown", "civil_status": "civil_status_unknown"}
_NUMBERED = re.compile(r"^\d{1,2}\s*[.):\-]\s*(?=[A-Za-z])")
_DEAD = re.compile(r"\b(meninggal|wafat|almarhum|almarhumah|tutup usia)\b", re.IGNORECASE)
_MOVED = re.compile(r"\bpindah\b", re.IGNORECASE)
_DECILE = re.compile(r"(?:desil|decile|d)?[\s\-:]*0*(\d{1,3})(?:[.,]0+)?", re.IGNORECASE)
_ROMAN = {name: at for at, name in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"), 1)}
_COUNT = re.compile(r"(\d{1,2})(?:[.,]0+)?(?:\s*(?:orang|anak|jiwa))?", re.IGNORECASE)
MOST_CHILDREN = 20


def choice(field: str, cell: Any) -> Reading:
    """Relation, marital or civil status; `1. Kepala Keluarga` and bare codes of the national forms too."""
    if is_blank(cell):
        return BLANK
    word = choices.plain(_NUMBERED.sub("", text_of(cell)))
    found = _MEANINGS[field].get(word)
    return Reading(found) if found else Reading(None, _PROBLEMS[field])


def sex(cell: Any) -> Reading:
    """'male' or 'female'; also 1 and 2 of the national forms."""
    text = _NUMBERED.sub("", text_of(cell))
    return Reading({"1": "male", "2": "female"}[text]) if text in ("1", "2") else cells.sex(text)


def decile(cell: Any) -> Reading:
    """1 to 10; problem decile_outside."""
    if is_blank(cell):
        return BLANK
    text = text_of(cell)
    found = _DECILE.fullmatch(text)
    number = int(found[1]) if found else _ROMAN.get(text.lower().removeprefix("desil").strip(), 0)
    return Reading(number) if 1 <= number <= 10 else Reading(None, "decile_outside")


def children(cell: Any) -> Reading:
    """A number of children; problem children_unclear."""
    if is_blank(cell):
        return BLANK
    found = _COUNT.fullmatch(text_of(cell))
    if not found or int(found[1]) > MOST_CHILDREN:
        return Reading(None, "children_unclear")
    return Reading(int(found[1]))


def answer(cell: Any) -> Reading:
    """Yes or no; problem answer_unknown."""
    if is_blank(cell):
        return BLANK
    word = choices.plain(cell)
    if word in ("pns", "asn", "tni", "polri", "pppk", "p3k", "ada"):
        return Reading(True)
    return Reading(False) if word in ("non asn", "bukan", "tidak ada", "2") else choices.answer(cell)


def income(cell: Any) -> Reading:
    """A month's rupiah; problem income_unclear."""
    reading = cells.amount(cell)
    return Reading(reading.value) if reading.value is not None or not reading.problem else Reading(None, "income_unclear")


def disability(cell: Any) -> Reading:
    """A type of disability; problem disability_type_unknown."""
    return choices.choice("disability_type", cell)


def hint(text: str) -> str:
    """'dead' or 'moved' where a note says so."""
    return "dead" if _DEAD.search(text) else "moved" if _MOVED.search(text) else ""
