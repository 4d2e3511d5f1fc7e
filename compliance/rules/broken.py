"""A rule that was broken, in words fit to show."""


class RuleBroken(Exception):
    """Raised by a rule; `message` says what to do, `field` names the form field or is empty."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
