"""The five-by-five matrix: likelihood times consequence, and the band a score falls in."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from storage.rules.explained import Explained, Reason

STEPS = 5
HIGHEST_SCORE = STEPS * STEPS


@dataclass(frozen=True, slots=True)
class Band:
    """A run of scores with its name, its colour word and who must be told."""

    name: str
    lowest: int
    highest: int
    colour: str
    escalate_to: str


@dataclass(frozen=True, slots=True)
class Scales:
    """The words for each step of the matrix, 1 first, and its bands from low to high.

    Raises ValueError when a word is missing or the bands do not cover every score once.
    """

    likelihood: tuple[str, ...]
    consequence: tuple[str, ...]
    bands: tuple[Band, ...]

    def __post_init__(self) -> None:
        for words in (self.likelihood, self.consequence):
            if len({word for word in words if word.strip()}) != STEPS or len(words) != STEPS:
                raise ValueError(f"Likelihood and consequence each need {STEPS} different words.")
        covered = [points for band in self.bands for points in range(band.lowest, band.highest + 1)]
        if [points for points in covered if points in possible_scores()] != sorted(possible_scores()):
            raise ValueError(
                f"The bands must cover every score from 1 to {HIGHEST_SCORE} once, lowest first."
            )

    def band(self, points: int) -> Band:
        """The band of a score. Raises ValueError for a number that no score can be."""
        if points in possible_scores():
            for band in self.bands:
                if band.lowest <= points <= band.highest:
                    return band
        raise ValueError(f"{points} is not a score of the matrix")

    def with_limits(self, highest: Sequence[int]) -> Scales:
        """The same bands with other limits: the highest score of each band but the last, lowest band first.

        Raises ValueError when there are too few or too many, or they do not rise between 1 and 24.
        """
        edges = [0, *highest, HIGHEST_SCORE]
        if len(edges) != len(self.bands) + 1 or edges != sorted(set(edges)):
            raise ValueError(
                f"{len(self.bands) - 1} rising limits between 1 and {HIGHEST_SCORE - 1} are needed."
            )
        bands = (
            replace(band, lowest=below + 1, highest=top)
            for band, below, top in zip(self.bands, edges[:-1], edges[1:], strict=True)
        )
        return replace(self, bands=tuple(bands))


def score(likelihood: int, consequence: int) -> int:
    """Likelihood times consequence. Raises ValueError when either lies outside 1 to 5."""
    if not (1 <= likelihood <= STEPS and 1 <= consequence <= STEPS):
        raise ValueError("likelihood and consequence lie between 1 and 5")
    return likelihood * consequence


def possible_scores() -> frozenset[int]:
    """The 14 numbers that can come out."""
    steps = range(1, STEPS + 1)
    return frozenset(one * other for one in steps for other in steps)


def risk_band(
    likelihood: int | None, consequence: int | None, words: Scales | None = None
) -> Explained[Band | None]:
    """The band of a risk, with its score and who must be told; none while a step is missing.

    Raises ValueError when a step lies outside 1 to 5.
    """
    if likelihood is None or consequence is None:
        gap = "likelihood" if likelihood is None else "consequence"
        return Explained(None, f"Not scored: no {gap} is recorded.")
    words = words or scales()
    points = score(likelihood, consequence)
    band = words.band(points)
    why = f"{band.name}: {likelihood} × {consequence} = {points}, within {band.lowest} to {band.highest}."
    steps = (
        Reason(f"Likelihood {likelihood}: {words.likelihood[likelihood - 1]}"),
        Reason(f"Consequence {consequence}: {words.consequence[consequence - 1]}"),
        Reason(f"{band.name} goes to: {band.escalate_to}"),
    )
    return Explained(band, why, steps)


@cache
def scales() -> Scales:
    """The scales that come with the program."""
    return read_scales(
        files("resources").joinpath("checklists", "risk_matrix.toml").read_text(encoding="utf-8")
    )


def read_scales(text: str) -> Scales:
    """Read scales from TOML. Raises ValueError when something is missing, or one of `Scales`."""
    table = tomllib.loads(text)
    try:
        bands = tuple(Band(**band) for band in table["bands"])
        return Scales(tuple(table["likelihood"]), tuple(table["consequence"]), bands)
    except (KeyError, TypeError) as error:
        raise ValueError(f"Risk matrix: something is missing or not known: {error}") from error
