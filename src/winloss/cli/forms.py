"""Surveys as code: read, compare and publish the forms a programme asks with."""

import typer

commands = typer.Typer(
    name="forms",
    help="The surveys as code: read them, compare them with Typeform's, and publish them.",
    no_args_is_help=True,
)
