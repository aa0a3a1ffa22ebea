"""What every table of `winloss.toml` has in common."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A table of the settings: an unknown key is an error, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)
