"""Registers of poor people and of occupations: DTSEN, P3KE, DTKS, fishers, farmers, markets, ojek, village lists.

No layout is fixed, so a person says once which column is what, and the next file of the same titles is known.

- `looked.look(path)` tells what is in a file and suggests what each column is, with the reason.
- `mapping.Mapping` is what the person decided: kept as JSON, known again by the titles' fingerprint.
- `reader.read_register(path, mapping, month=...)` gives chunks: good rows as Arrow, the others as problems (`kinds`).
- `profile.profile(chunks)` counts while the chunks pass; profiles add up.
- `returned.write_returned(...)` gives the wrong rows back in the sender's own columns, with remedies.

Nothing is imported here: the child process that reads a stranger's file starts with the reader alone.
"""
