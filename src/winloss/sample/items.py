"""Replies as Typeform gives them back: items of a page, newest first."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from winloss.sample.answers import Field, fields
from winloss.sample.blocks import Value
from winloss.sample.company import seeded
from winloss.sample.replies import Reply
from winloss.sample.words import data
from winloss.typeform.links import signing
from winloss.typeform.surveys.definition import definition

_PAGE = 50
_FALSE_KEY = b"not the key"
_VALUES = {"yes_no": "boolean", "opinion_scale": "number", "date": "date"}

_SHOWN = ("id", "label", "ref")

Item = dict[str, Any]


def write(folder: Path, replies: Iterable[Reply], form_ids: Mapping[str, str], key: bytes) -> None:
    """Write `forms/<form_id>.json` and `responses/<form_id>/page_N.json` below a folder."""
    kept = list(replies)
    for kind, form_id in form_ids.items():
        _write_json(folder / "forms" / f"{form_id}.json", definition(kind, form_id))
        mine = sorted((one for one in kept if one.form_kind == kind), key=_instant, reverse=True)
        items = [_item(reply, form_id, key) for reply in mine]
        pages = [items[start : start + _PAGE] for start in range(0, len(items), _PAGE)] or [[]]
        _write_pages(folder / "responses" / form_id, pages, len(items))


def _write_pages(folder: Path, pages: list[list[Item]], total: int) -> None:
    """Write a form's pages, and leave none of an earlier sample beside them."""
    for old in folder.glob("page_*.json"):
        old.unlink()
    for number, page in enumerate(pages, start=1):
        content = {"total_items": total, "page_count": len(pages), "items": page}
        _write_json(folder / f"page_{number}.json", content)


def _write_json(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")


def _instant(reply: Reply) -> tuple[datetime, str]:
    return reply.submitted_at or reply.staged_at or reply.landed_at, reply.respondent


def _item(reply: Reply, form_id: str, key: bytes) -> Item:
    rng = seeded("item", form_id, reply.respondent, reply.token or _stamp(reply.landed_at))
    response_id = f"{rng.getrandbits(128):032x}"
    hidden = _hidden(reply, key)
    item: Item = {
        "landing_id": response_id,
        "token": response_id,
        "response_id": response_id,
        "response_type": "completed" if reply.submitted_at else "partial",
        "landed_at": _stamp(reply.landed_at),
    }
    if reply.submitted_at:
        item["submitted_at"] = _stamp(reply.submitted_at)
    if reply.staged_at:
        item["staged_at"] = _stamp(reply.staged_at)
    agent = rng.choice(data("company.toml")["agents"])
    item["metadata"] = {
        "user_agent": agent,
        "platform": "mobile" if "iPhone" in agent else "other",
        "referer": f"https://harbourline.typeform.com/to/{form_id}?{urlencode(hidden)}",
        "network_id": f"{rng.getrandbits(40):010x}",
        "browser": "touch" if "iPhone" in agent else "default",
    }
    item["hidden"] = hidden
    item["calculated"] = {"score": 0}
    item["answers"] = _answers(reply, form_id)
    return item | ({"thankyou_screen_ref": "default_tys"} if reply.submitted_at else {})


def _stamp(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def _hidden(reply: Reply, key: bytes) -> dict[str, str]:
    """The hidden fields of the link; Typeform leaves out those that were not sent."""
    sent = {
        "form_kind": reply.form_kind,
        "account_id": reply.account_id,
        "decision_id": reply.decision_id,
        "block": reply.block,
        "respondent": reply.respondent,
        "team": reply.team,
    }
    hidden = {name: value for name, value in sent.items() if value}
    if reply.signature == "missing":
        return hidden
    return {
        **hidden,
        "sig": signing.sign(key if reply.signature == "valid" else _FALSE_KEY, hidden),
    }


def _answers(reply: Reply, form_id: str) -> list[Item]:
    return [
        _answer(field, reply.values[field.ref])
        for field in fields(reply.form_kind, form_id)
        if field.ref in reply.values
    ]


def _answer(field: Field, value: Value) -> Item:
    about = {"id": field.id, "type": field.type, "ref": field.ref}
    if isinstance(value, tuple):
        ticked = [field.choices[ref] for ref in value]
        shown_all = {f"{name}s": [choice[name] for choice in ticked] for name in _SHOWN}
        return {"type": "choices", "choices": shown_all, "field": about}
    if field.type == "multiple_choice":
        choice = field.choices[str(value)]
        shown = {name: choice[name] for name in _SHOWN}
        return {"type": "choice", "choice": shown, "field": about}
    kind = _VALUES.get(field.type, "text")
    said = value.isoformat() if isinstance(value, date) else value
    return {"type": kind, kind: said, "field": about}
