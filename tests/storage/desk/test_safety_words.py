"""The page on safety says what was tried, in figures, and what was not."""

from storage.desk.safety_words import Tried, in_words, last_campaign, safety_words


def test_every_fault_stands_in_a_table_with_its_result() -> None:
    rows = last_campaign()
    words = safety_words(rows)
    assert len(rows) == 74
    assert all(f"| {row.id} | {row.wrong} | {row.promised} | {row.result} |" in words for row in rows)


def test_every_promise_has_figures_from_the_last_campaign() -> None:
    promises = [line for line in safety_words(last_campaign()).splitlines() if line.startswith("- **")]
    assert promises and all("*Tried: " in line for line in promises)


def test_the_promises_come_first_with_the_figures_that_tell_most() -> None:
    killed = Tried(
        "P1", "Killed", "Nothing lost", tests=1, when="2026-11-22", size="release", machine="2 processor cores",
        figures={"kills": 20_000, "saves confirmed": 9, "lost or damaged": 0},
    )  # fmt: skip
    words = safety_words([killed])
    assert words.index("*Tried: 20,000 kills; 0 lost or damaged.*") < words.index("| P1 | Killed |")
    assert "The last of them are of 22 November 2026, from one computer: 2 processor cores." in words


def test_what_was_not_tried_is_said() -> None:
    assert (
        Tried("Y2", "", "", not_here="it needs the network").result == "Not tried here: it needs the network"
    )
    assert Tried("P1", "", "").result == "Not yet run"
    assert Tried("P1", "", "", tests=1).result == "1 test passed"


def test_figures_read_as_a_list() -> None:
    figures: dict[str, int | float | str] = {"kills": 20_000, "longest save, ms": 12.5, "disk": "tmpfs"}
    assert in_words(figures) == "20,000 kills; longest save, ms: 12.5; disk: tmpfs"
