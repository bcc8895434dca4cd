"""Proposals of the JHT return, made by SQL in migrations/0004_returns.sql."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class JhtProposal(models.Model):
    """A rate that was declared by the fund's hands, with the figures it was made from."""

    reference = models.TextField()
    body = models.BinaryField()
    rate_id = models.BigIntegerField()
    basis_month = models.IntegerField()
    figures = models.JSONField()
    reason = models.TextField()
    proposed_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_jhtproposal"
        ordering: ClassVar = ["-id"]
