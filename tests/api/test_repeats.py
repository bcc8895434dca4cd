"""A write repeated under the same key happens once, whoever else sends it at the same moment."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import cast
import pytest
from django.db import connection, connections
from town import Api, make_town, person_in

KEY = "ini-sebuah-kunci"


def count(table: str) -> int:
    """Rows of a table."""
    with cast.everyone(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_the_same_request_has_the_same_answer_and_one_effect(town: SimpleNamespace) -> None:
    body = person_in()
    first = town.as_officer.post("/participants", body, idempotency_key=KEY)
    people = count("registry_participant")
    again = town.as_officer.post("/participants", body, idempotency_key=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["Location"] == first.headers["Location"]
    assert "Idempotent-Replay" not in first.headers
    assert again.headers["Idempotent-Replay"] == "true"
    assert count("registry_participant") == people


def test_the_same_key_for_something_else_is_refused(town: SimpleNamespace) -> None:
    body = person_in("Wati Contoh")
    town.as_officer.post("/participants", body, idempotency_key="kunci-dua")
    for path, other in (("/participants", {**body, "address": "lain"}), ("/sponsors", {"name": "X"})):
        refused = town.as_officer.post(path, other, idempotency_key="kunci-dua")
        assert refused.status_code == 409
        assert refused.json()["type"].endswith("#conflict")


def test_a_key_belongs_to_its_user(town: SimpleNamespace) -> None:
    first = town.as_officer.post("/participants", person_in("Yanti Contoh"), idempotency_key="kunci-tiga")
    second = town.as_supervisor.post("/participants", person_in("Yanto Contoh", sex="m"), idempotency_key="kunci-tiga")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() != second.json()


def test_what_was_refused_keeps_no_key(town: SimpleNamespace) -> None:
    body = person_in("Zaki Contoh", sex="m")
    wrong = town.as_officer.post("/participants", {**body, "regency_code": 1105, "nik": "123"}, idempotency_key="kunci-empat")
    assert wrong.status_code == 422
    assert town.as_officer.post("/participants", body, idempotency_key="kunci-empat").status_code == 201


@pytest.mark.parametrize("key", ["", "short", "x" * 121, "has space in it", "tanda\u00e9asing-panjang"])
def test_a_write_without_a_proper_key_is_told_so(town: SimpleNamespace, key: str) -> None:
    before = count("registry_participant")
    refused = town.as_officer.post("/participants", person_in(), idempotency_key=key)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "Idempotency-Key"
    assert count("registry_participant") == before


def test_what_is_kept_of_an_answer_names_nobody(town: SimpleNamespace) -> None:
    from jamsostek.access.models import DoneRequest

    body = person_in("Namanya Khas")
    town.as_officer.post("/participants", body, idempotency_key="kunci-lima")
    with cast.everyone():
        kept = DoneRequest.objects.get(key="kunci-lima")
    assert "Khas" not in str(kept.answer)
    assert body["nik"] not in str(kept.answer)


def test_fifty_threads_with_one_key_have_one_effect(committed_db: Any) -> None:
    town = make_town()
    people, body = count("registry_participant"), person_in("Serentak Contoh")

    def send(_number: int) -> tuple[int, bytes, str]:
        try:
            answer = Api(town.as_officer.token).post("/participants", body, idempotency_key="serentak")
            return answer.status_code, answer.content, answer.headers.get("Idempotent-Replay", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(send, range(50)))
    assert Counter(status for status, _content, _again in answers) == {201: 50}
    assert len({content for _status, content, _again in answers}) == 1
    assert Counter(again for _status, _content, again in answers) == {"": 1, "true": 49}
    assert count("registry_participant") == people + 1
