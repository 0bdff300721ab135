"""The forget verb: a person out of a file, with what stands where shown first."""

from __future__ import annotations

import argparse

from desktop.commandline_files import file_open
from desktop.words import count_words
from storage.desk.people.forgetting import AFTERWARDS, erasure, forgetting_person, place_words, somebody
from storage.engine.backup.backups import AFTER_FORGETTING, make
from storage.engine.contents import finished
from storage.engine.forget.forgetting import looking, put_in_place
from storage.engine.forget.old_copies import finding
from storage.engine.state import file_uuid


def forget_person(given: argparse.Namespace) -> int:
    """Show where somebody is named, then take them out of the file, unless it was only to be looked at."""
    with file_open(given.file, read_only=given.dry_run) as store:
        who = somebody(store, given.name, given.also)
        removal = erasure(who, store.today())
        image, uuid, path = store.conn.serialize(), file_uuid(store.conn), store.file.path
        found, own = finished(looking(image, removal)), store.own_fields()
        for words in who.people.values():
            print(f"Record of a person: {words}")
        for place, held in sorted(found.items(), key=lambda each: place_words(each[0], own)):
            print(f"{place_words(place, own)}: {held.now:,} now, {held.former:,} in the history")
            for example in held.examples:
                print(f"    {example}")
        if not found and not who.people:
            print(f"{given.name} is nowhere in {path.name}. Nothing was changed.")
            return 0
        if given.dry_run:
            return 0
        done = finished(forgetting_person(image, removal, path, store.steps.who))
    put_in_place(path, done)
    with file_open(given.file) as store:
        make(store, AFTER_FORGETTING)
    print(
        f"Forgotten: {count_words(done.texts, 'text')} changed, {count_words(done.rows, 'record')} removed."
    )
    for holder in finished(finding(uuid, path, who.spelling, lying=given.file.absolute())):
        print(f"Still held by a copy: {holder.summary}")
    print(AFTERWARDS)
    return 0
