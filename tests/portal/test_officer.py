"""The pages of an office: who sees whom, what each action does after being asked twice, and what is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from desks import Town, build, text_of, undone
from django.urls import get_resolver


@pytest.fixture(scope="module")
def town(module_db: Any) -> Town:
    """The people and their users."""
    return build()


@pytest.fixture(autouse=True)
def _undone(town: Town) -> Iterator[None]:
    with undone():
        yield


PAGES = (
    "/kantor/", "/kantor/berkas/", "/kantor/cari/", "/kantor/cari/?cari=siti", "/kantor/daftar/", "/kantor/kartu/",
    "/kantor/kartu/lembar/", "/kantor/perusahaan/", "/kantor/perusahaan/daftar/", "/kantor/pembayar/", "/kantor/pembayar/daftar/",
    "/kantor/ganda/", "/kantor/ganda/?bagian=selesai", "/kantor/gabungan/",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_for_each_officer(town: Town, path: str) -> None:
    for who in ("officer", "supervisor", "head"):
        assert text_of(town.client(who).get(path))
