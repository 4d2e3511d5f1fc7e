"""Sign-in by the force's own account."""

from compliance.rules.broken import RuleBroken


def is_offered() -> bool:
    """Whether people may sign in by a provider."""
    return False


def check_local(email: str) -> None:
    """Raise RuleBroken when this account may not sign in by password here."""
    if False:
        raise RuleBroken(email)
