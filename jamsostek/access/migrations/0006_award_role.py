"""The role of those who run the Paritrana Award."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

ROLES = (
    "worker", "heir", "employer_clerk", "employer_approver", "sponsor_clerk", "sponsor_approver", "village_operator", "agent",
    "branch_officer", "branch_supervisor", "regional_viewer", "regional_officer", "regional_head", "head_office", "ministry",
    "hospital_desk", "actuary", "researcher", "auditor", "jury", "dealer", "settlement", "risk", "chief",
    "award_committee",
)  # fmt: skip


class Migration(migrations.Migration):
    """Roles."""

    dependencies: ClassVar = [("access", "0005_fund_roles")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="grant", name="role", field=models.CharField(choices=[(one, one) for one in ROLES], max_length=30)
        ),
    ]
