"""Text in a CSV that a spreadsheet program must not take for a formula."""

from __future__ import annotations

import re

# What a spreadsheet program may work out, in its narrow and its wide letters.
_RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """The text, with an apostrophe in front where it would otherwise begin a formula.

    Text that already begins with apostrophes before such a sign gets one more: taking one away gives back the text.
    """
    return f"'{text}" if _RISKY.match(text) else text
