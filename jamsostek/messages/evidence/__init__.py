"""What a family photographs or scans as evidence for a claim: a death certificate, an identity card, a doctor's letter.

- `reader.clean(content, name)` says what the bytes are, refuses what would harm or cannot be read, and gives back a
  `records.Evidence`: one JPEG or one PDF made anew, without the place it was taken at, ready to be stored.
- `reader.too_large(size)` is the refusal of a size alone, for a view that has only seen the Content-Length.
- `reader.thumbnail(content)` draws a small JPEG of what was stored, for lists.
- `records.NOTES` are the words for what `Evidence.notes` names; `records.HINTS` those that ask for a better photo.

Bytes in and out: no clock, no database. The parent imports no decoder of pictures or PDF: `child` does, with limits.
"""
