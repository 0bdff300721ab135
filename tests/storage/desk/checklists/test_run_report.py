"""Many runs side by side: answers counted by question, the mean of the scores, and only the template asked for."""

from storage.desk.checklists.run_report import across
from storage.desk.checklists.runs import answer, set_not_applicable, start_run
from storage.engine.conditions import Where
from storage.engine.query import Query
from tests.storage.desk.register import Register


def test_answers_are_counted_by_question_over_the_runs_of_one_template(register: Register) -> None:
    store = register.store
    runs = [start_run(store, "T01", contract=register.contract) for _ in range(3)]
    start_run(store, "T03", contract=register.contract)
    answer(store, runs[0].key, "T01-03", "answer", "yes")
    answer(store, runs[1].key, "T01-03", "answer", "no")
    set_not_applicable(store, runs[2].key, "T01-03", "Nobody uses it.")
    report = across(store, "T01")
    assert [run.score for run in report.runs] == [100, 0, None]
    assert report.answers == {"T01-03": {"yes": 1, "no": 1, "x": 1}}
    assert (report.mean, report.standings["In progress"]) == (50, 3)
    only = across(store, "T01", Query(where=(Where("reference", "is", (runs[1].reference,)),)))
    assert [run.id for run in only.runs] == [runs[1].key]
    assert across(store, "T02").mean is None
