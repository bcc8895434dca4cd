"""The registry for programs: JSON under `/api/v1/`, with the same actions, rights and trail as the portal.

Promises: every operation names the right it needs and runs in one transaction under the caller's scope; outside numbers
only, never an internal id; personal values are masked; a write repeated under the same key happens once; every error is
`application/problem+json` in the caller's language and says the way out; bad input is never a 5xx.
"""
