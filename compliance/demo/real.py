"""Two real projects with public facts only."""

from compliance import audit, clock
from compliance.db import db, transaction
from compliance.models import Organisation, Partner, Project, User
from compliance.terms import PartnerKind

SOURCE = (
    "Public facts only, from the Police science site. What is not public is not known here, "
    "and nothing has been filled in."
)


def reader() -> User:
    """Who is on record for public facts: nobody who could sign in, and no invented person."""
    return User(
        email="public.facts@demonstration.example",
        name="Taken from the Police science site",
        active=False,
        fs_uniquifier="public-facts",
        demo=True,
    )


def real_projects(found: dict[str, Organisation]) -> None:
    """Two projects that the Police science site names; what is not public stays not known."""
    by = reader()
    with transaction():
        audit.record("project.listed", subject="public facts", by=None)
        facial = Project(
            reference="PRJ-0001",
            organisation=found["metropolitan"],
            title="Operational Testing of Facial Recognition Technology",
            source_note=f"{SOURCE} Listing published 5 April 2023.",
            summary="Facial recognition technology tested in operation.",
            partners=[
                Partner(kind=PartnerKind.FORCE, name="South Wales Police"),
                Partner(kind=PartnerKind.OTHER, name="National Physical Laboratory"),
            ],
        )
        knife = Project(
            reference="PRJ-0002",
            organisation=found["npcc"],
            title="Predicting Knife Crime: An Individual and Network-Based Approach",
            source_note=f"{SOURCE} The bodies that carry it out are not known, and it stands here under the council "
            "only for want of them. The title is as we were told it, not yet compared with the site.",
            summary="Administrative information and machine learning.",
        )
        for project in (facial, knife):
            project.created_at = project.registered_at = clock.now()
            project.created_by = project.registered_by = by
            db.session.add(project)
