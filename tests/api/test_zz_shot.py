def test_shot(portal_server):
    from playwright.sync_api import sync_playwright
    with sync_playwright() as p:
        b = p.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for lang in ("id", "en"):
            for n, (w, h) in {"phone": (360, 640), "desk": (1280, 900)}.items():
                c = b.new_context(viewport={"width": w, "height": h})
                c.add_cookies([{"name": "jamsostek_language", "value": lang, "url": portal_server.url}])
                pg = c.new_page(); said=[]
                pg.on("console", lambda m: said.append(m.text))
                pg.goto(portal_server.url + "/api/v1/")
                pg.locator("details summary").nth(3).click()
                pg.screenshot(path=f"/tmp/apiw/shots/{lang}_{n}.png", full_page=False)
                pg.locator("#participants").scroll_into_view_if_needed()
                pg.screenshot(path=f"/tmp/apiw/shots/{lang}_{n}_2.png")
                print(lang, n, said, pg.evaluate("document.documentElement.scrollWidth"))
