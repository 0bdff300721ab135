"""What is said after publishing: contracts left out, values left blank, and remarks, each with its reason and count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storage.exchange.published.choice import Finding, Published


@dataclass(frozen=True, slots=True)
class Told:
    """The contracts that share one reason in one column."""

    column: str
    reason: str
    references: tuple[str, ...]


def told(findings: Iterable[Finding], *, blank: bool) -> tuple[Told, ...]:
    """Blanks, or remarks, put together by column and reason, in the order in which they first stand."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in findings:
        if each.blank is blank:
            found.setdefault((each.column, each.reason), []).append(each.reference)
    return tuple(Told(column, reason, tuple(named)) for (column, reason), named in found.items())


def left_out(done: Published) -> tuple[Told, ...]:
    """The contracts that were not published, by reason."""
    return told((Finding("", each.reference, each.reason) for each in done.left_out), blank=True)


def counted(number: int) -> str:
    """A number of contracts in words."""
    return f"{number:,} contract" if number == 1 else f"{number:,} contracts"


def sentences(done: Published) -> list[str]:
    """One line for each reason."""
    lines = [f"Left out, {counted(len(each.references))}: {each.reason}" for each in left_out(done)]
    lines += [
        f"{each.column} blank, {counted(len(each.references))}: {each.reason}"
        for each in told(done.findings, blank=True)
    ]
    lines += [
        f"{each.column}, {counted(len(each.references))}: {each.reason}"
        for each in told(done.findings, blank=False)
    ]
    return lines


def report(done: Published) -> dict[str, object]:
    """The same as data, with the reference of every contract."""
    return {
        "path": str(done.path),
        "contracts": done.contracts,
        "left_out": [_json(each) for each in left_out(done)],
        "blanks": [_json(each) for each in told(done.findings, blank=True)],
        "remarks": [_json(each) for each in told(done.findings, blank=False)],
    }


def _json(each: Told) -> dict[str, object]:
    column = {"column": each.column} if each.column else {}
    return column | {
        "reason": each.reason,
        "contracts": len(each.references),
        "references": list(each.references),
    }
