"""The tabs of a specification in the order in which they are used."""

from __future__ import annotations

from desktop.pages.record_detail import Tab
from desktop.pages.specification.checks import Checks
from desktop.pages.specification.departures import DEROGATIONS, POLICIES
from desktop.pages.specification.lineage import Lineage
from desktop.pages.specification.measures import MEASURES, OUTCOMES, STANDARDS
from desktop.pages.specification.pathway import CITED, LEGAL, PATHWAY
from desktop.pages.specification.people import INVOLVEMENT, LIFE
from widgets.form import Group

ABOUT = (
    Group("", ("title", "reference", "level", "service", "service_line", "parent")),
    Group("Who and when", ("owner", "provider_lead", "period_from", "period_to", "review_date", "notes")),
    Group("Document control", ("directorate", "author", "purpose", "audience", "circulation", "cross_reference",
                               "supersedes", "action_required", "action_by", "contact")),
)  # fmt: skip
TABS = (
    Tab("about", "About", ABOUT),
    Tab("checks", "To mend", above=Checks),
    Tab("measures", "Outcomes & measures", parts=(OUTCOMES, STANDARDS, MEASURES)),
    Tab("lineage", "Lineage", above=Lineage),
    Tab("departures", "Departures & policies", parts=(DEROGATIONS, POLICIES)),
    Tab("life", "Life & involvement", parts=(LIFE, INVOLVEMENT)),
    Tab("pathway", "Pathway & law", parts=(PATHWAY, LEGAL)),
    Tab("evidence", "Evidence", parts=(CITED,)),
    Tab("links", "Links"),
)
