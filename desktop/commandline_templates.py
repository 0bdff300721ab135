"""The verb templates: list those there are, write one as a file to change or give away, look one over."""

from __future__ import annotations

import argparse
from pathlib import Path

from storage.checklists.data import read_data
from storage.checklists.template import TemplateError, shipped, shipped_text
from storage.engine.errors import StorageError
from storage.exchange.templates.files import read_template_file, write_template_file


def run_templates(given: argparse.Namespace) -> int:
    """Do what the verb was asked for."""
    if given.write:
        return _write(*given.write)
    if given.look:
        return _look(given.look)
    for template in shipped():
        size = f"{len(template.questions):>3} questions"
        print(f"{template.id}  {template.version}  {template.group:<6}  {size}  {template.title}")
    return 0


def _write(template_id: str, out: str) -> int:
    try:
        data = read_data(shipped_text(template_id))
    except TemplateError as error:
        raise StorageError(f"{error} Nothing was written.") from error
    write_template_file(data, Path(out))
    print(out)
    return 0


def _look(path: Path) -> int:
    """Print each mistake with its place; 1 when there is any."""
    brought = read_template_file(path)
    for problem in brought.problems:
        print(problem)
    if not brought.problems:
        print(f"{path.name}: {brought.data.get('title', '')} can be used as it is.")
    return 1 if brought.problems else 0
