"""A figure that cannot be misread: a number, one nobody provided, or one withheld."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """Refuses unknown keys, guesses nothing, never changes."""

    # Checked by what is worked out of the fields when the first of them is made: most workers make none.
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


class Number(Strict):
    """Counted; 0 means counted and there were none."""

    kind: Literal["number"] = "number"
    value: Annotated[int, Field(ge=0)]

    @property
    def text(self) -> str:
        """As printed."""
        return f"{self.value:,}"


class NotProvided(Strict):
    """Nobody sent it; never the same as 0."""

    kind: Literal["not_provided"] = "not_provided"
    reason: str = ""

    @property
    def text(self) -> str:
        """As printed."""
        return "not provided"


class Suppressed(Strict):
    """Withheld because somebody could be recognised."""

    kind: Literal["suppressed"] = "suppressed"
    reason: Annotated[str, Field(min_length=1)]
    # Said where the number is from 1 to below this one; where it is not, nothing is said but that it is no 0.
    below: Annotated[int, Field(ge=3)] | None = None

    @property
    def text(self) -> str:
        """As printed."""
        return f"fewer than {self.below}" if self.below else "withheld"


Count = Annotated[Number | NotProvided | Suppressed, Field(discriminator="kind")]


class Ratio(Strict):
    """So many of so many; never printed without both."""

    kind: Literal["ratio"] = "ratio"
    part: Count
    whole: Count

    @property
    def text(self) -> str:
        """As printed."""
        return f"{self.part.text} of {self.whole.text}"


Value = Annotated[Number | NotProvided | Suppressed | Ratio, Field(discriminator="kind")]
