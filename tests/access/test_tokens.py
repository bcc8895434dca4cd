"""API tokens: a part of what their owner may, for a year at most, seen once."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from jamsostek.access.actions.tokens import FORM, find_token, issue_token, revoke_token
from jamsostek.access.errors import Refused
from jamsostek.access.models import ApiToken
from jamsostek.access.roles import Can
from jamsostek.access.scope import acting, scope_of
from jamsostek.access.words import CANS
from jamsostek.core.errors import InputError
from tests import cast
from tests.access.doorway import actions_about, sign_in, text_of

pytestmark = pytest.mark.usefixtures("limits")
LATER = cast.NOW + dt.timedelta(days=30)


@pytest.fixture
def clerk() -> Any:
    with cast.everyone():
        firm = cast.employer()
    return cast.user("staf.upah", "employer_clerk", "employer", firm.pk)


def made_by(user: Any, scopes: tuple[str, ...] = ("employ",), expires: dt.datetime = LATER, name: str = "Program upah") -> Any:
    with cast.as_user(user):
        return issue_token(name=name, scopes=scopes, expires_at=expires, now=cast.NOW)


def test_a_token_is_found_by_its_text_and_only_its_hash_is_kept(clerk: Any) -> None:
    issued = made_by(clerk)
    assert re.fullmatch(r"jk_[A-Za-z0-9_-]{43}", issued.text)
    assert find_token(issued.text, cast.NOW) == (clerk, frozenset({Can.EMPLOY}))
    assert issued.text not in str(list(ApiToken.objects.values()))
    assert FORM.fullmatch(issued.text)


@pytest.mark.parametrize("text", ["", "jk_", "jk_" + "a" * 43, "JK_" + "a" * 43, "jk_" + "a" * 44, "x" * 46])
def test_what_is_no_token_is_found_nowhere(clerk: Any, text: str) -> None:
    assert find_token(text, cast.NOW) is None


def test_a_token_ends_with_its_time_its_revocation_and_its_owner(clerk: Any) -> None:
    issued = made_by(clerk)
    assert find_token(issued.text, LATER) is None
    clerk.is_active = False
    clerk.save()
    assert find_token(issued.text, cast.NOW) is None
    clerk.is_active = True
    clerk.save()
    with cast.as_user(clerk):
        revoke_token(token_id=issued.token_id, now=cast.NOW)
    assert find_token(issued.text, cast.NOW) is None
    assert actions_about(clerk) == ["token.issued", "token.revoked"]


def test_a_token_allows_no_more_than_its_owners_roles_at_that_moment(clerk: Any) -> None:
    user, allowed = find_token(made_by(clerk).text, cast.NOW)
    assert scope_of(user, cast.MONTH, allowed=allowed).may(Can.EMPLOY)
    clerk.grants.update(ended_at=cast.NOW)
    assert not scope_of(user, cast.MONTH, allowed=allowed).may(Can.EMPLOY)


@pytest.mark.parametrize(
    ("scopes", "expires", "name", "field"),
    [
        (("merge",), LATER, "Program", "scopes"),
        (("nothing",), LATER, "Program", "scopes"),
        ((), cast.NOW + dt.timedelta(days=367), "Program", "expires"),
        ((), cast.NOW, "Program", "expires"),
        ((), LATER, " ", "name"),
    ],
)
def test_a_token_beyond_the_rules_is_refused(clerk: Any, scopes: Any, expires: Any, name: str, field: str) -> None:
    with pytest.raises(InputError) as told:
        made_by(clerk, scopes, expires, name)
    assert told.value.field == field


def test_what_only_people_do_is_in_no_token() -> None:
    head = cast.user("pusat", "head_office")
    for can in ("give_grant", "reset_login", "erase", "merge", "show_secret"):
        with pytest.raises(InputError):
            made_by(head, (can,))


def test_a_token_makes_no_token(clerk: Any) -> None:
    with acting(scope_of(clerk, cast.MONTH, allowed=frozenset({Can.EMPLOY}))), pytest.raises(Refused):
        issue_token(name="Anak", scopes=(), expires_at=LATER, now=cast.NOW)


def test_nobody_revokes_the_token_of_another(clerk: Any) -> None:
    issued, other = made_by(clerk), cast.user("orang.lain", "auditor")
    with cast.as_user(other), pytest.raises(Refused):
        revoke_token(token_id=issued.token_id, now=cast.NOW)


def test_twenty_tokens_are_enough(clerk: Any) -> None:
    for _one in range(20):
        made_by(clerk)
    with pytest.raises(InputError, match="Sudah ada 20 token"):
        made_by(clerk)


def test_when_a_token_was_used_is_noted_once_a_minute(clerk: Any) -> None:
    text = made_by(clerk).text
    for seconds in (0, 30, 90):
        find_token(text, cast.NOW + dt.timedelta(seconds=seconds))
    assert ApiToken.objects.get().last_used_at == cast.NOW + dt.timedelta(seconds=90)


def test_the_page_makes_shows_once_and_revokes(client: Any, clerk: Any) -> None:
    sign_in(client, "staf.upah")
    assert client.get("/akun/token/").status_code == 200
    page = text_of(client.get("/akun/token/baru/"))
    assert 'value="employ"' in page
    assert 'value="merge"' not in page
    answer = client.post("/akun/token/baru/", {"name": "Program upah", "scopes": ["employ"], "days": "90"})
    text = re.search(r"jk_[A-Za-z0-9_-]{43}", text_of(answer))[0]
    assert answer["Cache-Control"] == "no-store"
    listed = text_of(client.get("/akun/token/"))
    assert text not in listed
    assert text[-4:] in listed
    row = ApiToken.objects.get()
    assert client.get(f"/akun/token/{row.pk}/cabut/").status_code == 200
    assert client.post(f"/akun/token/{row.pk}/cabut/").status_code == 302
    assert "Dicabut" in text_of(client.get("/akun/token/"))


def test_a_token_is_made_only_after_showing_who_one_is(client: Any, clerk: Any) -> None:
    cast.signed_in(client, clerk)
    assert client.get("/akun/token/baru/")["Location"].startswith("/akun/ulangi/?next=")


def test_every_right_has_words_for_whoever_gives_it_to_a_token() -> None:
    assert [can for can in Can if can not in CANS] == []
