"""Says what is wrong with an option without the words of the library that found it."""

from typing import Any

import typer
from typer.core import TyperGroup

_THEIRS = "Value error, "


class Plain(TyperGroup):
    """The commands, whose errors begin with what is wrong."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 (typer's own context is not public)
        """Run the command; raises BadParameter for an option that cannot be meant."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix(_THEIRS)
            raise
