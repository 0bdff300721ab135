"""The tree as HTML made by us alone: every word escaped, no scripts, live links only to the web and to mailboxes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from storage.text.tree import (
    Block,
    Code,
    Divider,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Run,
    Runs,
    Table,
)

Source = Callable[[str], str]
"""The address to draw an attached picture from, by its UUID; nothing for one that cannot be drawn."""

CHANGES = {
    "in": ("ins", "inserted: ", "end of insertion. "),
    "out": ("del", "deleted: ", "end of deletion. "),
}


class HtmlWriter:
    """Writes blocks; `top` is the level that a first heading has, `spoken` whether changes are said in words too."""

    def __init__(self, source: Source | None = None, *, top: int = 1, spoken: bool = False) -> None:
        self._source, self._top, self._spoken = source, top, spoken

    def blocks(self, blocks: Sequence[Block]) -> str:
        """Some blocks."""
        return "\n".join(map(self._block, blocks))

    def runs(self, runs: Runs) -> str:
        """Some runs, line breaks kept."""
        return "".join(map(self._run, runs))

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return f"<p>{self.runs(block.runs)}</p>"
            case Heading():
                level = min(block.level + self._top - 1, 6)
                return f"<h{level}>{self.runs(block.runs)}</h{level}>"
            case Listing():
                return self._list(block)
            case Table():
                return self._table(block)
            case Quote():
                return f"<blockquote>{self.blocks(block.blocks)}</blockquote>"
            case Code():
                return self._changed(f"<pre>{escape(block.text)}</pre>", block.change)
            case Picture():
                return self._changed(self._picture(block), block.change)
            case Divider():
                return "<hr>"

    def _list(self, block: Listing) -> str:
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        items = "".join(f"<li>{self._item(item)}</li>" for item in block.items)
        return f"<{tag}{start}>{items}</{tag}>"

    def _item(self, item: tuple[Block, ...]) -> str:
        """What one item holds; a single paragraph needs no tags of its own."""
        if item and isinstance(item[0], Paragraph) and not any(isinstance(b, Paragraph) for b in item[1:]):
            return self.runs(item[0].runs) + self.blocks(item[1:])
        return self.blocks(item)

    def _table(self, block: Table) -> str:
        head = "".join(f'<th scope="col">{self.runs(cell)}</th>' for cell in block.header)
        rows = "".join(f"<tr>{''.join(f'<td>{self.runs(c)}</td>' for c in row)}</tr>" for row in block.rows)
        body = f"<tbody>{rows}</tbody>" if rows else ""
        return f"<table><thead><tr>{head}</tr></thead>{body}</table>"

    def _picture(self, block: Picture) -> str:
        source = self._source(block.uuid) if self._source else ""
        shown = block.alt or block.caption or "picture"
        drawn = (
            f'<img src="{escape(source)}" alt="{escape(block.alt)}">'
            if source
            else f"<em>[Picture: {escape(shown)}]</em>"
        )
        under = f"<figcaption>{escape(block.caption)}</figcaption>" if block.caption else ""
        return f"<figure>{drawn}{under}</figure>"

    def _run(self, run: Run) -> str:
        words = escape(run.text).replace("\n", "<br>")
        for on, tag in ((run.code, "code"), (run.struck, "s"), (run.italic, "em"), (run.bold, "strong")):
            words = f"<{tag}>{words}</{tag}>" if on else words
        if run.address:
            words = f'<a href="{escape(run.address)}">{words}</a>'
        return self._changed(words, run.change)

    def _changed(self, words: str, change: str) -> str:
        if not change:
            return words
        tag, before, after = CHANGES[change]
        if self._spoken:
            said, done = (f'<span class="said">{w}</span>' for w in (before, after))
            words = f"{said}{words}{done}"
        return f"<{tag}>{words}</{tag}>"
