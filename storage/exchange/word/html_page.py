"""Writes a specification, a bundle or a redline as one accessible HTML file: no scripts, and nothing is fetched."""

from __future__ import annotations

import base64
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path

from storage.engine.errors import StorageError
from storage.exchange.files_out import not_written, put_in_place
from storage.exchange.paper.papers import SpecificationPaper, SpecificationSection, leveled
from storage.exchange.paper.print_data import day_words
from storage.text.html import HtmlWriter
from storage.text.tree import Heading

# Nothing may be loaded or run, whatever the text holds; the style stands in the page, the pictures in their addresses.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_KINDS = {"png": "image/png", "jpg": "image/jpeg"}
_FEWEST_LISTED = 4  # sections from which a list of contents helps


class HtmlError(StorageError):
    """The page could not be saved; the message says what happened and what was kept."""


def write_html(paper: SpecificationPaper, path: Path) -> None:
    """Save the page at `path`, which ends in .html. Raises `HtmlError`; nothing half-made is left."""
    if path.suffix.lower() not in (".html", ".htm"):
        raise HtmlError(f"{path.name} is no name for a web page. Nothing was written. End it in .html.")
    content = html_page(paper).encode("utf-8", "replace")
    try:
        with put_in_place(path) as made:
            made.write_bytes(content)
            if made.read_bytes() != content:
                raise OSError(None, "what was written could not be read back")
    except OSError as error:
        raise HtmlError(not_written(error, path)) from error


def html_page(paper: SpecificationPaper) -> str:
    """The whole page: one main heading, levels that skip none, a way past the contents, tables with headings."""
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(paper.document_title)}</title>
<style>
{_style()}
</style>
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<div class="page">
{_body(paper)}
</div>
</body>
</html>
"""


def _body(paper: SpecificationPaper) -> str:
    drawn = {
        p.uuid: f"data:{_KINDS[p.ending]};base64,{base64.b64encode(p.content).decode()}"
        for p in paper.pictures
    }
    writer = HtmlWriter(lambda uuid: drawn.get(uuid, ""), spoken=True)
    sections = list(leveled(paper.sections))
    text = "\n".join(_section(writer, section, number) for number, section in enumerate(sections))
    return (
        f"<header>\n{_head(paper)}\n</header>\n{_contents(paper, sections)}"
        f'<main id="text">\n{text}\n</main>\n<footer>\n{_foot(paper)}\n</footer>'
    )


@cache
def _style() -> str:
    return (files("resources") / "style" / "page.css").read_text(encoding="utf-8")


def _head(paper: SpecificationPaper) -> str:
    kind = "  ".join(filter(None, (paper.kicker, paper.reference)))
    state = f"<strong>{escape(paper.version_words)}</strong>"
    if paper.state_words:
        state += f"<br>{escape(paper.state_words)}"
    facts = "".join(f"<dt>{escape(f.label)}</dt><dd>{escape(f.value or '–')}</dd>" for f in paper.facts)
    lines = [
        f'<p class="kind">{escape(kind)}</p>',
        f"<h1>{escape(paper.title)}</h1>",
        f'<p class="state">{state}</p>',
    ]
    return "\n".join([*lines, *([f"<dl>{facts}</dl>"] if facts else [])])


def _contents(paper: SpecificationPaper, sections: list[SpecificationSection]) -> str:
    if not paper.contents or len(sections) < _FEWEST_LISTED:
        return ""
    lines = "".join(
        f'<li><a href="#section-{number}">{escape(_called(section))}</a></li>'
        for number, section in enumerate(sections)
        if section.level == 1
    )
    return f'<nav aria-label="Contents">\n<h2>Contents</h2>\n<ol>{lines}</ol>\n</nav>\n'


def _called(section: SpecificationSection) -> str:
    return "  ".join(filter(None, (section.number, section.heading)))


def _section(writer: HtmlWriter, section: SpecificationSection, number: int) -> str:
    level = min(section.level + 1, 6)  # the title of the page is the first
    words = writer.runs(section.marked) if section.marked else escape(section.heading)
    words = f"{escape(section.number)}&ensp;{words}" if section.number else words
    heading = f'<h{level} id="section-{number}">{words}</h{level}>'
    # Levels inside are those of the whole document already.
    blocks = writer.blocks(
        [b if not isinstance(b, Heading) else Heading(b.runs, min(b.level + 1, 6)) for b in section.blocks]
    )
    blocks = blocks.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")
    return f"{heading}\n" + (f'<div class="blank">{blocks}</div>' if section.blank else blocks)


def _foot(paper: SpecificationPaper) -> str:
    imprint = paper.imprint
    said = (
        imprint.organisation,
        imprint.marking,
        f"Made on {day_words(imprint.printed_on)}",
        imprint.printed_by,
    )
    return f'<p class="made">{escape(" · ".join(filter(None, said)))}</p>'
