"""From which organisations a figure comes."""

from compliance.statements.records import Records


def coverage(records: Records) -> str:
    """From how many organisations a figure comes, and how many are left out; the notes name them."""
    asked, missing = len(records.tree.asked), len(records.tree.missing)
    if not asked:
        return ""
    left = f"; {missing} without a return left out" if missing else ""
    return f"From {asked - missing} of {asked} organisations{left}"


def case_coverage(records: Records) -> str:
    """The case register is kept centrally and does not depend on returns."""
    number = len(records.tree.below) + 1
    return "From the case register of " + (
        "the organisation" if number == 1 else f"all {number} organisations"
    )
