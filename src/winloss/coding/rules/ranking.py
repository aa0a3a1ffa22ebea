"""Orders what was heard: one code a reason, one of them primary, or a guess for a person."""

from collections.abc import Iterable

from winloss.coding.rules.codes import Code, Stance

AGAINST_STANCE: dict[str, frozenset[str]] = {
    "against": frozenset({"ours_good", "theirs_bad"}),
    "for": frozenset({"ours_bad", "theirs_good"}),
    "none": frozenset(),
}
"""Polarities that explain nothing under a stance: no praise of us says why they left."""

_UNSURE = 0.35
_FAR = 2.0
_NEAR = 0.25
_REPEATED = 0.5
_MOST_REPEATED = 1.0


def strongest(codes: Iterable[Code]) -> tuple[Code, ...]:
    """One code a reason: its strongest hit, the first among equals, with its repetitions."""
    best: dict[str, Code] = {}
    times: dict[str, int] = {}
    for code in codes:
        times[code.reason] = times.get(code.reason, 0) + 1
        if code.reason not in best or code.strength > best[code.reason].strength:
            best[code.reason] = code
    return tuple(_repeated(code, times[code.reason] - 1) for code in best.values())


def ranked(codes: Iterable[Code], stance: Stance) -> tuple[Code, ...]:
    """The codes in order of their place, one of them primary.

    Where no reason goes along with the stance, the strongest of the others is suggested.
    """
    codes = tuple(codes)
    along = _along(codes, stance)
    if not along:
        return _suggested(codes)
    margin = along[0].strength - along[1].strength if len(along) > 1 else _FAR
    return tuple(
        Code(
            *code[:5],
            is_primary=code is along[0],
            confidence=_confidence(code.strength, margin if code is along[0] else _FAR),
            is_suggested=code.is_suggested,
        )
        for code in sorted(codes, key=_place)
    )


def is_close(codes: tuple[Code, ...], stance: Stance) -> bool:
    """True when the first two reasons are about equally strong: a coin would have done it."""
    along = _along(codes, stance)
    return len(along) > 1 and along[0].strength - along[1].strength < _NEAR


def _suggested(codes: tuple[Code, ...]) -> tuple[Code, ...]:
    if not codes:
        return ()
    guess = min(codes, key=_order)
    return (guess._replace(is_suggested=True, is_primary=True, confidence=_UNSURE),)


def _along(codes: Iterable[Code], stance: Stance) -> list[Code]:
    """The codes that go along with the stance, the strongest first; equals by their place."""
    against = AGAINST_STANCE[stance]
    going = [code for code in codes if code.polarity not in against and not code.is_suggested]
    return sorted(going, key=_order) if len(going) > 1 else going


def _order(code: Code) -> tuple[float, int, int, str]:
    return -code.strength, code.start, -code.end, code.reason


def _place(code: Code) -> tuple[int, int, str]:
    return code.start, code.end, code.reason


def _repeated(code: Code, more: int) -> Code:
    if not more:
        return code
    return code._replace(strength=code.strength + min(_REPEATED * more, _MOST_REPEATED))


def _confidence(strength: float, margin: float) -> float:
    """0.35 to 0.95, rising with the strength, lower where another reason is as strong."""
    sure = 0.3 + 0.12 * min(strength, 5.0) - (0.1 if margin < _NEAR else 0.0)
    return round(min(max(sure, _UNSURE), 0.95), 2)
