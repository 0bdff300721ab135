"""The checklist templates that come with the program, and the one door to reading any template."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from storage.checklists.parts import Kind, Option, Part
from storage.checklists.reading import read_template
from storage.checklists.structure import Gate, GateKind, Question, Section, Template
from storage.checklists.toml_table import TemplateError

__all__ = [
    "Gate",
    "GateKind",
    "Kind",
    "Option",
    "Part",
    "Question",
    "Section",
    "Template",
    "TemplateError",
    "by_group",
    "read_template",
    "shipped",
    "shipped_ids",
    "shipped_text",
]


GROUP_WORDS = {
    "decide": "To decide",
    "assess": "To assess impact and risk",
    "plan": "To plan and involve",
    "assure": "To be assured",
    "review": "To review",
    "": "Others",
}
"""What each group of templates is called where several are listed, in the order shown."""


def by_group(templates: Iterable[Template]) -> list[tuple[str, list[Template]]]:
    """Templates under the words for what they are for; groups without any are left out."""
    listed = list(templates)
    found = [(words, [one for one in listed if one.group == group]) for group, words in GROUP_WORDS.items()]
    return [(words, members) for words, members in found if members]


def shipped() -> list[Template]:
    """The templates that come with the program, by id."""
    return [shipped_one(template_id) for template_id in shipped_ids()]


def shipped_ids() -> list[str]:
    """The ids of the templates that come with the program, without reading them."""
    folder = files("resources").joinpath("checklists")
    names = (entry.name for entry in folder.iterdir())
    return sorted(name[:-5] for name in names if name.startswith("T") and name.endswith(".toml"))


def shipped_text(template_id: str) -> str:
    """The whole text of a shipped template, which a run keeps. Raises TemplateError for an unknown id."""
    if template_id not in shipped_ids():
        raise TemplateError(f"There is no template {template_id}. Choose one of {', '.join(shipped_ids())}.")
    return files("resources").joinpath("checklists", f"{template_id}.toml").read_text(encoding="utf-8")


@cache
def shipped_one(template_id: str) -> Template:
    """One of these, read once. Raises TemplateError for an unknown id."""
    return read_template(shipped_text(template_id))
