"""Checklist templates of one's own: adapted or new, drafted, checked, published, replaced, retired, given away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from storage.checklists.data import Data, questions_in, read_data, renamed, template_text
from storage.checklists.editing import add_section, problems
from storage.checklists.lists import Lists, shipped_entries, shipped_lists
from storage.checklists.structure import Template
from storage.checklists.template import read_template, shipped, shipped_text
from storage.checklists.toml_table import Problem, TemplateError
from storage.desk.office import who
from storage.desk.writing import held, joined_step
from storage.engine.conditions import Where
from storage.engine.errors import Refused, StorageError
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.records.templates import DRAFT, LIVE, REPLACED, RETIRED, ListItem, OwnTemplate

LETTER = "L"  # what the code of a template of one's own begins with
FIRST = "1.0"
_CODE = re.compile(rf"{LETTER}\d{{2,3}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Offered:
    """A template that a checklist can be started from. `own` is the record of one's own, None for a shipped one."""

    template: Template
    own: OwnTemplate | None = None


def lists_of(reader: Reader) -> Lists:
    """The lists of this file as they hold today; a list the file does not keep is taken as it comes."""
    kept = [item.entry() for item in reader.all(ListItem, Query(order=(Order("id"),)))]
    if not kept:
        return shipped_lists()
    mine = {entry.list for entry in kept}
    return Lists([*kept, *(e for e in shipped_entries() if e.list not in mine)], reader.today())


def offered(store: Store) -> list[Offered]:
    """Every template a checklist can be started from: one's own that are live, then those of the program."""
    lists = lists_of(store)
    own = [Offered(read_template(t.template_text, lists), t) for t in own_templates(store) if t.state == LIVE]
    return [*own, *(Offered(template) for template in shipped())]


def own_templates(store: Store) -> list[OwnTemplate]:
    """One's own templates with every version, by code, the newest version first."""
    found = store.all(OwnTemplate)
    return sorted(found, key=lambda t: (t.code, [-n for n in _version(t.version)]))


def live_text(store: Store, template_id: str) -> str:
    """The text a new checklist is started from. Raises TemplateError when there is no such template."""
    for own in own_templates(store):
        if own.code == template_id and own.state == LIVE:
            return own.template_text
    return shipped_text(template_id)


def adapt(store: Store, template_id: str, title: str = "") -> OwnTemplate:
    """A draft of one's own made from a template; its questions keep their ids, so that answers carry over."""
    data = read_data(_text(store, template_id))
    origin = str(data.get("adapted_from") or data["id"])
    data = _headed(data, _next_code(store), title.strip() or f"{data['title']} (our version)", origin)
    return _kept(store, data, f"Adapt {template_id}")


def new_template(store: Store, title: str) -> OwnTemplate:
    """An empty draft with one section."""
    if not title.strip():
        raise StorageError("A template needs a title. Nothing was changed.")
    data: Data = {
        "id": _next_code(store),
        "version": FIRST,
        "title": title.strip(),
        "purpose": "",
        "subjects": ["contract"],
    }
    data, _ = add_section({**data, "sections": []}, "First section")
    return _kept(store, data, "Start a template")


def take_in(store: Store, text: str, *, as_new: bool | None = None) -> OwnTemplate:
    """A template from a file, as a draft: the draft of that code, a further version of one that is here, or a new one.

    Without `as_new` it is a further version when at least half of its questions are those of the template here.
    Raises `StorageError` for what is no template at all; what is only unfinished is kept and can be mended.
    """
    try:
        data = read_data(text)
        code = _own_code(data)
    except TemplateError as error:
        raise StorageError(f"{error} Nothing was taken in.") from error
    known = [t for t in own_templates(store) if t.code == code]
    if as_new is None:
        as_new = not known or not _is_same(draft_data(known[0]), data)
    if (as_new and (known or not _CODE.fullmatch(code))) or not code.startswith(LETTER):
        data = _under_code(data, _next_code(store))
    elif known:
        drafts = [t for t in known if t.state == DRAFT]
        if drafts:
            return change(store, drafts[0].key, {**data, "version": drafts[0].version}, "Take in changes")
        data["version"] = _following(known)
    return _kept(store, data, f"Take in {data['title']}")


def draft_data(own: OwnTemplate) -> Data:
    """A template as data."""
    return read_data(own.template_text)


def change(store: Store, template: int, data: Data, doing: str, *, origin: object = None) -> OwnTemplate:
    """Keep a changed draft. Raises `Refused` for a version that is published."""
    own = _draft(store, template)
    title = str(data.get("title") or own.title)
    after = replace(own, template_text=template_text(data), title=title)
    if after == own:
        return own
    with joined_step(store, f"{doing} of {_called(own)}", origin=origin):
        return store.save(after)


def check(store: Store, template: int) -> tuple[Problem, ...]:
    """What is to be mended before a draft can be published; empty when nothing."""
    own = held(store, OwnTemplate, template)
    return problems(draft_data(own), lists_of(store))


