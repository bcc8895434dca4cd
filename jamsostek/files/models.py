"""The table of stored files."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class StoredFile(models.Model):
    """One content. Its bytes lie in `settings.JAMSOSTEK_DATA`/files under the digest."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    wrapped = models.BinaryField(null=True)
    retention = models.CharField(max_length=20)
    stored_at = models.DateTimeField(auto_now_add=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "files_storedfile"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="storedfile_digest")
        ]
