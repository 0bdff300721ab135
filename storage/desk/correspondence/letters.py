"""Letters: made from a template or freely, kept word for word as they were, with the notice they serve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from storage.desk.correspondence.letter_places import fill, gaps_left, problems
from storage.desk.correspondence.letter_values import next_option, provider_of, subjects, values_of
from storage.desk.writing import held, joined_step, not_after_today
from storage.engine.conditions import Where
from storage.engine.errors import StorageError
from storage.engine.fields import Record
from storage.engine.query import Query
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.letters import LETTER_KINDS, Letter, LetterTemplate
from storage.records.running import METHODS, Notice, Variation

NOTICES: Mapping[str, str] = {
    "Extension": "Extension",
    "Non-renewal": "Non-renewal",
    "Variation cover": "Variation",
    "Performance notice": "Performance",
    "Award": "Award",
    "Unsuccessful bidder": "Unsuccessful bidder",
}
"""Which notice a letter of a kind serves, where it serves one."""


DATED = "dated"  # the fact that holds the day a letter carries, whatever is noted of its sending later


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it is made: what may be edited, what its places were filled with, what could not be filled."""

    kind: str
    subject: str
    addressee: str
    body: str
    facts: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    made_from: int | None = None


@dataclass(frozen=True, slots=True)
class Serving:
    """How a letter goes out, and whether it serves a notice."""

    sent_on: date | None = None
    method: str = ""
    as_notice: bool = False


def templates(store: Store) -> list[LetterTemplate]:
    """The templates of the file, those of one kind by name."""
    places = {kind: place for place, kind in enumerate(LETTER_KINDS)}
    held_templates = store.all(LetterTemplate)
    return sorted(held_templates, key=lambda t: (places.get(t.kind, len(places)), t.title.casefold()))


def drafted(
    store: Store,
    contract_id: int,
    template: LetterTemplate,
    about: Record | None = None,
    on: date | None = None,
) -> Draft:
    """A letter as a template would have it, for a day. Raises `StorageError` for a place nobody knows."""
    contract = held(store, Contract, contract_id)
    day = on or store.today()
    about = about or next(iter(subjects(store, contract_id, template.kind)), None)
    values = values_of(store, contract_id, day, about)
    subject, body = fill(template.subject, values), fill(template.body.strip(), values)
    used = dict.fromkeys((*subject.used, *body.used))
    provider = provider_of(store, contract)
    to = (
        ""
        if template.kind == "Unsuccessful bidder" or provider is None
        else _address(provider.title, provider.address)
    )
    return Draft(
        template.kind,
        subject.words,
        to,
        body.words,
        {name: values[name] for name in used if values.get(name)},
        tuple(dict.fromkeys((*subject.missing, *body.missing))),
        template.id,
    )


def make_letter(store: Store, contract_id: int, draft: Draft, serving: Serving | None = None) -> Letter:
    """Keep a letter as it is worded now, with its notice if it serves one, in one step.

    Raises `StorageError` while the subject is blank, a place is not filled, or the day of sending lies ahead.
    """
    contract = held(store, Contract, contract_id)
    how = serving or Serving()
    _check(store, draft, how)
    letter = Letter(
        contract=contract_id,
        made_from=draft.made_from,
        title=draft.subject.strip(),
        kind=draft.kind,
        addressee=draft.addressee.strip(),
        body=draft.body.strip(),
        facts={**draft.facts, DATED: (how.sent_on or store.today()).isoformat()},
        made_on=store.today(),
        sent_on=how.sent_on,
        method=how.method,
    )
    with joined_step(store, f"Write “{letter.title}” to {contract.name}"):
        made = store.save(letter)
        if how.as_notice:
            store.save(_notice(store, contract, made, how))
    return made


def _check(store: Store, draft: Draft, how: Serving) -> None:
    if not draft.subject.strip():
        raise StorageError("The letter has no subject. Nothing was saved. Type one.")
    if left := gaps_left(f"{draft.subject}\n{draft.addressee}\n{draft.body}"):
        named = ", ".join(f"[{name}]" for name in left)
        raise StorageError(
            f"Still to be filled in: {named}. Nothing was saved. Type over what stands in brackets."
        )
    if how.sent_on is not None:
        not_after_today(store, how.sent_on, "The day it was sent")
    if how.as_notice and (how.sent_on is None or draft.kind not in NOTICES):
        why = "the day it was served is missing" if how.sent_on is None else "letters of this kind serve none"
        raise StorageError(f"No notice can be recorded: {why}. Nothing was saved.")
    if how.method and how.method not in METHODS:
        raise StorageError(f"“{how.method}” is no way to send a letter. Choose one of {', '.join(METHODS)}.")


def _notice(store: Store, contract: Contract, letter: Letter, how: Serving) -> Notice:
    """The notice a letter serves, with the last day it was valid by the rules."""
    latest, effect = notice_days(store, contract, letter.kind)
    return Notice(
        contract=contract.id,
        kind=NOTICES[letter.kind],
        clause=contract.notice_clause if letter.kind in ("Extension", "Non-renewal") else "",
        served_on=how.sent_on,
        latest_valid=latest,
        takes_effect=effect,
        method=how.method,
        letter=letter.title,
    )


def notice_days(store: Store, contract: Contract, kind: str) -> tuple[date | None, date | None]:
    """The last day on which a notice of a kind is valid, and the day it takes effect, as far as they are known."""
    if kind == "Non-renewal":
        return contract.notice_by, contract.ends
    if kind == "Extension":
        option = next_option(store, contract, store.today())
        return (option.decide_by, option.end) if option else (None, None)
    if kind == "Variation cover":
        about = next(iter(subjects(store, contract.key, kind)), None)
        return None, about.effective_on if isinstance(about, Variation) else None
    return None, None


def letters_of(store: Store, contract_id: int) -> list[Letter]:
    """The letters on a contract, the latest first."""
    held_letters = store.all(Letter, Query(where=(Where("contract", "is", (contract_id,)),)))
    return sorted(held_letters, key=lambda each: (each.made_on or date.min, each.key), reverse=True)


def save_template(store: Store, template: LetterTemplate) -> LetterTemplate:
    """Keep a template. Raises `StorageError` for a blank name and for a place nobody knows."""
    if not template.title.strip():
        raise StorageError("The template has no name. Nothing was changed. Type one.")
    for label, words in (("In the subject", template.subject), ("In the words", template.body)):
        if wrong := problems(words):
            raise StorageError(f"{label}: {wrong[0]} Nothing was changed.")
    same = [t for t in templates(store) if t.title.casefold() == template.title.strip().casefold()]
    if any(t.id != template.id for t in same):
        raise StorageError(f"There is a template “{template.title.strip()}” already. Nothing was changed.")
    verb = "Change" if template.id else "Add"
    with joined_step(store, f"{verb} the letter template “{template.title.strip()}”"):
        return store.save(replace(template, title=template.title.strip()))


def dated(letter: Letter) -> date | None:
    """The day a letter carries: the one it was made with, else the day it was made on."""
    held_day = letter.facts.get(DATED) if letter.facts else None
    return date.fromisoformat(held_day) if isinstance(held_day, str) else letter.made_on


def _address(name: str, address: str) -> str:
    return "\n".join(line.strip() for line in (name, *address.splitlines()) if line.strip())
