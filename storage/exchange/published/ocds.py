"""The register as one release package of the Open Contracting Data Standard 1.1.5: a release for each contract."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime
from pathlib import Path

from storage.desk.office import office
from storage.desk.procurement.procuring import is_council
from storage.engine.reading import Reader
from storage.engine.state import file_uuid
from storage.exchange.files_out import not_written, put_in_place
from storage.exchange.published.choice import Finding, Published, PublishError, choose
from storage.exchange.published.parties import Json, office_identifier
from storage.exchange.published.release import Publisher, Release

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
NOTHING = (
    "No contract is to be published, and Open Contracting has no package without a release. Nothing was written. "
    "Look at the status of the contracts, and which are marked not to be published."
)
NOBODY = "Publisher not recorded"


def publish_ocds(reader: Reader, path: Path, today: date, now: datetime | None = None) -> Published:
    """Write the release package of all contracts that are published to `path`; only reads the store.

    `now` is the moment of publication, aware of its time zone; without one it is this moment.
    Raises PublishError; a file that was at `path` is then as it was.
    """
    chosen, publisher = choose(reader), _publisher(reader)
    if not chosen.items:
        raise PublishError(NOTHING)
    moment = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    findings: list[Finding] = []
    if not publisher.name:
        findings.append(
            Finding("publisher", "", "My organisation and me names no organisation.", blank=False)
        )
    releases: list[Json] = []
    for item in chosen.items:
        release = Release(item, publisher, today)
        releases.append(release.json(moment))
        findings += release.findings
    package: Json = {
        "uri": uuid.uuid5(uuid.UUID(publisher.file), moment).urn,
        "version": "1.1",
        "publishedDate": moment,
        "publisher": _publisher_json(publisher),
        "license": LICENCE,
        "releases": releases,
    }
    words = json.dumps(package, ensure_ascii=False, indent=1)
    try:
        with put_in_place(path) as beside:
            beside.write_bytes(words.encode("utf-8", "replace"))
    except OSError as error:
        raise PublishError(not_written(error, path)) from error
    return Published(path, len(releases), chosen.left_out, tuple(findings))


def _publisher(reader: Reader) -> Publisher:
    desk = office(reader)
    identifier = office_identifier(desk.code, is_council(reader))
    return Publisher(desk.organisation.strip(), identifier, file_uuid(reader.conn))


def _publisher_json(publisher: Publisher) -> Json:
    made: Json = {"name": publisher.name or NOBODY}
    if publisher.identifier is not None:
        made |= {"scheme": publisher.identifier.scheme, "uid": publisher.identifier.number}
    return made
