"""Whether a contract is large enough that it has to be published."""

from __future__ import annotations

from storage.engine.values import show_money
from storage.rules.explained import Explained, Reason

THRESHOLD = 500_000
"""£5,000, in pence."""

CODE = "Local Government Transparency Code 2015, contracts over £5,000"


def must_be_published(pence: int | None, threshold: int = THRESHOLD, source: str = CODE) -> Explained[bool]:
    """Whether a contract of this value is to be published: only *over* the threshold, exactly on it not.

    A value that is not known counts as over it, so that nothing stays unpublished for want of a figure.
    """
    rule = Reason(f"Contracts worth more than {show_money(threshold)} are published.", source)
    if pence is None:
        why = f"To be published: no value is recorded, which counts as over {show_money(threshold)}."
        return Explained(True, why, (rule,))
    if pence > threshold:
        why = f"To be published: {show_money(pence)} is over {show_money(threshold)}."
        return Explained(True, why, (rule,))
    return Explained(
        False, f"Not required: {show_money(pence)} is not over {show_money(threshold)}.", (rule,)
    )
