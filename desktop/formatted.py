"""Formatted text on screen: the tree of the text as HTML that Qt can show, with pictures from the attachments."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

from desktop.session import Session
from storage.desk.specification.section_pictures import drawn_pictures
from storage.text.html import HtmlWriter
from storage.text.reading import read_markdown
from storage.text.tree import PICTURE, Block, Picture
from widgets.prose import Prose


class ScreenWriter(HtmlWriter):
    """HTML of the sort Qt knows: a picture is a paragraph with its caption under it."""

    def __init__(self) -> None:
        super().__init__(lambda uuid: f"{PICTURE}{uuid}")

    def _picture(self, block: Picture) -> str:
        drawn = f'<p><img src="{PICTURE}{escape(block.uuid)}" alt="{escape(block.alt)}"></p>'
        return drawn + (f"<p><em>{escape(block.caption)}</em></p>" if block.caption else "")

    def _changed(self, words: str, change: str) -> str:
        if not change:
            return words
        tag = "u" if change == "in" else "s"
        return f'<{tag} class="{change}">{words}</{tag}>'


def screen_html(markdown: str) -> str:
    """Markdown as HTML for a `Prose`."""
    return ScreenWriter().blocks(read_markdown(markdown))


def blocks_html(blocks: tuple[Block, ...]) -> str:
    """Blocks, with what changed in them marked, as HTML for a `Prose`."""
    return ScreenWriter().blocks(blocks)


def prose_of(session: Session | None = None) -> Prose:
    """A column for formatted text; with a session, with the pictures that are attached in its file."""
    return Prose(screen_html, pictures_of(session) if session is not None else None)


def pictures_of(session: Session) -> Callable[[str], bytes]:
    """What gives an attached picture by its address; nothing for one that is missing or not safe to draw."""
    return partial(_picture, session)


def _picture(session: Session, address: str) -> bytes:
    uuid = address.removeprefix(PICTURE)
    found = drawn_pictures(session.store, [uuid]).get(uuid) if uuid != address else None
    return found.content if found is not None else b""
