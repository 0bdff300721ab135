"""Every colour and size the program draws with, light and dark, and what puts them into force."""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QWidget

PROPERTY = "tokens"  # where the application keeps the tokens in use


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours by their use, as #RRGGBB."""

    canvas: str
    surface: str
    sunken: str
    rail: str
    line: str
    edge: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_fill: str
    accent_press: str  # accent_fill one step darker: under the pointer and pressed
    on_accent: str
    accent_soft: str
    accent_line: str
    focus: str
    red: str
    red_soft: str
    red_mark: str
    amber: str
    amber_soft: str
    amber_mark: str
    green: str
    green_soft: str
    green_mark: str
    ins_bg: str
    del_bg: str

    def __getitem__(self, name: str) -> str:
        """The colour of a token by its name."""
        return str(getattr(self, name))

    def colour(self, name: str) -> QColor:
        """The same, ready to paint with."""
        return QColor(self[name])

    @property
    def dark(self) -> bool:
        """True when words are lighter than what they stand on."""
        return QColor(self.text).lightness() > QColor(self.surface).lightness()


LIGHT = Tokens(
    canvas="#F5F6F8",
    surface="#FFFFFF",
    sunken="#EEF1F4",
    rail="#EBEEF2",
    line="#DDE2E8",
    edge="#7F8A98",
    text="#1A222D",
    text2="#4A5666",
    text3="#5D6978",
    accent="#2A5B9C",
    accent_fill="#2A5B9C",
    accent_press="#214A80",
    on_accent="#FFFFFF",
    accent_soft="#E3ECF7",
    accent_line="#6F97C9",
    focus="#2A5B9C",
    red="#A3262B",
    red_soft="#FBE9E8",
    red_mark="#C23934",
    amber="#744700",
    amber_soft="#FCF0D9",
    amber_mark="#B26B00",
    green="#1D6638",
    green_soft="#E3F2E8",
    green_mark="#2C8550",
    ins_bg="#DDF1E4",
    del_bg="#FBE3E1",
)
DARK = Tokens(
    canvas="#14181E",
    surface="#1B2027",
    sunken="#242B34",
    rail="#101419",
    line="#2E3641",
    edge="#6F7C8C",
    text="#E6EAF0",
    text2="#AEB8C5",
    text3="#96A2B1",
    accent="#8DB6EE",
    accent_fill="#3A6DB0",
    accent_press="#305C97",
    on_accent="#FFFFFF",
    accent_soft="#22354E",
    accent_line="#5C86BD",
    focus="#8DB6EE",
    red="#FF9F99",
    red_soft="#40211F",
    red_mark="#F0716A",
    amber="#F0BF70",
    amber_soft="#3A2D15",
    amber_mark="#E0A23C",
    green="#84D3A0",
    green_soft="#18342A",
    green_mark="#58B57F",
    ins_bg="#1B3F2E",
    del_bg="#4A2422",
)

# Pixels at 100 %.
TITLE, RECORD, FACT, STRONG, BODY, SMALL = 20, 18, 16, 14, 13, 12
CONTROL, HEAD, ROW, ROW_TWO, BAR, SUBBAR, STATUS = 32, 32, 36, 48, 56, 48, 28
REGULAR, MEDIUM, SEMIBOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold

_GROUNDS = (
    *("canvas", "surface", "sunken", "rail", "accent_soft"),
    *("red_soft", "amber_soft", "green_soft", "ins_bg", "del_bg"),
)
_GREY_ROLES = {QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText}
_ROLES = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "surface",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "accent_fill",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Accent: "accent_fill",
    QPalette.ColorRole.BrightText: "red",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "edge",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "edge",
}


def tokens(_widget: QWidget | None = None) -> Tokens:
    """The tokens in use; a painter passes the widget it paints on. Light before a theme is applied."""
    app = QApplication.instance()
    held = app.property(PROPERTY) if app else None
    return held if isinstance(held, Tokens) else LIGHT


def from_palette(palette: QPalette) -> Tokens:
    """Tokens for a high-contrast system: its own colours only; marks and words carry the meaning."""
    role = QPalette.ColorRole
    ground, words = palette.color(role.Base).name(), palette.color(role.Text).name()
    chosen, on_chosen = palette.color(role.Highlight).name(), palette.color(role.HighlightedText).name()
    found = dict.fromkeys((f.name for f in fields(Tokens)), words)
    found |= dict.fromkeys(_GROUNDS, ground)
    return Tokens(**(found | {"accent_fill": chosen, "accent_press": chosen, "on_accent": on_chosen}))


