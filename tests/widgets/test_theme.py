"""The colours can be read, follow light and dark, and are the only ones in the style rules."""

import re
from importlib import resources
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from widgets.icons import IconLabel, icon
from widgets.theme import DARK, LIGHT, Tokens, apply_theme, from_palette, mark, style_sheet, tokens

GROUNDS = ("surface", "canvas", "rail", "sunken", "accent_soft")
WORDS = [(words, ground) for ground in GROUNDS for words in ("text", "text2", "accent")]
WORDS += [("text3", ground) for ground in ("surface", "canvas", "rail", "sunken")]
WORDS += [
    (tone, ground) for tone in ("red", "amber", "green") for ground in (f"{tone}_soft", "surface", "canvas")
]
WORDS += [("on_accent", "accent_fill"), ("on_accent", "accent_press"), ("green", "ins_bg"), ("red", "del_bg")]
WORDS += [("text", "line"), ("text2", "line")]
SHAPES = [(f"{tone}_mark", "surface") for tone in ("red", "amber", "green")]
SHAPES += [(line, "surface") for line in ("edge", "accent_line", "focus", "accent_fill")]
SHAPES += [("edge", "canvas"), ("focus", "canvas"), ("text", "surface"), ("on_accent", "accent_fill")]


def contrast(one: str, two: str) -> float:
    """The WCAG 2 contrast ratio of two colours."""

    def light(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    def luminance(name: str) -> float:
        colour = QColor(name)
        return 0.2126 * light(colour.red()) + 0.7152 * light(colour.green()) + 0.0722 * light(colour.blue())

    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("held", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_can_be_read(held: Tokens, words: str, ground: str) -> None:
    assert contrast(held[words], held[ground]) >= 4.5


@pytest.mark.parametrize("held", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_and_marks_can_be_seen(held: Tokens, shape: str, ground: str) -> None:
    assert contrast(held[shape], held[ground]) >= 3.0


def test_a_theme_can_be_changed_and_painters_see_it(qapp: QApplication) -> None:
    theme = apply_theme(qapp, dark=False)
    assert tokens() == LIGHT
    heard: list[bool] = []

    def hear() -> None:
        heard.append(tokens().dark)

    theme.changed.connect(hear)
    assert apply_theme(qapp, dark=True) is theme
    assert tokens() == DARK and heard == [True]
    assert qapp.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.text)
    apply_theme(qapp, dark=True)
    assert heard == [True], "nothing changed, nobody is told"
    apply_theme(qapp, dark=False)
    theme.changed.disconnect(hear)
    assert tokens() == LIGHT and not tokens().dark


def test_without_a_wish_it_follows_the_system(qapp: QApplication) -> None:
    apply_theme(qapp, dark=True)
    apply_theme(qapp)
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert tokens() == (DARK if dark else LIGHT)
    apply_theme(qapp, dark=False)


def test_high_contrast_uses_the_systems_own_colours() -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor("#000000"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#FFFF00"))
    found = from_palette(palette)
    assert (found.surface, found.text, found.red, found.edge) == ("#000000", "#ffff00", "#ffff00", "#ffff00")
    assert found.dark


def test_style_rules_hold_no_colour_of_their_own(tmp_path: Path) -> None:
    rules = resources.files("resources").joinpath("style/desk.qss").read_text("utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b(?=\s*[;}])", rules)
    assert not re.search(r"font-family|\bitalic\b", rules)
    filled = style_sheet(LIGHT, tmp_path)
    assert "@" not in filled and "shape(" not in filled
    for file in re.findall(r'url\("([^"]+)"\)', filled):
        assert Path(file).is_file()


def test_no_word_is_smaller_than_twelve_pixels() -> None:
    rules = resources.files("resources").joinpath("style/desk.qss").read_text("utf-8")
    assert min(int(size) for size in re.findall(r"font-size: (\d+)px", rules)) == 12


@pytest.mark.parametrize(
    ("rating", "corner", "middle"),
    [("Green", False, True), ("Amber", False, True), ("Red", True, True), ("Unrated", False, False)],
)
def test_ratings_differ_in_shape(qapp: QApplication, rating: str, corner: bool, middle: bool) -> None:
    drawn = QImage(22, 22, QImage.Format.Format_ARGB32)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    mark(painter, 1, 1, 20, rating, LIGHT)
    painter.end()
    assert (drawn.pixelColor(2, 2).alpha() > 200) is corner
    assert (drawn.pixelColor(11, 11).alpha() > 200) is middle
    assert any(drawn.pixelColor(x, y).alpha() for x in range(22) for y in range(22))


def _inks(image: QImage) -> set[str]:
    spots = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {spot.name().upper() for spot in spots if spot.alpha() == 255}


def test_icons_take_the_colour_in_force_when_they_are_painted(qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)
    made = icon("briefcase", "accent")
    assert LIGHT.accent in _inks(made.pixmap(64, 64).toImage())
    apply_theme(qapp, dark=True)
    assert DARK.accent in _inks(made.pixmap(64, 64).toImage())
    apply_theme(qapp, dark=False)


def test_an_icon_that_is_not_there_is_refused(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
    with pytest.raises(FileNotFoundError):
        IconLabel("no-such-icon")


def test_every_icon_takes_colour_and_the_licence_lies_beside_them() -> None:
    folder = resources.files("resources").joinpath("icons")
    drawn = [f for f in folder.iterdir() if f.name.endswith(".svg")]
    assert len(drawn) > 50
    for file in drawn:
        assert "currentColor" in file.read_text("utf-8"), file.name
    assert "MIT License" in folder.joinpath("LICENCE.txt").read_text("utf-8")
