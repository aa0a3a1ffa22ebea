"""What stands beside the weekly run: the loopback Typeform, the receiver, the sweep."""

from pathlib import Path
from typing import Annotated

import typer

commands = typer.Typer()


@commands.command()
def sandbox(
    folder: Annotated[
        Path, typer.Argument(help="A folder of forms/ and responses/, recorded or sample.")
    ],
    port: Annotated[int, typer.Option(help="The port on this machine.")] = 8765,
    token: Annotated[str, typer.Option(help="The bearer token it accepts.")] = "sandbox",  # noqa: S107
) -> None:
    """Serve a folder as Typeform would, on this machine only; stop with Ctrl-C."""
    from winloss.typeform.sandbox import serve

    serve(folder, port=port, token=token)
