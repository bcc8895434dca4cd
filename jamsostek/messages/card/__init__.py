"""A participant's card: signed claims in a QR code, drawn on paper, verified by anyone without a network.

- `claims.CardClaims` is what a card says; `keys` are the Ed25519 keys that sign it and the file that publishes them.
- `token.issue(claims, key)` signs; `token.verify(text, keys, today=...)` says valid, lapsed, not genuine, or what else.
- `qr` makes the code, `draw` the card as PDF, PNG and sheet of ten; `scan` reads codes back from pictures and PDF.

Bytes and text in and out: no clock, no database. How the token looks is docs/adr/0010-card-token.md; the page that
verifies it on a phone (`jamsostek/portal/static/verify/`) is the same rules a second time.
"""
