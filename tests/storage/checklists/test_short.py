"""A run in short: one mark a question, which reads back."""

from storage.checklists.answers import Answer
from storage.checklists.live import Live
from storage.checklists.short import in_short, read_short
from tests.storage.checklists.language.form import TODAY, form


def test_a_run_in_short_gives_one_mark_for_each_question_that_has_one() -> None:
    template = form("kind = 'text'\nrelevant = \"${agreed} = 'yes'\"")
    answers = {
        "T90-01": Answer(values={"answer": "no"}),
        "T90-02": Answer(not_applicable=True, reason="None"),
        "T90-03": Answer(values={"answer": "12"}),
    }
    short = in_short(template, Live(template, answers, TODAY).answers)
    assert short == "T90-01=no T90-02=x T90-03=+ T90-21=-"
    assert read_short(short)["T90-02"] == "x"
    assert read_short("") == {}
