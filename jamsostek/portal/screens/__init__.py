"""Helpers of views: how a page is answered, and what its parts are given.

page(request, "worker/home.html", {"facts": facts}, title=_("Kepesertaan saya"))     a page
done(request, "worker:home", _("Alamat tersimpan."))                                 after a write
Form, DateField, MoneyField, …                                                       forms (screens/forms.py)
table(…), paged(request, rows), Column                                               tables (screens/tables.py)
Fact, Tag, Link, Masked, Tile, Event, …                                              parts (screens/parts.py)
chart(…), Measure                                                                    charts (screens/charts.py)
export_csv(…), export_xlsx(…)                                                        downloads (screens/export.py)
"""

from jamsostek.portal.screens.charts import Chart, Measure, chart, chart_csv, lines, status_tag
from jamsostek.portal.screens.export import export, export_csv, export_xlsx
from jamsostek.portal.screens.forms import DateField, DecideForm, Form, MoneyField, MonthField, RateField, ShareField, YesNoField
from jamsostek.portal.screens.page import back_to, done, page, part, printing, url_of, wants_part
from jamsostek.portal.screens.parts import Confirm, Empty, Event, Fact, Link, Masked, Progress, Quote, SearchBox, Tab, Tag, Tile
from jamsostek.portal.screens.tables import Column, Paged, Table, paged, sorting, table, with_query
from jamsostek.portal.screens.words import today

__all__ = [
    "Chart", "Column", "Confirm", "DateField", "DecideForm", "Empty", "Event", "Fact", "Form", "Link", "Masked", "Measure",
    "MoneyField", "MonthField", "Paged", "Progress", "Quote", "RateField", "SearchBox", "ShareField", "Tab", "Table", "Tag",
    "Tile", "YesNoField", "back_to", "chart", "chart_csv", "done", "export", "export_csv", "export_xlsx", "lines", "page",
    "paged", "part", "printing", "sorting", "status_tag", "table", "today", "url_of", "wants_part", "with_query",
]  # fmt: skip
