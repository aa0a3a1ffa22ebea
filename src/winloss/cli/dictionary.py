"""What the warehouse holds and what it means, in its own words."""

from typing import Annotated

import typer

commands = typer.Typer()


@commands.command()
def dictionary(
    name: Annotated[
        str | None,
        typer.Argument(help="A schema, a relation such as decisions, a macro, or a column."),
    ] = None,
    *,
    is_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print all of it as one page of Markdown.")
    ] = False,
) -> None:
    """Say what every relation, column and macro of the warehouse means, or one of them.

    Needs no programme: it says what this version of winloss builds.
    """
    from winloss import dictionary as meanings
    from winloss.cli import defined

    known = meanings.entries()
    if is_markdown:
        typer.echo(meanings.markdown(known), nl=False)
    elif name is None:
        defined.everything(known)
    else:
        defined.one(meanings.about(known, name), name)
