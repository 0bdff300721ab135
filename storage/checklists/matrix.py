"""The five-by-five matrix: likelihood times consequence, and the band a score falls in."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from storage.checklists.toml_table import TomlTable, read_toml

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
    """The words for each step of the matrix, 1 first, and its bands from low to high."""

    likelihood: tuple[str, ...]
    consequence: tuple[str, ...]
    bands: tuple[Band, ...]

    def band(self, points: int) -> Band:
        """The band of a score. Raises ValueError for a number that no score can be."""
        if points in possible_scores():
            for band in self.bands:
                if band.lowest <= points <= band.highest:
                    return band
        raise ValueError(f"{points} is not a score of the matrix")


def score(likelihood: int, consequence: int) -> int:
    """Likelihood times consequence. Raises ValueError when either lies outside 1 to 5."""
    if not (1 <= likelihood <= STEPS and 1 <= consequence <= STEPS):
        raise ValueError("likelihood and consequence lie between 1 and 5")
    return likelihood * consequence


def possible_scores() -> frozenset[int]:
    """The 14 numbers that can come out."""
    steps = range(1, STEPS + 1)
    return frozenset(one * other for one in steps for other in steps)


@cache
def scales() -> Scales:
    """The scales that come with the program."""
    return read_scales(
        files("resources").joinpath("checklists", "risk_matrix.toml").read_text(encoding="utf-8")
    )


def read_scales(text: str) -> Scales:
    """Read scales from TOML. Raises TemplateError when a word is missing or the bands leave a score out."""
    table = read_toml(text, "Risk matrix")
    found = Scales(
        likelihood=table.texts("likelihood"),
        consequence=table.texts("consequence"),
        bands=tuple(_band(band) for band in table.tables("bands")),
    )
    table.finish()
    if len(found.likelihood) != STEPS or len(found.consequence) != STEPS:
        raise table.fail(f"likelihood and consequence each need {STEPS} words")
    covered = [points for band in found.bands for points in range(band.lowest, band.highest + 1)]
    if [points for points in covered if points in possible_scores()] != sorted(possible_scores()):
        raise table.fail(f"the bands must cover every score from 1 to {HIGHEST_SCORE} once, lowest first")
    return found


def _band(table: TomlTable) -> Band:
    lowest, highest = table.whole("lowest"), table.whole("highest")
    if lowest is None or highest is None:
        raise table.fail("lowest and highest must be given")
    band = Band(table.text("name"), lowest, highest, table.text("colour"), table.text("escalate_to"))
    table.finish()
    return band
