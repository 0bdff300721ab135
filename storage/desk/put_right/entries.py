"""The record itself: blanks, words that are on no list, repeated references, dates out of order, nobody in charge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from storage.desk.findings import at_odds
from storage.desk.put_right.finding import Finding, Kind, Severity
from storage.desk.put_right.register import OVER, Register, owner_of
from storage.engine.partly import unlisted_words
from storage.records.contracts import Contract

_GROUP = "The record itself"
MUST, SHOULD, COULD = Severity.MUST, Severity.SHOULD, Severity.COULD

BLANK = Kind("blank", MUST, _GROUP, "Left blank", "{0}", "title")
OFF_LIST = Kind("off_list", COULD, _GROUP, "Word on no list", "{0}", "stage")
REPEATED = Kind("repeated", SHOULD, _GROUP, "Repeated reference", "{0} have the reference {1}.", "reference")
AT_ODDS = Kind("at_odds", SHOULD, _GROUP, "Dates or amounts at odds", "{0}", "current_end")
UNREAD = Kind("unread", COULD, _GROUP, "Cells that could not be read",
    "Some cells of the imported row could not be read; they are kept word for word.", "unread")  # fmt: skip
NO_OWNER = Kind("no_owner", COULD, _GROUP, "Nobody in charge",
    "Neither a contract manager nor a lead commissioner is named.", "contract_manager")  # fmt: skip


def entries(register: Register) -> Iterator[Finding]:
    """What is wrong with the cells of a contract, whatever the day."""
    needed = [f for f in Contract.FIELDS.values() if f.required]
    folded = {c.key: _folded(c) for c in register.contracts}
    times = Counter(folded.values())
    for c in register.active:
        held = c.__dict__
        for field in needed:
            if not held[field.name]:
                yield register.found(BLANK, c, field.problem(""), field=field.name)
        if (word := folded[c.key]) and times[word] > 1:
            yield register.found(REPEATED, c, f"{times[word]:,} contracts", c.reference.strip())
        for name, said in at_odds(c):
            yield register.found(AT_ODDS, c, said, field=name)
        if c.unread:
            yield register.found(UNREAD, c)
        if not owner_of(c):
            yield register.found(NO_OWNER, c)


def words_on_no_list(register: Register) -> Iterator[Finding]:
    """Choices of contracts that hold a word nobody listed."""
    for number, name, word in unlisted_words(register.reader, Contract):
        contract = register.by_id.get(number)
        if contract is not None and contract.position not in OVER:
            yield register.found(OFF_LIST, contract, Contract.FIELDS[name].problem(word), field=name)


def _folded(contract: Contract) -> str:
    return " ".join(contract.reference.casefold().split())