class Theme(QObject):
    """Keeps one application in light or dark, with the system or as the user chose."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._system = QPalette(app.palette())
        self._dark: bool | None = None
        self._shapes = self._folder()
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def _folder(self) -> Path:
        """A folder for the shapes the style draws with, gone with the program."""
        made = Path(tempfile.mkdtemp(prefix="commissioning-desk-"))
        weakref.finalize(self, shutil.rmtree, made, ignore_errors=True)
        return made

    def follow(self, dark: bool | None) -> None:
        """Be dark, be light, or with None do as the system does."""
        self._dark = dark
        hints = self._app.styleHints()
        if dark is None:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        self._apply()

    def _scheme_changed(self) -> None:
        self._apply()

    def _wanted(self) -> Tokens:
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return from_palette(self._system)
        dark = hints.colorScheme() == Qt.ColorScheme.Dark if self._dark is None else self._dark
        return DARK if dark else LIGHT

    def _apply(self) -> None:
        wanted = self._wanted()
        if not self._shapes.is_dir():  # somebody tidied up the temporary files
            self._shapes = self._folder()
        elif self._app.property(PROPERTY) == wanted:
            return
        self._app.setProperty(PROPERTY, wanted)
        self._app.setFont(body_font(self._app.font()))
        self._app.setPalette(palette_of(wanted))
        self._app.setStyleSheet(style_sheet(wanted, self._shapes))
        self.changed.emit()


def apply_theme(app: QApplication, dark: bool | None = None) -> Theme:
    """Dress the application; with None it follows the system, now and whenever the system changes.

    May be called again to change one's mind. Widgets hear of a change as `QEvent.Type.PaletteChange`.
    """
    theme = app.findChild(Theme) or Theme(app)
    theme.follow(dark)
    return theme


def body_font(font: QFont) -> QFont:
    """The platform's own font at body size, with figures of equal width."""
    font = QFont(font)
    font.setPixelSize(BODY)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def font_of(widget: QWidget, size: int = BODY, weight: QFont.Weight = REGULAR) -> QFont:
    """The font a painter uses on a widget, size in pixels."""
    font = QFont(widget.font())
    font.setPixelSize(size)
    font.setWeight(weight)
    return font


def palette_of(wanted: Tokens) -> QPalette:
    """The palette that goes with the tokens, for what no style rule reaches."""
    palette = QPalette(wanted.colour("surface"))
    for role, name in _ROLES.items():
        palette.setColor(role, wanted.colour(name))
    for role in _GREY_ROLES:
        palette.setColor(QPalette.ColorGroup.Disabled, role, wanted.colour("text3"))
    return palette


def style_sheet(wanted: Tokens, shapes: Path) -> str:
    """The style rules with their colours filled in; the few shapes they need are drawn into `shapes`."""
    rules = resources.files("resources").joinpath("style/desk.qss").read_text("utf-8")

    def fill(found: re.Match[str]) -> str:
        shape, its_colour, colour = found.groups()
        return _shape(shape, wanted[its_colour], shapes) if shape else wanted[colour]

    rules = re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL)
    return re.sub(r"shape\(([a-z-]+), @(\w+)\)|@(\w+)", fill, rules)


def _shape(name: str, colour: str, folder: Path) -> str:
    """An icon as a file in one colour, since style rules take pictures from files only."""
    file = folder / f"{name}-{colour[1:]}.svg"
    if not file.exists():
        drawn = resources.files("resources").joinpath(f"icons/{name}.svg").read_text("utf-8")
        file.write_text(drawn.replace("currentColor", colour), "utf-8")
    return f'url("{file.as_posix()}")'


def mark(painter: QPainter, x: float, y: float, size: float, rating: str, colours: Tokens) -> None:
    """Paint a rating so that it is told apart without colour.

    Green is a disc, amber a triangle, red a square; anything else is not rated and gets a ring.
    """
    box = QRectF(x, y, size, size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    name = rating.casefold()
    if name not in ("green", "amber", "red"):
        painter.setPen(QPen(colours.colour("text3"), 1.5))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        painter.restore()
        return
    painter.setBrush(colours.colour(f"{name}_mark"))
    if name == "green":
        painter.drawEllipse(box)
    elif name == "red":
        painter.drawRect(box)
    else:
        painter.drawPolygon(
            QPolygonF(
                [QPointF(x + size / 2, y), QPointF(x + size + 0.5, y + size), QPointF(x - 0.5, y + size)]
            )
        )
    painter.restore()
