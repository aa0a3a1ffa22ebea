"""How far a reading of several forms has come, in numbers and in one line."""

from dataclasses import dataclass

_TOO_SHORT = 1.0
_MINUTE = 60
_HOUR = 3600
_LITTLE = 100
"""Fewer responses than this come as fast as requests may follow one another: no rate of theirs."""


@dataclass(frozen=True)
class Progress:
    """A moment of a reading; says itself in one line."""

    form_count: int
    forms_done: int
    response_count: int
    expected_count: int | None
    """How many responses there are in all, as Typeform says; None while nobody can know."""
    seconds: float
    """Since the reading began."""
    waiting: str = ""
    """What is waited for, where it is more than the next answer."""

    @property
    def share(self) -> float | None:
        """How much is done, from 0 to 1: of the responses where all are counted, else of the forms.

        None where there is nothing to do.
        """
        if self.expected_count:
            return min(1.0, self.response_count / self.expected_count)
        return self.forms_done / self.form_count if self.form_count else None

    @property
    def seconds_left(self) -> float | None:
        """At the rate so far; None where that says nothing."""
        if not self.expected_count or not self.response_count or self.seconds < _TOO_SHORT:
            return None
        left = max(0, self.expected_count - self.response_count)
        return left * self.seconds / self.response_count

    def __str__(self) -> str:
        """Such as `3 of 7 forms, 4,120 of about 9,000 responses, 850 a second, 6 s left`."""
        parts = [f"{self.forms_done:,} of {_said(self.form_count, 'form')}", self._responses()]
        if self._has_rate:
            parts.append(_rate(self.response_count / self.seconds))
        if self.waiting:
            return f"{', '.join(parts)}; {self.waiting}"
        if self.seconds_left:
            parts.append(f"{_duration(self.seconds_left)} left")
        return ", ".join(parts)

    @property
    def _has_rate(self) -> bool:
        """Whether the rate says how fast it goes; of a few responses it only says how few."""
        if not self.response_count or self.seconds < _TOO_SHORT:
            return False
        is_long = (self.seconds_left or 0) >= _MINUTE
        return is_long or max(self.response_count, self.expected_count or 0) >= _LITTLE

    def _responses(self) -> str:
        if self.expected_count is None or self.expected_count == self.response_count:
            return _said(self.response_count, "response")
        return f"{self.response_count:,} of about {_said(self.expected_count, 'response')}"


def _said(count: int, noun: str) -> str:
    return f"{count:,} {noun if count == 1 else noun + 's'}"


def _rate(per_second: float) -> str:
    if per_second >= 1:
        return f"{per_second:,.0f} a second"
    return f"{per_second * _MINUTE:,.0f} a minute"


def _duration(seconds: float) -> str:
    whole = max(1, round(seconds))
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
