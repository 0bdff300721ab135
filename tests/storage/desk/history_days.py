"""A clock that tests set: with what day a step is written down."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from storage.engine import steps


class Clock:
    """Noon of the day that is set."""

    day = date(2026, 1, 1)

    @classmethod
    def now(cls, zone: object = None) -> datetime:
        return datetime(cls.day.year, cls.day.month, cls.day.day, 12, tzinfo=UTC)


def clock(monkeypatch: pytest.MonkeyPatch, day: date) -> type[Clock]:
    """Steps from now on are written down with the day of this clock."""
    monkeypatch.setattr(steps, "datetime", Clock)
    Clock.day = day
    return Clock
