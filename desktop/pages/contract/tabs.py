"""The tabs of an open contract in the order in which they are used."""

from __future__ import annotations

from desktop.pages.contract import (
    inherited,
    kpis,
    letters,
    meetings,
    money,
    performance,
    procurement,
    risks,
    running,
    term,
)
from desktop.pages.contract.term_drawing import TermDrawing
from desktop.pages.record_detail import Tab
from widgets.form import Group

SUMMARY = (
    Group("", ("title", "reference", "stage", "description", "provider_name")),
    Group("Who looks after it", ("directorate", "lead_commissioner", "contract_manager", "our_role", "tier",
                                 "cost_centre")),
    Group("What it is", ("contract_form", "contract_type", "review_cycle", "insurance_expiry", "cqc_rating",
                         "dspt_status")),
    Group("Notes", ("notes", "unread")),
)  # fmt: skip
PUBLISHED = (
    Group("What is published", ("do_not_publish", "redact_personal", "redact_commercial")),
    Group("How it was bought", ("procurement_route",
                                "process_type", "procurement_year", "framework", "ocid")),
    Group("Classification", ("procurement_category", "service_category", "service_category_uri", "cpv_label",
                             "cpv_code", "proclass_label", "proclass_code", "area_label", "area_uri")),
    Group("Supplier as recorded", ("supplier_company_number", "supplier_charity_number", "supplier_other_id",
                                   "supplier_sme", "supplier_vcse", "supplier_vcse_type")),
    Group("Contact", ("organisation_name", "organisation_code", "contact_name", "contact_email", "contact_url")),
    Group("Published documents", ("award_notice_url", "tender_document_url", "contract_document_url",
                                  "performance_url")),
)  # fmt: skip

TABS = (
    Tab("summary", "Summary", SUMMARY),
    Tab("page", "On a page"),
    Tab(
        "term",
        "Term & notice",
        term.TERM,
        (term.OPTIONS, term.BREAKS, term.REMINDERS),
        TermDrawing,
        term.dates,
    ),
    Tab("plan", "Plan"),
    Tab(
        "money",
        "Money",
        money.MONEY,
        (money.YEARS, money.CONTRIBUTIONS, money.PRICE_STEPS),
        below=money.worked,
    ),
    Tab("kpis", "KPIs", parts=(kpis.KPIS,), above=kpis.whole),
    Tab("meetings", "Meetings & actions", parts=(meetings.ACTIONS, meetings.MEETINGS), above=meetings.review),
    Tab("running", "Notices & variations", parts=(running.NOTICES, running.VARIATIONS)),
    Tab("performance", "Performance", parts=(performance.PERFORMANCE, performance.PLANS)),
    Tab("risks", "Risks", parts=(risks.RISKS,)),
    Tab(
        "procurement",
        "Procurement",
        (procurement.BOUGHT,),
        (procurement.DECISIONS,),
        below=procurement.duties,
    ),
    Tab("letters", "Letters", parts=(letters.LETTERS,)),
    Tab("inherited", "Inherited", (inherited.INHERITED,), above=inherited.held),
    Tab("links", "Links"),
    Tab("documents", "Documents"),
    Tab("published", "Publication", PUBLISHED),
)
