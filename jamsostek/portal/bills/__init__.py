"""Bills as payers and offices see them: one set of pages for all, each under the row rules of whoever looks."""
