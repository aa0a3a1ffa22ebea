"""A response's JSON keeps every digit and every key, however it was spelled."""

import pytest

from winloss.warehouse import mending


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        # Read as a number 1.50 gets shorter by as much as 1e2 and the space get longer.
        (b'{"a": 1e2,"b":1.50,"c":"\\/"}', b'{"a":1e2,"b":1.50,"c":"/"}'),
        (b'{"b":[1e6],"a":2.2250738585072011e-308}', b'{"a":2.2250738585072011e-308,"b":[1e6]}'),
        (b'{"a":0.10000000000000000000001}', b'{"a":0.10000000000000000000001}'),
        (b'{"a":1e400,"b":-0.0,"c":-0}', b'{"a":1e400,"b":-0.0,"c":-0}'),
    ],
)
def test_numbers_are_as_written(raw: bytes, text: bytes) -> None:
    item = mending.read(raw)

    assert item == mending.Item(text)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":1,"a":2}',
        # As long as if nothing were missing, had its numbers been spelled anew.
        b'{"a":1,"a":1e6}',
        b'{ "a" : 1, "a" : 1e2, "b" : [ ] }',
    ],
)
def test_a_key_said_twice_is_said_to_be_odd(raw: bytes) -> None:
    item = mending.read(raw)

    assert item.oddities == ("duplicate key",)
    assert mending.read(item.text).oddities == ()


def test_layout_does_not_matter() -> None:
    """The same response has the same text, however it was laid out."""
    texts = {
        mending.read(raw).text
        for raw in (
            b'{"b":"x","a":[1,{}]}',
            b'{\n  "a": [1, {}],\n  "b": "x"\n}',
            b'{"a":[1,{}],"b":"\\u0078"}',
        )
    }

    assert texts == {b'{"a":[1,{}],"b":"x"}'}
