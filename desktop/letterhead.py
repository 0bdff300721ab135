"""Makes a letterhead picture small enough to print quickly."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter

from storage.desk.files.pictures import is_safe

MOST_BYTES = 100_000  # a larger picture makes every print slow
WIDTHS = (1600, 1200, 900, 600, 400)  # pixels; 1600 over the width of a page is 250 to the inch


def fitted(picture: bytes) -> bytes:
    """The picture as it is when it is small, else drawn smaller on white; what cannot be drawn stays as it is."""
    if len(picture) <= MOST_BYTES or not is_safe(picture):
        return picture
    image = QImage.fromData(picture)
    if image.isNull():
        return picture
    made = picture
    for width in WIDTHS:
        made = _drawn(image, min(width, image.width()))
        if len(made) <= MOST_BYTES:
            break
    return made


def _drawn(image: QImage, width: int) -> bytes:
    small = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
    ground = QImage(small.size(), QImage.Format.Format_RGB32)
    ground.fill(Qt.GlobalColor.white)
    painter = QPainter(ground)
    painter.drawImage(0, 0, small)
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    ground.save(buffer, "JPG", 88)  # type: ignore[call-overload]
    return bytes(held.data())
