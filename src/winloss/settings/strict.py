"""What every table of `winloss.toml` has in common."""

from pydantic import BaseModel, ConfigDict
from pydantic_core import ErrorDetails


class Strict(BaseModel):
    """A table of the settings: an unknown key is an error, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def in_our_words(error: ErrorDetails) -> str:
    """What is wrong, in our words where they are ours: pydantic puts its own before them."""
    ours = error.get("ctx", {}).get("error")
    return str(ours) if isinstance(ours, ValueError) else error["msg"]
