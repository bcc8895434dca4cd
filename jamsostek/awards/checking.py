"""Whether the parts of an edition fit each other. Pure."""

from __future__ import annotations

from collections.abc import Callable

from jamsostek.awards.choices import SUBJECTS
from jamsostek.awards.edition import MILLION, Category, Criterion, Edition, told
from jamsostek.awards.measures.names import SUBJECT_OF
from jamsostek.core.errors import InputError, nearest
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_percent
from jamsostek.core.text import _

Wrong = Callable[[str, str, str], InputError]
"""Place, message and way out to an error."""
MOST_ZONES = 9
"""A zone is numbered with one digit; provinces begin at 11."""


def check(edition: Edition, wrong: Wrong) -> None:
    """Raises what `wrong` makes of the first thing that does not fit."""
    _days(edition, wrong)
    _zones(edition, wrong)
    for criterion in edition.criteria.values():
        _criterion(edition, criterion, wrong)
    for category in edition.categories.values():
        _category(edition, category, wrong)


def _days(edition: Edition, wrong: Wrong) -> None:
    days = edition.days
    ordered = [days.nominate_from, days.nominate_until, days.evidence_until]
    if ordered != sorted(ordered) or any(day <= days.evidence_until for day in days.marks_until.values()):
        raise wrong(
            "days", _("Tanggal edisi ini tidak berurutan."),
            _("Pencalonan dibuka, ditutup, bukti ditutup, lalu penilaian ditutup."),
        )  # fmt: skip
    if edition.baseline_month >= edition.measured_month:
        raise wrong(
            "baseline_month", _("Bulan pembanding tidak sebelum bulan ukuran."),
            _("Pilih bulan yang lebih awal, misalnya setahun."),
        )  # fmt: skip
    levels = {stage.level for category in edition.categories.values() for stage in category.stages}
    for level in sorted(levels):
        if level not in edition.juries:
            raise wrong("juries", _("Juri untuk tingkat {level} tidak ada.").format(level=level), _("Tambahkan jurinya."))
        if level not in days.marks_until:
            raise wrong(
                "days.marks_until", _("Hari terakhir penilaian tingkat {level} tidak ada.").format(level=level),
                _("Tambahkan tanggalnya."),
            )  # fmt: skip


def _zones(edition: Edition, wrong: Wrong) -> None:
    placed = [province for members in edition.zones.values() for province in members]
    missing, twice = sorted(set(PROVINCES) - set(placed)), sorted({one for one in placed if placed.count(one) > 1})
    unknown = sorted(set(placed) - set(PROVINCES))
    if missing or twice or unknown or len(edition.zones) > MOST_ZONES:
        named = ", ".join(map(str, missing or twice or unknown))
        raise wrong(
            "zones", _("Setiap provinsi harus ada di tepat satu zona: {codes}.").format(codes=named),
            _("Tambahkan provinsi yang belum ada, atau hapus yang ganda."),
        )  # fmt: skip


def _criterion(edition: Edition, one: Criterion, wrong: Wrong) -> None:
    place = f"criteria.{one.key}"
    for kind in one.evidence:
        if kind not in edition.evidence:
            raise wrong(f"{place}.evidence", _("Jenis bukti {name} tidak ada.").format(name=kind), _("Tambahkan di evidence."))
    marks = [step.marks for step in one.rubric]
    if (one.kind == "judged" and not marks) or (marks and (marks != sorted(set(marks)) or marks[0] != 0)):
        raise wrong(
            f"{place}.rubric", _("Pedoman nilai untuk {name} tidak lengkap.").format(name=told(one.title)),
            _("Tulis langkah nilai dari 0 sampai 100, makin besar makin baik."),
        )  # fmt: skip
    if one.kind == "measured" and not one.measure:
        raise wrong(
            f"{place}.measure", _("{name} diukur, tetapi tidak disebut dengan apa.").format(name=told(one.title)),
            _("Pilih salah satu ukuran yang ada."),
        )  # fmt: skip
    if one.kind == "measured" and one.measure not in SUBJECT_OF:
        close = nearest(one.measure, SUBJECT_OF)
        raise wrong(
            f"{place}.measure", _("Tidak ada ukuran bernama {name}.").format(name=one.measure),
            _("Maksud Anda {name}?").format(name=close) if close else _("Pilih salah satu ukuran yang ada."),
        )  # fmt: skip


def _category(edition: Edition, one: Category, wrong: Wrong) -> None:
    place = f"categories.{one.key}"
    names = [weighed.criterion for weighed in one.criteria]
    total = sum(weighed.weight_ppm for weighed in one.criteria)
    if total != MILLION or any(weighed.weight_ppm <= 0 for weighed in one.criteria):
        raise wrong(
            f"{place}.criteria", _("Bobot {name} berjumlah {total}.").format(name=one.name, total=format_percent(total)),
            _("Bobot semua ukuran harus lebih dari nol dan berjumlah 100 persen."),
        )  # fmt: skip
    if len(set(names)) != len(names):
        raise wrong(
            f"{place}.criteria", _("Satu ukuran tertulis dua kali di {name}.").format(name=one.name), _("Hapus salah satunya.")
        )
    for name in names:
        criterion = edition.criteria[name]
        if criterion.kind == "measured" and one.subject not in SUBJECT_OF[criterion.measure]:
            words = _("{criterion} bukan ukuran untuk {subject}.")
            raise wrong(
                f"{place}.criteria", words.format(criterion=told(criterion.title), subject=_(SUBJECTS[one.subject])),
                _("Pilih ukuran yang lain."),
            )  # fmt: skip
    if set(one.tie_breaks) - set(names) or len(set(one.tie_breaks)) != len(one.tie_breaks):
        raise wrong(
            f"{place}.tie_breaks", _("Penentu nilai sama di {name} bukan ukurannya.").format(name=one.name),
            _("Pilih dari ukuran kategori itu, masing-masing sekali."),
        )  # fmt: skip
    for name in names:
        criterion = edition.criteria[name]
        if criterion.kind == "measured" and one.subject not in SUBJECT_OF[criterion.measure]:
            raise wrong(
                f"{place}.criteria", _("{name} tidak diukur untuk yang dinilai di sini.").format(name=told(criterion.title)),
                _("Pilih ukuran lain untuk kategori ini."),
            )  # fmt: skip
    if one.normalise == "benchmark" and any(
        not weighed.benchmark_ppm and edition.criteria[weighed.criterion].kind == "measured" for weighed in one.criteria
    ):
        raise wrong(
            f"{place}.criteria", _("{name} dinilai terhadap patokan, tetapi patokannya tidak lengkap.").format(name=one.name),
            _("Isi patokan untuk setiap ukuran."),
        )  # fmt: skip
    if any(stage.level == "province" and stage.promoted for stage in one.stages) and len(one.stages) < 2:
        raise wrong(
            f"{place}.stages", _("{name} maju ke tingkat nasional yang tidak ada.").format(name=one.name),
            _("Tambahkan tahap nasional, atau tulis promoted: 0."),
        )  # fmt: skip
    if one.subject == "province" and any(stage.level == "province" for stage in one.stages):
        raise wrong(
            f"{place}.stages", _("Provinsi tidak bersaing di dalam provinsinya sendiri."), _("Pakai tingkat nasional saja.")
        )
