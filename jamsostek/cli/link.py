"""`jamsostek link`: two lists of people compared, with names or by keyed codes; what comes out is row numbers, not people."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from jamsostek.cli.screen import bar, console, measured
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number, separated
from jamsostek.core.text import N_, _

if TYPE_CHECKING:
    import pyarrow as pa

app = typer.Typer(no_args_is_help=True)
OUTCOMES = {"same": N_("sama"), "ask": N_("perlu ditanyakan"), "different": N_("tidak ditemukan")}
_LINKS, _PAIRS, _MODEL = "links.parquet", "pairs.parquet", "model.json"

Month = Annotated[str, typer.Option("--month", help="Bulan daftar (YYYY-MM), untuk membaca tahun dua angka.")]
Key = Annotated[Path, typer.Option("--key", help="Berkas kunci bersama kedua pemilik daftar.")]


def register(parent: typer.Typer) -> None:
    """Adds the commands."""
    parent.add_typer(app, name="link", help="Padankan dua daftar orang: daftar kemiskinan dengan peserta, atau kode tanpa nama.")


@app.command("look", help="Tunjukkan isi tiap kolom menurut judul dan contohnya; simpan sebagai pemetaan.")
def look_command(
    source: Annotated[Path, typer.Argument(help="XLSX, XLS, ODS, CSV, atau Parquet.")],
    save: Annotated[Path | None, typer.Option("--save", help="Tulis pemetaan ke berkas JSON untuk diperiksa.")] = None,
) -> None:
    """Columns, what each seems to hold and why."""
    from jamsostek.messages.register.fields import title_of
    from jamsostek.messages.register.looked import look

    looked = look(source)
    table = Table(title=source.name)
    for title in (_("Kolom"), _("Judul"), _("Dibaca sebagai"), _("Mengapa"), _("Contoh")):
        table.add_column(title)
    for one in looked.columns:
        table.add_row(one.letter, one.title, ", ".join(map(title_of, one.fields)), one.why, "; ".join(one.samples[:2]))
    console().print(table)
    if save:
        save.write_text(looked.mapping.to_json(), encoding="utf-8")


@app.command("run", help="Padankan satu daftar dengan daftar peserta; hasilnya sama, perlu ditanyakan, atau tidak ditemukan.")
def run_command(
    source: Annotated[Path, typer.Argument(help="Daftar yang dicari orangnya.")],
    members: Annotated[Path, typer.Argument(help="Daftar peserta.")],
    month: Month,
    out: Annotated[Path, typer.Option("--out", help="Folder hasil.")],
    mapping: Annotated[Path | None, typer.Option("--mapping", help="Pemetaan kolom daftar (dari look --save).")] = None,
    members_mapping: Annotated[Path | None, typer.Option("--members-mapping", help="Pemetaan kolom peserta.")] = None,
    memory: Annotated[str, typer.Option("--memory", help="Batas memori mesin.")] = "4GB",
    force: Annotated[bool, typer.Option("--force", help="Ganti hasil yang ada di folder.")] = False,
) -> None:
    """Links, keeps what was decided and why, and says how good it is as far as can be told without the truth."""
    from jamsostek.linkage import quality
    from jamsostek.linkage.decide import USUAL
    from jamsostek.linkage.indonesia import INDONESIA
    from jamsostek.linkage.recall import masked_recall
    from jamsostek.linkage.run import link, prepare, workshop
    from jamsostek.linkage.train import train

    _ready(out, force)
    read = [_Read(source), _Read(members)]
    with measured(_("Pemadanan")), workshop(memory=memory) as con, bar() as progress:
        steps = progress.add_task(_("Membaca daftar"), total=4)
        prepare(con, read[0].people(mapping, month), read[1].people(members_mapping, month))
        progress.update(steps, advance=1, description=_("Mempelajari bobot"))
        weights = train(con, INDONESIA)
        progress.update(steps, advance=1, description=_("Membandingkan"))
        links = link(con, INDONESIA, weights)
        progress.update(steps, advance=1, description=_("Menaksir mutu"))
        recall = masked_recall(con, INDONESIA, weights, at=USUAL.same).recall
        progress.advance(steps)
    decided, pairs = (_said_again(one, read[0].repeated) for one in (links.decided, links.pairs))
    _write(out, decided, pairs, {"thresholds": asdict(USUAL), "weights": asdict(weights), "masked_recall": recall})
    for one in read:
        one.tell()
    _tell(quality.summary(decided), recall)


def _said_again(told: pa.Table, repeated: dict[int, int]) -> pa.Table:
    """Rows that repeat another have its answer, so that every person of the file has one."""
    import pyarrow as pa

    if not repeated:
        return told
    places = pa.table({"row": told["row"], "place": pa.array(range(told.num_rows), pa.int64())})
    found = pa.table({"again": list(repeated), "row": list(repeated.values())}).join(places, "row", join_type="inner")
    return pa.concat_tables([told, told.take(found["place"]).set_column(told.column_names.index("row"), "row", found["again"])])


def _ready(out: Path, force: bool) -> None:
    if out.exists() and any(out.iterdir()) and not force:
        raise InputError(
            _("Folder {path} sudah berisi hasil.").format(path=out),
            field="out",
            remedy=_("Pilih folder lain, atau pakai --force."),
        )
    out.mkdir(parents=True, exist_ok=True)


@dataclass
class _Read:
    """A file read, with what became of its rows."""

    source: Path
    seen: int = 0
    kept: int = 0
    refused: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    repeated: dict[int, int] = field(default_factory=dict)
    """Rows that say again what an earlier row said, and that row."""

    def people(self, mapping: Path | None, month: str) -> Iterator[pa.Table]:
        """The people of a file of any layout, a part at a time; the row of the file is their number."""
        from jamsostek.messages.register.kinds import KINDS
        from jamsostek.messages.register.looked import look
        from jamsostek.messages.register.mapping import Mapping
        from jamsostek.messages.register.reader import read_register

        chosen = Mapping.from_json(mapping.read_text(encoding="utf-8")) if mapping else look(self.source).mapping
        for chunk in read_register(self.source, chosen, month=month):
            self.seen += chunk.counts.seen
            self.kept += chunk.counts.kept
            self.refused += chunk.counts.refused
            self.kinds.update({kind: count for kind, count in chunk.kinds().items() if KINDS[kind].severity == "error"})
            self.repeated |= {one.row or 0: one.detail["first_row"] for one in chunk.problems("row_repeated")}
            yield chunk.rows.rename_columns(["id" if name == "row_number" else name for name in chunk.rows.column_names])

    def tell(self) -> None:
        """How many rows were read and refused, and why."""
        from jamsostek.messages.register.kinds import KINDS

        told = _("{name}: {seen} baris, {kept} dipakai, {refused} ditolak")
        numbers = {what: format_number(getattr(self, what)) for what in ("seen", "kept", "refused")}
        console().print(told.format(name=self.source.name, **numbers), highlight=False)
        for kind, count in self.kinds.most_common():
            console().print(f"  {format_number(count)} × {_(KINDS[kind].problem)}", highlight=False)


def _write(out: Path, decided: pa.Table, pairs: pa.Table, model: dict[str, Any]) -> None:
    """All or nothing: the folder's files change together, at the end."""
    import pyarrow.parquet as pq

    fresh = out / ".new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    pq.write_table(decided, fresh / _LINKS)
    pq.write_table(pairs, fresh / _PAIRS)
    (fresh / _MODEL).write_text(json.dumps(model, indent=1), encoding="utf-8")
    for name in (_LINKS, _PAIRS, _MODEL):
        (fresh / name).replace(out / name)
    fresh.rmdir()


