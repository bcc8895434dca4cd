"""The portal: HTML pages by audience, usable on a small phone, in two languages, without JavaScript.

A folder is an audience, a page is `name.py` and `name.html` in it. Pages are drawn from the parts in `parts/` and the
helpers in `screens/`; the page `/ragam/` shows all of them.
"""
