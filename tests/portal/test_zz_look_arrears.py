import datetime as dt
import pytest
from django.urls import reverse
from playwright.sync_api import sync_playwright
from tests import cast
import os

def test_look(portal_server, committed_db):
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
    from django.test import Client
    import desks
    town = desks.build()
    import test_arrears_pages as t
    owing = t.owing.__wrapped__(town) if hasattr(t.owing,"__wrapped__") else t.owing.__pytest_wrapped__.obj(town)
    from jamsostek.collection.actions import arrears
    from jamsostek.collection.actions.arrears.agreements import owed
    firm=owing["firm"]; day=desks.TODAY
    with cast.as_user(owing["users"]["officer"]):
        case=arrears.open_case(employer_id=firm.pk,today=day); step=arrears.decide_step(case_id=case.pk,today=day,reason="Belum membayar")
        ag=arrears.propose(employer_id=firm.pk,schedule=arrears.equal_parts(owed(day,employer_id=firm.pk),4,day+dt.timedelta(days=10)),reason="Pesanan tertunda",today=day)
        arrears.assess(employer_id=firm.pk,today=day)
        p=cast.person("Pekerja Tersembunyi")
        f=arrears.compare(employer_id=firm.pk,content=f"Nama,NIK,Upah\n{p.name},{p.nik},5000000\n".encode(),file_name="p.csv",source="tax",month=owing["month"],today=day,declared=30).findings[0]
    with cast.as_user(owing["users"]["supervisor"]):
        arrears.sign(step_id=step.pk,today=day,approve=True)
        arrears.decide_agreement(agreement_id=ag.pk,approve=True,today=day)
    pages={"officer":[("home",reverse("arrears:home")),("debtors",reverse("arrears:debtors")),("payer",reverse("arrears:employer",args=[firm.npp])),("case",reverse("arrears:case",args=[case.pk])),("agreement",reverse("arrears:agreement",args=[ag.pk])),("finding",reverse("arrears:finding",args=[f.pk])),("compare",reverse("arrears:compare",args=[firm.npp])),("person",reverse("officer:person_paid",args=[owing["worker"].kpj]))],
      "clerk":[("account",reverse("employer:account",args=[firm.npp]))],"payer":[("sponsor",reverse("sponsor:account",args=[owing["sponsor"].number]))],
      "worker":[("paid",reverse("worker:paid")),("cover",reverse("worker:cover"))],"viewer":[("region",reverse("region:arrears"))]}
    for k,n in (("letter",reverse("arrears:letter",args=[case.pk,step.pk])),("agr",reverse("arrears:agreement_letter",args=[ag.pk]))):
        c=cast.signed_in(Client(),owing["users"]["officer"]); a=c.get(n); open(f"/tmp/jm_work/{k}.pdf","wb").write(a.content)
    a=cast.signed_in(Client(),owing["users"]["clerk"]).get(reverse("employer:account_pdf",args=[firm.npp])); open("/tmp/jm_work/acc.pdf","wb").write(a.content)
    cookies={}
    for who in pages:
        c=cast.signed_in(Client(),owing["users"][who]); cookies[who]=c.cookies["sessionid"].value if "sessionid" in c.cookies else list(c.cookies.values())[0].value
        name=[k for k in c.cookies if "session" in k][0]
    with sync_playwright() as d:
        b=d.chromium.launch(executable_path="/usr/bin/chromium",args=["--headless","--no-sandbox","--disable-gpu"])
        for lang,width in (("id",360),("en",1280)):
            for who,ps in pages.items():
                ctx=b.new_context(viewport={"width":width,"height":800})
                ctx.add_cookies([{"name":name,"value":cookies[who],"url":portal_server.url},{"name":"jamsostek_language","value":lang,"url":portal_server.url}])
                pg=ctx.new_page()
                for n,u in ps:
                    r=pg.goto(portal_server.url+u); over=pg.evaluate("document.documentElement.scrollWidth-innerWidth")
                    pg.screenshot(path=f"/tmp/jm_work/{n}_{width}.png",full_page=True)
                    print(n,lang,r.status,over,len(pg.content()))
                ctx.close()
        b.close()