def publish(
    store: Store, template: int, *, changes: str = "", by: str = "", on: date | None = None
) -> OwnTemplate:
    """Make a draft the live version; the one before is kept as it was. Raises `Refused` with what is to be mended."""
    own = _draft(store, template)
    found = problems(draft_data(own), lists_of(store))
    if found:
        raise Refused(f"{_called(own)} cannot be published yet. " + " ".join(f"{p}." for p in found))
    before = [t for t in own_templates(store) if t.code == own.code and t.state == LIVE]
    for other in before:
        if _version(other.version) >= _version(own.version):
            raise Refused(
                f"Version {own.version} must be above {other.version}, which is live. Nothing was published."
            )
    published = replace(
        own,
        state=LIVE,
        published_on=on or store.today(),
        published_by=who(store, by),
        changes=changes.strip(),
    )
    with joined_step(store, f"Publish {_called(own)}"):
        store.save_many([replace(other, state=REPLACED) for other in before])
        return store.save(published)


def new_version(store: Store, template: int) -> OwnTemplate:
    """A draft that follows a published version. Raises `Refused` when there is a draft already."""
    own = held(store, OwnTemplate, template)
    known = [t for t in own_templates(store) if t.code == own.code]
    if any(t.state == DRAFT for t in known):
        raise Refused(f"There is a draft of {own.code} already. Nothing was changed.")
    data = {**draft_data(own), "version": _following(known)}
    return _kept(store, data, "Start a new version")


def retire(store: Store, template: int) -> OwnTemplate:
    """Take a live template out of use; checklists started from it go on."""
    own = held(store, OwnTemplate, template)
    if own.state != LIVE:
        raise Refused(f"{_called(own)} is not live. Nothing was changed.")
    with joined_step(store, f"Retire {_called(own)}"):
        return store.save(replace(own, state=RETIRED))


def discard(store: Store, template: int) -> None:
    """Put a draft into the bin."""
    own = _draft(store, template)
    with joined_step(store, f"Throw away the draft {_called(own)}"):
        store.bin(OwnTemplate, [own.key])


def _draft(store: Store, template: int) -> OwnTemplate:
    own = held(store, OwnTemplate, template)
    if own.state != DRAFT:
        raise Refused(
            f"{_called(own)} is {own.state.lower()} and does not change. Start a new version of it."
        )
    return own


def _kept(store: Store, data: Data, doing: str) -> OwnTemplate:
    own = OwnTemplate(
        title=str(data.get("title") or "Untitled"),
        code=str(data["id"]),
        version=str(data.get("version") or FIRST),
        adapted_from=str(data.get("adapted_from") or ""),
        template_text=template_text(data),
    )
    with joined_step(store, f"{doing} as {_called(own)}"):
        return store.save(own)


def _headed(data: Data, code: str, title: str, origin: str) -> Data:
    """The data with another head: code, version and title first, as a reader expects."""
    rest = {
        key: value for key, value in data.items() if key not in ("id", "version", "title", "adapted_from")
    }
    return {"id": code, "version": FIRST, "title": title, "adapted_from": origin, **rest}


def _under_code(data: Data, code: str) -> Data:
    """A template under another code: one that came with the program keeps its ids, others are renamed throughout."""
    old = _own_code(data)
    if not old.startswith(LETTER):
        return _headed(data, code, str(data.get("title") or "Untitled"), str(data.get("adapted_from") or old))
    names: Mapping[str, str] = {
        name: code + name.removeprefix(old)
        for question in questions_in(data)
        if (name := str(question.get("id"))).startswith(f"{old}-")
    }
    data = renamed(data, names)
    for question in questions_in(data):
        question["id"] = names.get(str(question.get("id")), question.get("id"))
    return {**data, "id": code}


def _is_same(here: Data, brought: Data) -> bool:
    """Whether a template is another version of one that is here: codes are given out anew in every file."""
    known = {(question.get("id"), question.get("text")) for question in questions_in(here)}
    asked = [(question.get("id"), question.get("text")) for question in questions_in(brought)]
    return 2 * sum(each in known for each in asked) >= max(len(asked), 1)


def _own_code(data: Data) -> str:
    code = data.get("id")
    if not isinstance(code, str) or not code:
        raise TemplateError("Template: id must be given and not be blank.")
    return code


def _text(store: Store, template_id: str) -> str:
    try:
        return live_text(store, template_id)
    except TemplateError as error:
        raise StorageError(f"{error} Nothing was changed.") from error


def _next_code(store: Store) -> str:
    """The next free code, such as L04; one in the bin is not used again."""
    highest = 0
    for binned in (False, True):
        where = (Where("code", "contains", (LETTER,)),)
        for code, _, _ in store.tally(OwnTemplate, "code", "id", Query(where=where, binned=binned)):
            digits = str(code).removeprefix(LETTER)
            highest = max(highest, int(digits) if digits.isascii() and digits.isdigit() else 0)
    return f"{LETTER}{highest + 1:02d}"


def _following(known: list[OwnTemplate]) -> str:
    """The version after the highest of a template: 1.1 after 1.0."""
    major, minor = max(_version(t.version) for t in known)
    return f"{major}.{minor + 1}"


def _version(words: str) -> tuple[int, int]:
    first, _, second = words.partition(".")
    return (int(first) if first.isdigit() else 0, int(second) if second.isdigit() else 0)


def _called(own: OwnTemplate) -> str:
    return f"{own.code} {own.title}, version {own.version}"
