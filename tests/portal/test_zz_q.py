import pytest, time
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.db import connection
from test_worker import worker, MONTH, add_months, family, TODAY
from tests import cast
@pytest.mark.django_db
def test_q():
    person, client = worker()
    with cast.everyone():
        cast.covered(person, cast.sponsor(), add_months(MONTH,-3), add_months(MONTH,3))
        cast.works(person, cast.employer(), add_months(MONTH,-3))
    client.post("/peserta/kartu/terbitkan/")
    for u in ("/peserta/","/peserta/kartu/","/peserta/data/","/peserta/jejak/","/peserta/kartu/kartu.png"):
        client.get(u)
        with CaptureQueriesContext(connection) as c:
            a=time.perf_counter(); client.get(u); b=time.perf_counter()
        print(u, len(c), f"{(b-a)*1000:.0f} ms")
    for q in c.captured_queries[:0]: print(q["sql"][:150])
