"""Files are kept under their content and their key: whoever keeps the same content at the same moment spoils nobody's."""

from __future__ import annotations

import datetime as dt

import pytest

from jamsostek.access.vault import new_key
from jamsostek.files import actions as files
from jamsostek.files.actions import FileGone
from jamsostek.files.models import StoredFile
from tests import cast


def test_the_same_content_kept_by_two_at_once_is_read_by_the_key_that_stands(db: None) -> None:
    with cast.everyone():
        digest = files.store(b"akta kematian", retention="claim")
        first = StoredFile.objects.get(pk=digest).wrapped
        # Another worker looked before the row was there, and writes the same content under a key of its own.
        key, wrapped = new_key(f"file:{digest}")
        files._write(files._path(digest, wrapped), files._seal(key.cipher, digest, b"akta kematian"))
        assert files.read(digest) == b"akta kematian"
        StoredFile.objects.filter(pk=digest).update(wrapped=wrapped)  # its row came last
        assert files.read(digest) == b"akta kematian"
        StoredFile.objects.filter(pk=digest).update(wrapped=first)
        assert files.read(digest) == b"akta kematian"


def test_what_was_forgotten_is_gone_and_may_be_kept_anew(db: None) -> None:
    with cast.everyone():
        digest = files.store(b"surat dokter", retention="claim")
        files.forget(digest, now=dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
        with pytest.raises(FileGone):
            files.read(digest)
        assert files.store(b"surat dokter", retention="claim") == digest
        assert files.read(digest) == b"surat dokter"
