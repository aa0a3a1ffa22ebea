"""What landed lately is known to be answered, whatever Typeform says."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from winloss import warehouse
from winloss.errors import WarehouseError
from winloss.warehouse import answered, mending

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


def answer(ref: str, number: str = "1") -> str:
    return f'{{"field": {{"id": "{ref}1", "ref": "{ref}"}}, "number": {number}}}'


def landed(folder: Path, *answers: str, **place: Any) -> Path:
    body = f'{{"token": "t", "answers": [{", ".join(answers)}]}}'.encode()
    assert mending.read(body).text
    where = {"form_id": "Lost1", "form_kind": "lost_deal", "source": "webhook"} | place
    return warehouse.land_item(folder, body, received_at=AT, **where)


def refs(folder: Path, form_id: str = "Lost1") -> list[str]:
    return sorted(each["field"]["ref"] for each in answered.lately(folder, form_id))


def test_the_answers_of_one_form_are_read_from_every_file(tmp_path):
    landed(tmp_path, answer("goal"), answer("missed"))
    landed(tmp_path, answer("pool", "9" * 5_000))
    landed(tmp_path, answer("other"), form_id="../Lost2")

    assert refs(tmp_path) == ["goal", "missed", "pool"]
    assert refs(tmp_path, "../Lost2") == ["other"]
    assert refs(tmp_path, "Unheard") == []


def test_what_landed_long_ago_is_left_to_typeform(tmp_path):
    earlier = time.time() - answered.LATELY_SECONDS
    for ref, at in (("old", earlier - 60), ("new", earlier + 60)):
        os.utime(landed(tmp_path, answer(ref)), (at, at))

    assert refs(tmp_path) == ["new"]


def test_a_line_that_is_none_hides_no_other(tmp_path):
    path = landed(tmp_path, answer("goal"))
    odd = b'[]\n{"item": 3}\n{"item": {"answers": [3]}}\n{"item": {"answers": 3}}\n\xff\n{\n'
    path.write_bytes(odd + path.read_bytes())

    assert refs(tmp_path) == ["goal"]


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    path = landed(tmp_path, answer("goal"))
    path.unlink()
    path.mkdir()

    with pytest.raises(WarehouseError, match=f"{path.name} cannot be read"):
        refs(tmp_path)
