"""Whether only NHS staff take part is a question of its own: research confined to them needs no committee."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CHECK = "ck_intake_answer_involvement"
BEFORE = (
    "people",
    "vulnerable_groups",
    "protected_characteristics",
    "personal_data",
    "special_category_data",
    "biometric",
    "algorithm_or_ai",
    "linked_or_admin_data",
    "data_leaves_controller",
    "social_research",
    "police_resources",
    "non_police_access",
    "university",
    "nhs",
)
AFTER = (
    "confidential_patient_information",
    "prison_or_probation",
    "defence",
    "overseas_or_dual_use",
    "animals",
    "human_tissue",
)


def allow(values: tuple[str, ...]) -> None:
    """Let an intake answer be about these and nothing else."""
    listed = ", ".join(f"'{one}'" for one in values)
    with op.batch_alter_table("intake_answer") as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.create_check_constraint(op.f(CHECK), f"involvement IN ({listed})")


def upgrade() -> None:
    """One more question of the intake; who answered the old ones is not asked anew."""
    allow((*BEFORE, "nhs_staff", *AFTER))


def downgrade() -> None:
    """Undo it; the answers to the question go with it."""
    op.execute("DELETE FROM intake_answer WHERE involvement = 'nhs_staff'")
    allow((*BEFORE, *AFTER))
