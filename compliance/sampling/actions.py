"""Samples drawn, and what was found of each approval; both are history."""

from compliance import audit, clock
from compliance.db import db, transaction
from compliance.models import Organisation, Sample, SampledApproval, SampleResponse, User
from compliance.references import next_reference
from compliance.rules.sampling import NewResponse, NewSample, drawn, fingerprint
from compliance.sampling.queries import in_force


def draw(at: Organisation, new: NewSample, *, by: User) -> Sample:
    """Draw from what is in force at this moment; raises RuleBroken."""
    # Read and drawn before the transaction: a whole country takes longer than a writer may hold up others.
    population = in_force(at)
    new.check(population)
    references = drawn(population, new.seed, new.size)
    with transaction():
        reference = next_reference(Sample, "SMP")
        audit.record("sample.drawn", subject=reference, by=by)
        sample = Sample(
            reference=reference,
            organisation_id=at.id,
            seed=new.seed,
            size=new.size,
            population=len(population),
            fingerprint=fingerprint(population),
            drawn_at=clock.now(),
            drawn_by=by,
        )
        for place, one in enumerate(references, start=1):
            sample.approvals.append(SampledApproval(approval_id=population[one], place=place))
        db.session.add(sample)
    return sample


def respond(sampled: SampledApproval, new: NewResponse, *, by: User) -> None:
    """Record what was found of a sampled approval; an earlier answer stays. Raises RuleBroken."""
    new.check(by.id, sampled.approval.project.lead_id)
    with transaction():
        audit.record("sample.answered", subject=sampled.sample.reference, by=by)
        # By its number: what was drawn is history, and a list of it that grows would count as a change.
        db.session.add(
            SampleResponse(
                sampled_id=sampled.id,
                protocol=new.protocol,
                conditions=new.conditions,
                note=new.note,
                responded_at=clock.now(),
                responded_by=by,
            )
        )