def _tell(counts: dict[str, int], recall: float | None) -> None:
    table = Table()
    table.add_column(_("Hasil"))
    table.add_column(_("Baris"), justify="right")
    for outcome, words in OUTCOMES.items():
        table.add_row(_(words), format_number(counts.get(outcome, 0)))
    console().print(table)
    if recall is not None:
        told = _("Taksiran: {share} % peserta ditemukan juga tanpa NIK (NIK-nya disembunyikan, lalu dicari lagi).")
        console().print(told.format(share=separated(f"{100 * recall:.1f}")), highlight=False)


@app.command("explain", help="Jelaskan satu baris hasil: calon peserta dan petunjuknya.")
def explain_command(
    out: Annotated[Path, typer.Argument(help="Folder hasil dari run.")],
    row: Annotated[int, typer.Argument(help="Nomor baris di daftar.")],
) -> None:
    """The outcome of a row, its candidates and each clue in words."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from jamsostek.linkage.explain import REASONS, bits_text, clues, start_bits

    decided = pq.read_table(out / _LINKS, filters=[("row", "=", row)]).to_pylist()
    if not decided:
        raise InputError(_("Baris {row} tidak ada di hasil ini.").format(row=row), field="row", value=str(row))
    prior = json.loads((out / _MODEL).read_text(encoding="utf-8"))["weights"]["prior"]
    console().print(_("Baris {row}: {outcome}").format(row=row, outcome=_(OUTCOMES[decided[0]["outcome"]])), highlight=False)
    for reason in decided[0]["reasons"]:
        console().print(f"  {_(REASONS[reason])}", highlight=False)
    pairs = pq.read_table(out / _PAIRS, filters=[("row", "=", row)])
    for pair in pairs.take(pc.sort_indices(pairs, [("weight", "descending")])).to_pylist():
        weight, start = bits_text(pair["weight"]), bits_text(start_bits(prior))
        console().print(
            _("Peserta di baris {member}: {weight} (awal {start})").format(member=pair["member"], weight=weight, start=start),
            highlight=False,
        )
        for clue in clues(pair):
            console().print(f"  {clue.sentence}", highlight=False)


# --- without names ---------------------------------------------------------------------------------------------------------


@app.command("key", help="Buat kunci bersama untuk satu perjanjian; sidiknya boleh dibacakan lewat telepon.")
def key_command(path: Annotated[Path, typer.Argument(help="Berkas kunci yang dibuat.")]) -> None:
    """Writes a new key and prints its fingerprint."""
    from jamsostek.linkage import hashed

    console().print(_("Sidik kunci: {mark}").format(mark=hashed.write_key(hashed.new_key(), path)), highlight=False)


@app.command("encode", help="Ubah daftar menjadi kode berkunci di mesin pemiliknya; tanpa NIK dan nama.")
def encode_command(
    source: Annotated[Path, typer.Argument(help="Daftar dengan tata letak apa pun.")],
    target: Annotated[Path, typer.Argument(help="Berkas kode (Parquet).")],
    key: Key,
    agreement: Annotated[str, typer.Option("--agreement", help="Nomor perjanjian; harus sama di kedua pihak.")],
    month: Month,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="Pemetaan kolom (dari look --save).")] = None,
) -> None:
    """Reads the list and writes codes, with the map back to rows beside them for the owner alone."""
    import tempfile

    import pyarrow as pa
    import pyarrow.parquet as pq

    from jamsostek.linkage import hashed
    from jamsostek.linkage.normalise import WRITTEN

    secret = hashed.read_key(key)
    back = target.with_name(f"{target.stem}-rows.parquet")
    schema = pa.schema([(name, kind) for name, kind in WRITTEN.items() if name != "family"])
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".encode-") as place:
        plain = Path(place) / "people.parquet"
        ids: list[pa.Array] = []
        with pq.ParquetWriter(plain, schema) as writer:
            for part in _Read(source).people(mapping, month):
                ids.append(part["id"].combine_chunks())
                writer.write_table(part.select(schema.names).cast(schema))
        count = hashed.encode_file(plain, target, secret, agreement=agreement)
    rows = pa.concat_arrays(ids)
    pq.write_table(pa.table({"code": hashed.row_codes(rows, secret, agreement=agreement), "row": rows}), back)
    console().print(
        _("{count} baris dikodekan ke {target}. Peta kembali ke baris ada di {back}: jangan diserahkan.").format(
            count=format_number(count), target=target, back=back
        ),
        highlight=False,
    )


@app.command("match", help="Bandingkan dua berkas kode; tanpa kunci, tanpa nama.")
def match_command(
    source: Annotated[Path, typer.Argument(help="Kode daftar.")],
    members: Annotated[Path, typer.Argument(help="Kode peserta.")],
    out: Annotated[Path, typer.Option("--out", help="Hasil (Parquet): kode, kode peserta, hasil.")],
) -> None:
    """Writes which codes are of one person."""
    import pyarrow.parquet as pq

    from jamsostek.linkage import hashed, quality

    found = hashed.link_codes(hashed.read_codes(source), hashed.read_codes(members))
    pq.write_table(found, out)
    _tell(quality.summary(found), None)
