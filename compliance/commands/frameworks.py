"""flask frameworks check."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from flask.cli import AppGroup

from compliance.expected.queries import stored_refs
from compliance.frameworks.crosswalk import Crosswalk, Left
from compliance.frameworks.faults import FrameworkError
from compliance.frameworks.loader import DATA, load_bodies, load_crosswalks, load_frameworks, load_layouts
from compliance.frameworks.schema import Framework, Relation, Responsibility

frameworks_group = AppGroup("frameworks", help="The requirements that the service carries.")


@frameworks_group.command("check")
@click.option(
    "--data",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=DATA,
    help="Another folder of requirements, such as a copy with a change that is not yet in use.",
)
def check(folder: Path) -> None:
    """Check every file of requirements and every stored answer; print what there is, exit 1 at a fault."""
    try:
        found = load_frameworks(folder)
        joined = load_crosswalks(found, folder)
        layouts, bodies = load_layouts(folder), load_bodies(folder)
    except FrameworkError as error:
        raise click.ClickException(str(error)) from error
    for framework in found:
        click.echo("\n".join(lines_of(framework)))
    for crosswalk in joined:
        click.echo("\n".join(pairs_of(crosswalk)))
    click.echo(f"{len(layouts)} layouts of the statement, {len(bodies)} bodies")
    refuse_lost(found)


def refuse_lost(found: Iterable[Framework]) -> None:
    """Raise ClickException when a stored answer points at a code that no longer exists."""
    known = {(framework.key, row.code) for framework in found for row in framework.requirements}
    stored = list(stored_refs())
    lost = [f"{table}: {ref.framework} {ref.code}" for table, ref in stored if tuple(ref) not in known]
    if lost:
        raise click.ClickException("Stored answers point at codes that do not exist: " + "; ".join(lost))
    click.echo(f"Stored answers point at {len({ref for _, ref in stored})} requirements, all of them there")


def lines_of(framework: Framework) -> Iterator[str]:
    """What is printed of one framework: edition, dates in force, counts."""
    until = framework.in_force_until
    binds = Counter(row.binds for row in framework.requirements)
    parts = sum(len(row.parts) for row in framework.requirements)
    unverified = sum(not row.modality_verified for row in framework.requirements)
    yield f"{framework.key}: {framework.title}, {framework.edition}"
    yield f"  in force from {framework.in_force_from}" + (f" until {until}" if until else ", no end known")
    yield f"  {len(framework.requirements)} requirements" + (f", and {parts} parts of one" if parts else "")
    yield "  bind " + ", ".join(
        f"{binds[one]} {one.value.replace('_', ' ')}" for one in Responsibility if binds[one]
    )
    yield f"  by heading {', '.join(f'{code} {number}' for code, number in by_heading(framework).items())}"
    yield f"  wording not verified: {unverified}"


def by_heading(framework: Framework) -> Counter[str]:
    """How many requirements stand under each heading."""
    return Counter(row.heading for row in framework.requirements)


def pairs_of(crosswalk: Crosswalk) -> Iterator[str]:
    """What is printed of one crosswalk: pairs by relation, and how many have none."""
    relations = Counter(pair.relation for pair in crosswalk.pairs)
    words = ", ".join(f"{relations[one]} {one.value}" for one in Relation)
    yield f"{crosswalk.old} → {crosswalk.new}: {len(crosswalk.pairs)} pairs ({words})"
    for rows, end in ((crosswalk.without_new, crosswalk.old), (crosswalk.without_old, crosswalk.new)):
        alone = sum(len(row.codes) for row in rows if row.kind is Left.NONE)
        yield f"  {alone} of {end} without a counterpart"
