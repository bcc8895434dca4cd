"""The registry: participants, employers, sponsors, and what ties them to each other month by month.

Promises: one NIK is one participant; numbers outside say nothing about their holder; nobody sees a row outside their scope,
by the database's own rules; spells of the same person and payer never overlap; a changed row leaves what it was and when it
was known (`queries.known`); merging two people moves nothing and can be undone, and both numbers go on working.
"""
