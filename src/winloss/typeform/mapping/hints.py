"""What `templates/forms/mapping/also_asked.yaml` knows of how others ask, read and checked."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from winloss.errors import FormError
from winloss.resources import folder as resource_folder
from winloss.settings.strict import in_our_words
from winloss.typeform.surveys.forms import Question

_FILE = Path("mapping") / "also_asked.yaml"

# The same loader in C, where the machine has it: ten times as fast.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Phrasings = dict[str, tuple[str, ...]]


class Hints(BaseModel):
    """How others word our questions and choices, and what a report lacks without them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: Phrasings
    """Our question ref -> other wordings."""
    vague: Phrasings
    """Wordings that mean our question only where theirs says little else."""
    of_kind: dict[str, Phrasings]
    """Form kind -> our question ref -> wordings that mean it in that kind alone."""
    choices: dict[str, Phrasings]
    """Our question ref -> our choice ref -> other labels."""
    follow_ups: frozenset[str]
    """Our questions whose title says nothing without the one before it."""
    any_length: frozenset[str]
    """Scales that are read as steps of one to five, however many steps they have."""
    same: Phrasings
    """Our word -> other words for the same idea."""
    without: dict[str, str]
    """Question ref or hidden field -> what a report cannot say where it is missing."""

    def wordings(self, kind: str, ours: Question) -> tuple[str, ...]:
        """How we and others ask our question in a form of that kind."""
        title = () if ours.ref in self.follow_ups else (ours.title,)
        others = self.questions.get(ours.ref, ()), self.of_kind.get(kind, {}).get(ours.ref, ())
        return title + others[0] + others[1]


def hints(folder: Path | None = None) -> Hints:
    """The hints of this installation; raises FormError when the file is wrong."""
    path = (folder or resource_folder("templates") / "forms") / _FILE
    try:
        return Hints.model_validate(yaml.load(path.read_text("utf-8"), Loader=_LOADER))  # noqa: S506 (a safe one)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise FormError(f"{path}: {place}: {in_our_words(first)}.") from error
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        said = " ".join(str(error).split())
        raise FormError(f"{path} cannot be read as YAML: {said}.") from error
