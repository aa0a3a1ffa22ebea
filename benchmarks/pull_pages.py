"""Invents the pages of `benchmarks/pull.py`: the same for the same size, and as Typeform's are.

Run as a process of its own, so that what it holds counts for no contestant:
`python benchmarks/pull_pages.py FOLDER COUNT [WEEK]`, where another week has other responses.
"""

import hashlib
import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from winloss import typeform
from winloss.sample.words import VERBATIMS, data

INDEX = "index.json"
KEY = "the key of the benchmark"
NOW = datetime(2026, 10, 5, 4, tzinfo=UTC)
PAGE = 1000

# Form kind -> its share of the responses.
KINDS = {"lost_deal": 0.4, "won_deal": 0.2, "cancellation": 0.2, "pulse": 0.2}
PARTIAL_SHARE = 0.05
ANSWERS = (9, 15)
OTHER_SHARE = 0.1

Json = dict[str, Any]


def main() -> None:
    """Write definitions, pages and what they hold below a folder."""
    folder, count, week = Path(sys.argv[1]), int(sys.argv[2]), "".join(sys.argv[3:])
    totals = dict.fromkeys(
        ("responses", "answers", "characters", "numbers", "trues", "dates", "labels", "others"), 0
    )
    forms = {}
    for kind, share in KINDS.items():
        form_id = f"Bench{kind.title().replace('_', '')}"
        definition = typeform.definition(kind, form_id)
        _write(folder / form_id / "form.json", definition)
        inventor = _Inventor(form_id, kind, definition, totals, week)
        partial = round(count * share * PARTIAL_SHARE)
        wanted = {"completed": round(count * share) - partial, "partial": partial}
        forms[form_id] = {
            "kind": kind,
            "pages": {
                response_type: _write_pages(folder / form_id, response_type, inventor, wanted_count)
                for response_type, wanted_count in wanted.items()
            },
        }
    _write(
        folder / INDEX,
        {"forms": forms, "totals": totals, "newest": _stamp(NOW), "made_by": made_by()},
    )


def made_by() -> str:
    """Changes whenever this file does: older pages are made anew."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


class _Inventor:
    """Makes the responses of one form, and counts what they hold."""

    def __init__(
        self, form_id: str, kind: str, definition: Json, totals: dict[str, int], week: str
    ) -> None:
        self._form_id = form_id
        self._kind = kind
        self._fields = list(_questions(definition["fields"]))
        self._totals = totals
        self._sentences = [
            " ".join(word["text"].split())
            for name in VERBATIMS
            for word in data(f"words/{name}.yaml")
        ]
        self._rng = random.Random(form_id + week)  # noqa: S311 (chance that is the same each time)

    def response(self, response_type: str, submitted_at: datetime) -> Json:
        """One response with its answers, in the order of the form."""
        rng = self._rng
        token = f"{rng.getrandbits(128):032x}"
        clock = "submitted_at" if response_type == "completed" else "staged_at"
        hidden = {
            "form_kind": self._kind,
            "account_id": f"A{rng.randrange(10**5):05}",
            "decision_id": f"D{rng.randrange(10**6):06}",
            "respondent": f"P{rng.randrange(10**6):06}",
            "block": rng.choice(("promises", "respect", "trust", "loyalty")),
        }
        places = sorted(rng.sample(range(len(self._fields)), rng.randint(*ANSWERS)))
        answers = [self._answer(self._fields[place]) for place in places]
        self._totals["responses"] += 1
        self._totals["answers"] += len(answers)
        return {
            "landing_id": token,
            "token": token,
            "response_id": token,
            "response_type": response_type,
            "landed_at": _stamp(submitted_at - timedelta(seconds=rng.randint(60, 1800))),
            clock: _stamp(submitted_at),
            "metadata": {
                "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
                "platform": "other",
                "referer": f"https://example.typeform.com/to/{self._form_id}",
                "network_id": f"{rng.getrandbits(40):010x}",
                "browser": "default",
            },
            "hidden": {**hidden, "sig": typeform.sign(KEY.encode(), hidden)},
            "calculated": {"score": 0},
            "answers": answers,
            "thankyou_screen_ref": "default_tys",
        }

    def _answer(self, field: Json) -> Json:
        about = {"id": field["id"], "type": field["type"], "ref": field["ref"]}
        name, value = self._value(field)
        return {"type": name, name: value, "field": about}

    def _value(self, field: Json) -> tuple[str, Any]:
        rng, kind = self._rng, field["type"]
        if kind == "multiple_choice":
            return self._choice(field["properties"])
        if kind == "yes_no":
            is_true = rng.choice((True, False))
            self._totals["trues"] += is_true
            return "boolean", is_true
        if kind == "opinion_scale":
            number = rng.randint(1, 5)
            self._totals["numbers"] += number
            return "number", number
        if kind == "date":
            self._totals["dates"] += 1
            return "date", f"2026-{rng.randint(1, 9):02}-{rng.randint(1, 28):02}"
        sentences = rng.choices(self._sentences, k=1 if kind == "short_text" else rng.randint(1, 3))
        text = " ".join(sentences)
        self._totals["characters"] += len(text)
        return "text", text

    def _choice(self, properties: Json) -> tuple[str, Any]:
        rng, choices = self._rng, properties["choices"]
        if properties["allow_multiple_selection"]:
            ticked = rng.sample(choices, rng.randint(1, min(3, len(choices))))
            self._totals["labels"] += len(ticked)
            return "choices", {
                f"{name}s": [one[name] for one in ticked] for name in ("id", "label", "ref")
            }
        if properties["allow_other_choice"] and rng.random() < OTHER_SHARE:
            self._totals["others"] += 1
            return "choice", {"other": rng.choice(self._sentences)}
        self._totals["labels"] += 1
        one = rng.choice(choices)
        return "choice", {name: one[name] for name in ("id", "label", "ref")}


def _questions(fields: list[Json]) -> Iterator[Json]:
    """The questions that take an answer, those inside groups included."""
    for field in fields:
        inside = field.get("properties", {}).get("fields")
        if inside:
            yield from _questions(inside)
        elif field["type"] != "statement":
            yield field


def _write_pages(
    folder: Path, response_type: str, inventor: _Inventor, count: int
) -> list[dict[str, object]]:
    """Write a form's pages newest first; returns each file with the token it ends with."""
    pages: list[dict[str, object]] = []
    for start in range(0, count, PAGE):
        size = min(PAGE, count - start)
        items = [
            inventor.response(response_type, NOW - timedelta(minutes=start + place + 1))
            for place in range(size)
        ]
        path = folder / f"{response_type}_{len(pages) + 1:05}.json"
        left = -(-(count - start) // PAGE)
        _write(path, {"total_items": count, "page_count": left, "items": items})
        pages.append({"file": path.name, "last": items[-1]["token"]})
    return pages


def _stamp(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


if __name__ == "__main__":
    main()
