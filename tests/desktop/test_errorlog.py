"""The log says where something went wrong and nothing of what the file holds."""

from __future__ import annotations

import logging
from pathlib import Path

from desktop.errorlog import keep_log, last_lines, log_path


def test_an_error_is_logged_without_its_content(home: Path) -> None:
    handler = keep_log()
    try:
        try:
            raise ValueError("Mrs A Patient, 12 Acacia Road")
        except ValueError:
            logging.getLogger("desktop.test").exception("long work failed")
        handler.flush()
        said = "\n".join(last_lines())
        assert "test_errorlog.py" in said
        assert "ValueError" in said
        assert "long work failed" in said
        assert "Patient" not in said
        assert log_path().parent == home
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


def test_without_a_log_there_is_nothing_to_show(home: Path) -> None:
    assert last_lines() == []
