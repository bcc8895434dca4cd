"""Editions whose days lie around the database's own now, and people who compete in them."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from tests import cast

HOUR = dt.timedelta(hours=1)
EDITION = "peragaan-2026"
ROKAN, JATIM, JATENG = 3515, 35, 33


def edition(
    *,
    nominate_from: dt.timedelta = -30 * 24 * HOUR,
    nominate_until: dt.timedelta = 24 * HOUR,
    evidence_until: dt.timedelta = 48 * HOUR,
    opened: bool = True,
) -> Any:
    """The sample edition, with moments told from the database's now. Call as the installation."""
    from jamsostek.awards import reading as editions
    from jamsostek.awards.deciding import deciding_digest
    from jamsostek.awards.models import Edition, Step, Version
    from jamsostek.awards.queries.entries import database_now

    now, text = database_now(), editions.samples()[EDITION]
    made = Edition.objects.create(code=EDITION)
    with cast.as_user(committee("penulis")):
        Version.objects.create(
            edition=made, number=1, content=text, digest=editions.digest_of(text), nominate_from=now + nominate_from,
            nominate_until=now + nominate_until, evidence_until=now + evidence_until, marking=editions.read(text).marking(),
            deciding=deciding_digest(editions.read(text)),
        )  # fmt: skip
    if opened:
        Step.objects.create(edition=made, step="opened")
    return made


def moved(made: Any, **moments: dt.timedelta) -> None:
    """Another version of an edition with other moments, again from the database's now."""
    from jamsostek.awards.models import Version
    from jamsostek.awards.queries.entries import database_now

    last, now = made.versions.first(), database_now()
    told = {name: getattr(last, name) for name in ("nominate_from", "nominate_until", "evidence_until")}
    told |= {name: now + after for name, after in moments.items()}
    Version.objects.create(
        edition=made,
        number=last.number + 1,
        content=last.content,
        digest=last.digest,
        reason="Uji batas waktu",
        marking=last.marking,
        deciding=last.deciding,
        **told,
    )


def officer(name: str = "dinas", target: int = cast.SIDOARJO) -> Any:
    """A region's officer."""
    return cast.user(name, "regional_officer", "region", target)


def committee(name: str = "panitia", province: int | None = None) -> Any:
    """Somebody of the national committee, or of a province's."""
    return cast.user(name, "award_committee", "nation" if province is None else "region", province or 0)


def entered(user: Any, subject_code: int = cast.SIDOARJO, category: str = "regency_coverage", subject: str = "regency") -> Any:
    """A nomination by somebody."""
    from jamsostek.awards.actions import entries

    with cast.as_user(user):
        return entries.nominate(edition=EDITION, category=category, subject=subject, subject_code=subject_code)


def pdf(words: str = "Uraian inovasi contoh") -> bytes:
    """A page of PDF, drawn as anybody would make one."""
    import pikepdf

    with pikepdf.new() as book:
        page = book.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=book.make_indirect(font)))
        page.Contents = book.make_stream(f"BT /F1 18 Tf 72 720 Td ({words}) Tj ET".encode())
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


def photo(colour: str = "navy", form: str = "JPEG") -> bytes:
    """A picture."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (900, 700), colour).save(out, form)
    return out.getvalue()


def send(user: Any, entry: str, content: bytes | None = None, **given: Any) -> Any:
    """A file sent by somebody for the innovation of an entry."""
    from jamsostek.awards.actions import evidence

    facts: dict[str, Any] = {
        "criterion": "innovation", "kind": "innovation", "file_name": "inovasi.pdf", "title": "Desa sadar jaminan sosial",
        "summary": "Kader mendata pekerja dari rumah ke rumah.",
    } | given  # fmt: skip
    with cast.as_user(user):
        return evidence.send(entry=entry, content=pdf() if content is None else content, **facts)


def regulation(region: int = cast.SIDOARJO, number: str = "12", year: int = 2025, *, confirmed: bool = True, **given: Any) -> Any:
    """A regulation of a region in the register, entered and confirmed by two. Call as the installation."""
    from jamsostek.outreach.actions import regulations as actions

    facts: dict[str, Any] = {
        "region_code": region, "kind": "perkada", "number": number, "year": year, "signed_on": dt.date(year, 3, 3),
        "title": f"Perlindungan pekerja rentan {number}", "settles": ("groups",), "in_force_from": dt.date(year, 3, 3),
    } | given  # fmt: skip
    first = cast.user(f"catat-{region}-{number}", "regional_head", "region", region // 1 if region < 100 else region)
    second = cast.user(f"sah-{region}-{number}", "regional_head", "region", region)
    with cast.as_user(first):
        made = actions.enter(
            regulation=actions.NewRegulation(**facts), content=pdf(f"Peraturan {region} {number}"), file_name="naskah.pdf",
            today=cast.TODAY,
        )  # fmt: skip
    if confirmed:
        with cast.as_user(second):
            actions.confirm(code=made.code, today=cast.TODAY)
    return made
