"""What a build needs beside raw, put together from the settings and the programme's codebook."""

import hashlib
import json
from collections.abc import Callable, Mapping

import polars as pl

from winloss import coding, numbers, resources, typeform, warehouse
from winloss.coding import codebook
from winloss.settings import Settings


def recipe(programme: Settings) -> warehouse.Recipe:
    """What a build of this programme needs beside what has landed."""
    forms = programme.typeform.forms
    mapping = [(form.id, *pair) for form in forms for pair in form.questions.items()]
    choices = [
        (form.id, ref, *pair)
        for form in forms
        for ref, pairs in form.choices.items()
        for pair in pairs.items()
    ]
    question_map = dict.fromkeys(("form_id", "their_ref", "question_ref"), pl.String)
    choice_map = dict.fromkeys(("form_id", "question_ref", "their_choice", "choice_ref"), pl.String)
    key = programme.signing_key.get_secret_value().encode()
    signed = {form.id: form.kind if form.signed else None for form in forms}
    path = codebook.path_of(programme)
    book = codebook.read(path)
    plain = json.dumps([mapping, choices, sorted(signed.items()), hashlib.sha256(key).hexdigest()])
    return warehouse.Recipe(
        taught=_taught(programme, book),
        agreement=numbers.judged,
        seeds={
            **codebook.seeds(path, book),
            "questions": typeform.questions(),
            "question_map": pl.DataFrame(mapping, schema=question_map, orient="row"),
            "choice_map": pl.DataFrame(choices, schema=choice_map, orient="row"),
            "settings": _settings_seed(programme),
        },
        signatures=_signatures(key, signed),
        fingerprint=hashlib.sha256(plain.encode()).hexdigest(),
    )


def _taught(
    programme: Settings, book: codebook.Codebook
) -> Callable[[pl.DataFrame], warehouse.Coder]:
    """Makes a coder of the programme's codebook that has learned from given labels."""

    def teach(labels: pl.DataFrame) -> warehouse.Coder:
        return coding.coder(
            book,
            labels,
            sentence_model=programme.coding.sentence_model,
            decides_from=programme.coding.learner_decides_from,
            rivals=rivals(),
        )

    return teach


def rivals() -> frozenset[str]:
    """The suppliers we compete with, in every spelling of sql/seeds/competitors.csv."""
    path = resources.folder("sql") / "seeds" / "competitors.csv"
    names = pl.read_csv(path, infer_schema=False)
    return frozenset(name for column in names.get_columns() for name in column.drop_nulls())


def _settings_seed(programme: Settings) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "due_days": [programme.asking.due_days],
            "open_days": [programme.asking.open_days],
            "check_in_days": [programme.report.check_in_days],
            "acquisition_cost_usd": [programme.report.acquisition_cost_usd],
        },
        schema_overrides={"acquisition_cost_usd": pl.Float64},
    )


def _signatures(
    key: bytes, signed: Mapping[str, str | None]
) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """Judges hidden fields; `signed` holds each form's kind, and None where none is asked for."""

    def judge(form_id: str, hidden: str | None) -> str:
        kind = signed.get(form_id, "")
        if kind is None:
            return "not_required"
        fields = json.loads(hidden or "{}")
        given = {
            name: "" if value is None else str(value)
            for name, value in (fields.items() if isinstance(fields, dict) else ())
        }
        if not given.get("sig"):
            return "missing"
        # A link to one kind of form is none to another: a seller holds links too.
        is_meant = given.get("form_kind") == kind
        return "valid" if is_meant and typeform.is_valid(key, given) else "invalid"

    def check(hidden: pl.DataFrame) -> pl.DataFrame:
        judged = [judge(form, text) for form, _, text in hidden.iter_rows()]
        return hidden.select("form_id", "response_id").with_columns(
            pl.Series("signature", judged, dtype=pl.String)
        )

    return check
