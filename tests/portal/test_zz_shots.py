from test_desks import *
import os
def test_shots(visit, site):
    out="/tmp/shots"; os.makedirs(out, exist_ok=True)
    want=os.environ.get("SHOTS","")
    for who,path in PAGES:
        if want and want not in path: continue
        for language,size in (("id","phone"),("en","desk")):
            seen=opened(visit, who, path.replace("{siti_kpj}", TOWN.people["siti"].kpj), language, size)
            name=(who+path).replace("/","_").replace("{","").replace("}","").replace("?","-")
            seen.page.screenshot(path=f"{out}/{name}-{size}.png", full_page=True)
            seen.page.context.close()
