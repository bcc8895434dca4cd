"""A list brought in from the command line: received, read, shown, confirmed, written, by the same actions as everywhere.

Run again after an interruption, it finds its own upload and goes on where that stands.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jamsostek.cli.installation import installation
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _

if TYPE_CHECKING:
    from jamsostek.registry.models import Upload

POLL = 0.3


@dataclass(frozen=True)
class Bulk:
    """One file for one employer (`at_work`) or sponsor."""

    source: Path
    number: str
    at_work: bool
    month: int
    overwrite: bool

    def run(self, *, confirm: bool, say: Callable[[str], None]) -> bool:
        """Takes the file as far as it may go; returns whether rows have to be mended."""
        from jamsostek.registry.choices import UploadState

        upload = self._received()
        self._follow(upload.pk, (UploadState.RECEIVED, UploadState.READING), _("Membaca {name}").format(name=self.source.name))
        upload = self._now(upload.pk)
        if upload.state == UploadState.READY and confirm:
            self._confirm(upload.pk)
            self._follow(upload.pk, (UploadState.WRITING,), _("Mencatat {name}").format(name=self.source.name))
            upload = self._now(upload.pk)
        return self._told(upload, say)

    def _received(self) -> Upload:

        try:
            content = self.source.read_bytes()
        except OSError as error:
            raise InputError(
                _("Berkas {path} tidak dapat dibuka.").format(path=self.source), remedy=_("Periksa nama dan foldernya.")
            ) from error
        with installation("registry import"):
            from jamsostek.registry.actions import uploads
            from jamsostek.registry.queries import registers

            whose = {"employer_id": registers.employer_by_npp(self.number).pk} if self.at_work else {
                "sponsor_id": registers.sponsor_by_number(self.number).pk
            }  # fmt: skip
            layout = "employer" if self.at_work else "sponsor"
            return uploads.receive(
                content=content, file_name=self.source.name, layout=layout, month=self.month, overwrite=self.overwrite, **whose
            )

    def _confirm(self, upload_id: int) -> None:

        with installation("registry import") as now:
            from jamsostek.registry.actions import uploads

            uploads.confirm(upload_id=upload_id, now=now)

    def _now(self, upload_id: int) -> Upload:

        with installation("registry import"):
            from jamsostek.registry.queries import uploads

            return uploads.get(upload_id)

    def _follow(self, upload_id: int, while_in: Sequence[Any], title: str) -> None:
        """Does the work, or watches a worker that has it in hand already, until the state changes."""
        from jamsostek.cli.screen import bar

        with bar() as progress, ThreadPoolExecutor(1) as beside:
            task, work = progress.add_task(title, total=None), None
            while (upload := self._now(upload_id)).state in while_in:
                progress.update(task, total=upload.rows_good or None, completed=upload.rows_done)
                if work is None or work.done():
                    if work is not None:
                        work.result()
                    work = beside.submit(_step, upload_id)
                time.sleep(POLL)
            if work is not None:
                work.result()

    def _told(self, upload: Upload, say: Callable[[str], None]) -> bool:
        from jamsostek.registry.choices import TITLES, UploadState

        if upload.state == UploadState.FAILED:
            raise InputError(upload.error)
        with installation("registry import"):
            from jamsostek.registry.queries import uploads

            for one in (*uploads.groups(upload), *uploads.verdict_groups(upload)):
                say(f"{format_number(one.count)} × {one.title} → {one.remedy}")
            wrong = uploads.wrong_rows(upload)
            content = uploads.returned_file(upload) if wrong else b""
        say(
            _("{state}: {total} baris, {good} baik, {wrong} perlu diperbaiki.").format(
                state=_(TITLES[UploadState][upload.state]),
                total=format_number(upload.rows_total),
                good=format_number(upload.rows_good),
                wrong=format_number(wrong),
            )
        )
        if upload.state == UploadState.READY:
            say(_("Belum ada yang dicatat. Jalankan lagi dengan --confirm untuk mencatat baris yang baik."))
        if wrong:
            say(_("Baris yang perlu diperbaiki: {path}").format(path=self._returned(content)))
        return bool(wrong)

    def _returned(self, content: bytes) -> Path:
        from jamsostek.messages.tables.books import written_whole

        target = self.source.with_name(f"{self.source.stem}_perbaikan.xlsx")
        with written_whole(target) as (whole, _scratch):
            whole.write_bytes(content)
        return target


def _step(upload_id: int) -> None:
    """Reads or writes in this thread; whichever the upload is not waiting for does nothing."""
    from django.db import connections

    from jamsostek.registry.actions import uploads

    now = dt.datetime.now(dt.UTC)
    try:
        uploads.read(upload_id, now=now)
        uploads.write(upload_id, today=now.astimezone(dt.timezone(dt.timedelta(hours=7))).date(), now=now)
    finally:
        connections.close_all()
