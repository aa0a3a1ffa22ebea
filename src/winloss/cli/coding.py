"""Reasons in words: code any file of texts, and prove a codebook of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from winloss.cli.options import Home

commands = typer.Typer()

_book = typer.Typer(
    name="codebook",
    help="The codebook: the reasons that texts are coded with, and the terms that speak for them.",
    no_args_is_help=True,
)
commands.add_typer(_book)

_CODE = """Code the texts of a CSV file: which reasons they give, and the words that say so.

The same files always give the same codes, on any machine and in any order of rows.

`winloss code --in texts.csv --out codes.csv`

`winloss code --codebook reasons.csv --in texts.csv --train labelled.csv --out codes.csv`

**--in** has a row for each text. Other columns are ignored.

- `id`: each but once
- `text`: as written; never changed
- `stance` (may be missing): against where the question asks what spoke against us, for where
  it asks what spoke for us, none otherwise
- `language` (may be missing): two letters such as de; counts where the text is too short to
  tell. Only English is coded

**--train** has the same, and what people coded:

- `reasons`: codes separated by ; the primary one first; empty where no reason applies
- or `reason`: one code a row, in as many rows of one id as there are codes

From 200 texts on what was learned decides, below it only adds to the rules. Where every text
has exactly one reason, every text of --in then gets one: a suggestion, unless it is more
likely right than not. A text of --in that is in --train too is coded by a learner that has not
seen it.

**--out** has a row for each text and code, in the order of the texts; a text without a code
has one row with an empty reason.

- `id`, `reason`, `parent`: the text, its code, and the family of that
- `is_primary`: the reason that weighs most
- `polarity`: ours_good, ours_bad, theirs_good, theirs_bad or neutral
- `span_start`, `span_end`: where the evidence stands, in code points from 0, end excluded
- `evidence`: exactly these words
- `coder`, `confidence`: rules or model; from 0 to 1
- `is_suggested`: the best guess for a text that has no code, to be looked at; we count none
- `needs_review`, `language`: of the text

Evidence is what people typed, not made safe for a spreadsheet: a cell may begin with = and be
run as a formula. Import it there as text.
"""


@commands.command(help=_CODE)
def code(  # noqa: PLR0913 (a file has many sides)
    *,
    texts: Annotated[Path, typer.Option("--in", metavar="CSV", help="The texts.", dir_okay=False)],
    out: Annotated[
        Path, typer.Option(metavar="CSV", help="The file of codes to write.", dir_okay=False)
    ],
    codebook: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV",
            help="The reasons, with their terms beside them; default: the programme's, else ours.",
            dir_okay=False,
        ),
    ] = None,
    train: Annotated[
        Path | None,
        typer.Option(metavar="CSV", help="Texts that people have coded.", dir_okay=False),
    ] = None,
    sentence_model: Annotated[
        bool | None,
        typer.Option(help="Learn with the local sentence model; default: where it is installed."),
    ] = None,
    id_column: Annotated[str, typer.Option(help="What the files call the id.")] = "id",
    text_column: Annotated[str, typer.Option(help="What they call the text.")] = "text",
    reasons_column: Annotated[
        str, typer.Option(help="What --train calls its codes; default: reasons, else reason.")
    ] = "",
    home: Home = Path(),
) -> None:
    """Code the texts of a file into another; `_CODE` says how."""
    from winloss.cli import coded
    from winloss.texts import Columns, Job, book_of, coding_of

    ours = coding_of(home)
    coded.code(
        Job(
            texts,
            out,
            book_of(codebook, home),
            train,
            Columns(id_column, text_column),
            reasons_column,
            ours.sentence_model if sentence_model is None else sentence_model,
            ours.learner_decides_from,
        )
    )


@_book.command()
def check(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="The file of reasons; default: the programme's, else ours."
        ),
    ] = None,
    home: Home = Path(),
) -> None:
    """Say everything that is wrong with a codebook, or show it.

    FILE is a CSV with a row for each reason. The columns:

    - `reason`: its code, any text without ; and |
    - `label`: what a reader calls it
    - `parent` (may be missing, as all that follow): the code of its family; without families
      every reason is given to texts
    - `polarity`: what a bare mention means, where the words around it do not say: ours_good,
      ours_bad, theirs_good, theirs_bad or neutral; empty: what the question makes likely
    - `definition`, `include`, `exclude`, `example`: for the people who code
    - `valid_from`, `valid_to`: days as 2026-01-31; with valid_to the reason is retired
    - `becomes`: what a retired reason is now; several codes, separated by spaces (by ; where codes
      hold spaces), when it was split

    The terms of own.csv lie beside it in own.terms.csv: reason, pattern, weight (1 names a
    subject, 2 says something of it, 3 leaves no doubt) and polarity. Without that file the terms
    are the phrases of label and include. A pattern is words in small letters:

    - `too (expensive|dear)`: either word
    - `price* .. high`: any ending; up to three words between (`...`: up to nine)
    - `# (weeks|days) late`: a number
    - `slow (and very)? late`: a part that may be missing

    seller_reasons.csv beside it, if there is one, says which reason a value of the CRM's list
    stands for: seller_value, reason.

    Ends with exit code 1 when anything is wrong.
    """
    from winloss.cli import coded
    from winloss.texts import book_of

    if not coded.check(book_of(file, home)):
        raise typer.Exit(1)
