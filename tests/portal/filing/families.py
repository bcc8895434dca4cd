"""People who file claims through the pages, and what they type."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.claims.offices import photo

TODAY = timezone.localdate()
DIED = TODAY - dt.timedelta(days=12)
NAME, HEIR = "Budi Qombrantoro", "Dewi Zalvinda"


def dead() -> Any:
    """A worker of a firm who died; the register has it."""
    from jamsostek.core.months import add_months, month_of
    from jamsostek.registry.actions.changes import record_death
    from jamsostek.registry.actions.people import register_person
    from jamsostek.registry.models import Participant

    with cast.everyone():
        since = TODAY - dt.timedelta(days=600)
        made = register_person(cast.person(NAME, sex="m"), via="counter", today=since)
        who = Participant.objects.get(pk=made.participant_id)
        cast.works(who, cast.employer("PT Contoh Raya"), add_months(month_of(TODAY), -14))
        record_death(participant_id=who.pk, died_on=DIED, today=TODAY, reason="akta kematian")
        who.refresh_from_db()
    return who


def alive(name: str = NAME, **given: Any) -> Any:
    """A worker of a firm."""
    from jamsostek.core.months import add_months, month_of
    from jamsostek.registry.actions.people import register_person
    from jamsostek.registry.models import Participant

    with cast.everyone():
        firm = given.pop("firm", None) or cast.employer("PT Contoh Jaya")
        made = register_person(cast.person(name, **{"sex": "m"} | given), via="counter", today=TODAY - dt.timedelta(days=600))
        who = Participant.objects.get(pk=made.participant_id)
        cast.works(who, firm, add_months(month_of(TODAY), -14))
    return who


def day(name: str, value: dt.date) -> dict[str, str]:
    """A day as its three boxes are sent."""
    return {f"{name}-d": str(value.day), f"{name}-m": str(value.month), f"{name}-y": str(value.year)}


def text_of(answer: Any, status: int = 200) -> str:
    """What a page says, without its markup."""
    assert answer.status_code == status, (answer.status_code, answer.get("Location"), answer.content[:300])
    body = re.sub(r"<head>.*?</head>", " ", answer.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def forget_guesses() -> None:
    """As in another hour."""
    cache.clear()


class Filer:
    """Somebody with a browser and a claim."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client()
        self.number = ""

    def begin(self, kind: str, who: Any, **typed: str) -> Any:
        """Begins without an account."""
        data = {"number": who.kpj, **day("birth_date", who.birth_date), "kin": "spouse", "name": HEIR} | typed
        answer = self.client.post(f"/klaim/mulai/{kind}/", data)
        return self.opened(answer)

    def opened(self, answer: Any) -> Any:
        """Notes the claim that an answer leads to."""
        found = re.search(r"/klaim/([0-9]{12})/", answer.get("Location", ""))
        self.number = found[1] if found else ""
        return answer

    def get(self, page: str = "") -> Any:
        """A page of the claim."""
        return self.client.get(f"/klaim/{self.number}/{page}")

    def post(self, page: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        """A form of the claim."""
        return self.client.post(f"/klaim/{self.number}/{page}", data or {}, **more)

    def code(self) -> str:
        """The code as the page shows it."""
        return re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", text_of(self.get("kode/")))[0]  # type: ignore[index]

    def send_papers(self) -> None:
        """A photo of each paper that is wanted."""
        page = self.get("berkas/").content.decode()
        for place, document in enumerate(dict.fromkeys(re.findall(r"/berkas/([a-z_]+)/", page))):
            self.upload(document, photo((200 - place, 190, 180)))

    def upload(self, document: str, content: bytes, name: str = "foto.jpg", **more: Any) -> Any:
        """One file for a paper."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        return self.post(f"berkas/{document}/", {"foto": SimpleUploadedFile(name, content)}, **more)

    def widow(self) -> None:
        """What a widow fills in."""
        self.post(
            "pemohon/", {"name": HEIR, "kin": "spouse", **day("birth_date", dt.date(1985, 3, 4)), "phone": "0812 3456 7890"}
        )
        self.post("isian/kematian/", {**day("died_on", DIED), "cause": "illness"})


def claim_of(number: str) -> Any:
    """The claim as it is now."""
    from jamsostek.claims.models import Claim

    with cast.everyone():
        return Claim.objects.get(number=number)
