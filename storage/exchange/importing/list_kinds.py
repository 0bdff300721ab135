"""The lists rows can be brought into: which record each is, what its rows are recognised by, and its other headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from storage.engine.fields import RECORDS, Field, Kind, Record
from storage.exchange.importing.synonyms import SYNONYMS
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.finance import Contribution, PriceStep, ValueYear
from storage.records.measures import Kpi, KpiResult
from storage.records.meetings import Attendance, ReviewMeeting
from storage.records.organisations import Organisation, OtherName, Person, Site
from storage.records.planning import DecisionMeeting, LeadTime
from storage.records.procurements import Procurement, PublishedNotice
from storage.records.reference import BankHoliday
from storage.records.running import (
    ImprovementPlan,
    Milestone,
    Notice,
    PerformanceNotice,
    Risk,
    Variation,
)
from storage.records.services import Service
from storage.records.specifications import Section, Specification
from storage.records.terms import BreakPoint, Extension

VIA = "via:"
"""Before the name of a link: the contract of the record it leads to, which tells two of one name apart."""
Synonyms = Mapping[str, tuple[str, ...]]

_CONTRACT = (
    "Contract reference", "Contract title", "Contract name", "Contract ref", "Contract number", "Contract ID",
    "Agreement", "Reference of contract", "Contract reference number",
)  # fmt: skip
_KPI = (
    "KPI", "Measure", "Indicator", "KPI name", "Performance indicator", "Key performance indicator", "Metric",
    "Quality requirement", "KPI title", "KPI description", "Indicator name", "Performance measure",
)  # fmt: skip
_ORGANISATION = (
    "Provider",
    "Supplier",
    "Company",
    "Employer",
    "Organisation name",
    "Provider name",
    "Supplier name",
)
_OWNER = (
    "Owner",
    "Lead",
    "Responsible",
    "Assigned to",
    "Who",
    "Responsible officer",
    "Action owner",
    "Risk owner",
)
_NOTES = ("Comments", "Comment", "Remarks", "Note", "Further information", "Update", "Progress")


@dataclass(frozen=True)
class ListKind:
    """One list. `keys` are the fields that together tell a row, the surest first; `owner` is the link without which
    a row says nothing."""

    key: str  # as the command line names it
    record: type[Record]
    keys: tuple[tuple[str, ...], ...]
    owner: str = ""
    also: Synonyms = field(default_factory=dict)
    position: str = ""  # the field that numbers the rows of one owner
    wide: tuple[str, str] | None = (
        None  # the fields a heading and the cell under it fill, a column for each period
    )

    @property
    def title(self) -> str:
        """The list in words: Review meetings."""
        return _TITLES.get(self.key, self.record.PLURAL)

    @property
    def is_register(self) -> bool:
        """Whether it is the contract register, whose import remembers what each source said."""
        return self.record is Contract

    @cached_property
    def links(self) -> dict[str, str]:
        """The fields that name another record, and the table it is in; the contract of such a record among them."""
        found = {
            n: f.target for n, f in self.record.FIELDS.items() if f.kind is Kind.LINK and n not in _NEVER
        }
        if self.owner and found[self.owner] != Contract.TABLE and _has_contract(found[self.owner]):
            found[VIA + self.owner] = Contract.TABLE
        return found

    def fields(self, known: Mapping[str, Field]) -> dict[str, Field]:
        """What a heading may fill: links are text until the record they name is found."""
        made = {}
        for name, one in known.items():
            if name in _NEVER:
                continue
            if one.kind is Kind.LINK:
                made[name] = Field(
                    one.label, Kind.TEXT, name, also=one.also, required=one.required, group=one.group
                )
            elif one.kind is not Kind.DATA:
                made[name] = one
        if VIA + self.owner in self.links:
            made[VIA + self.owner] = Field("Contract", Kind.TEXT, VIA + self.owner)
        return made

    @cached_property
    def synonyms(self) -> Synonyms:
        """The other headings of its fields."""
        if self.is_register:
            return SYNONYMS
        usual = {name: _USUAL[name] for name in self.record.FIELDS if name in _USUAL}
        linked = {name: _BY_TABLE[table] for name, table in self.links.items() if table in _BY_TABLE}
        return {**usual, **linked, **self.also}


def _has_contract(table: str) -> bool:
    return "contract" in RECORDS[table].FIELDS


_USUAL: Synonyms = {
    "owner": _OWNER,
    "notes": _NOTES,
    "due": ("Due date", "Deadline", "By when", "Target date", "Due by", "Date due"),
    "status": ("State", "Open or closed", "Progress status", "RAG status"),
    "email": ("Email address", "E-mail", "E-mail address", "Contact email"),
    "phone": ("Telephone", "Phone number", "Telephone number", "Mobile", "Tel", "Contact number"),
    "address": ("Postal address", "Site address", "Registered address", "Full address"),
}
_BY_TABLE: Synonyms = {
    Contract.TABLE: _CONTRACT,
    Kpi.TABLE: _KPI,
    Organisation.TABLE: _ORGANISATION,
    Service.TABLE: ("Service name", "Service title"),
    Specification.TABLE: ("Specification title", "Specification reference", "Service specification"),
}
_NEVER = frozenset({"merged_into"})  # what only the program itself sets
_TITLES = {
    "providers": "Providers and other organisations",
    "decision-meetings": "Decision meetings",
    "milestones": "Milestones of plans",
    "sections": "Sections of specifications",
}

CONTRACTS = ListKind("contracts", Contract, (("reference",), ("title", "provider_name", "start")))
KPI_RESULTS = ListKind(
    "kpi-results", KpiResult, (("kpi", "period_start"),), "kpi",
    {
        "period_start": ("Period", "Month", "Quarter", "Reporting period", "Period start", "Date", "Period beginning",
                         "Month ending", "Reporting month"),
        "value": ("Result", "Actual", "Achieved", "Performance", "Value", "Score", "Outturn", "Figure"),
        "comment": ("Comments", "Commentary", "Narrative", "Exception report", "Notes", "Remarks"),
        "reported_on": ("Date reported", "Submitted on", "Return date"),
        "act_rating": ("Rating", "Published rating"),
    },
    wide=("period_start", "value"),
)  # fmt: skip
KINDS: tuple[ListKind, ...] = (
    CONTRACTS,
    ListKind(
        "providers", Organisation,
        (("company_number",), ("charity_number",), ("ods_code",), ("title",)),
        also={
            "title": ("Provider", "Supplier", "Organisation", "Provider name", "Supplier name", "Organisation name",
                      "Company name", "Vendor", "Vendor name", "Trading name"),
            "ods_code": ("ODS", "Organisation code", "Provider code"),
            "company_number": ("Companies House number", "Company registration number", "Registered company number",
                               "Company no", "Registration number"),
            "charity_number": ("Registered charity number", "Charity no", "Charity commission number"),
            "sme": ("SME", "Is SME", "SME status"), "vcse": ("VCSE", "Voluntary sector", "VCS", "Is VCSE"),
            "kind": ("Type", "Organisation type", "Type of organisation", "Provider type"),
            "other_id": ("Supplier number", "Vendor number", "Supplier ID", "Vendor ID"),
        },
    ),
    ListKind(
        "services", Service, (("reference",), ("title",)),
        also={"title": ("Service", "Service name", "Name of service", "Service title"),
              "reference": ("Ref", "Service reference", "Service ID", "Service code"),
              "lead": ("Lead commissioner", "Commissioner", "Lead officer", "Lead"),
              "area": ("Locality", "Location", "Area covered", "Geography")},
    ),
    ListKind(
        "kpis", Kpi, (("contract", "title"),), "contract",
        {
            "title": _KPI,
            "target": ("Threshold", "Standard", "Goal", "Target value", "Target level"),
            "frequency": ("Reporting frequency", "How often", "Reporting period", "Reported"),
            "unit": ("Unit of measure", "Units", "Measured in"),
            "method": ("Method of measurement", "How measured", "Calculation", "Definition", "Measurement"),
            "source": ("Data source", "Source of data", "Evidence"),
            "consequence": ("Consequence", "Consequence of breach", "Sanction"),
        },
        position="position",
    ),
    KPI_RESULTS,
    ListKind(
        "actions", Action, (("title", "contract", "due"), ("title",)),
        also={"title": ("Action", "Task", "Action required", "Description", "Action description", "To do", "What"),
              "done_on": ("Completed", "Completed on", "Date completed", "Completion date", "Date closed"),
              "meeting": ("Meeting", "Arose at")},
    ),
    ListKind(
        "risks", Risk, (("contract", "title"),), "contract",
        {
            "title": ("Risk description", "Description of risk", "Risk title", "Description", "Risk name"),
            "likelihood": ("Probability", "Inherent likelihood", "Likelihood score", "Likelihood 1-5"),
            "consequence": ("Impact", "Severity", "Inherent impact", "Impact score", "Impact 1-5"),
            "mitigation": ("Mitigations", "Controls", "Mitigating actions", "Mitigating action", "Control"),
            "likelihood_after": ("Residual likelihood", "Residual probability"),
            "consequence_after": ("Residual impact", "Residual severity"),
            "review_on": ("Review date", "Next review", "Date of next review", "Review by"),
        },
    ),
    ListKind(
        "meetings", ReviewMeeting, (("contract", "on", "title"), ("contract", "on")), "contract",
        {"on": ("Date", "Meeting date", "Date of meeting", "When"), "title": ("Meeting", "Meeting name", "Title"),
         "kind": ("Meeting type", "Type of meeting", "Type"), "place": ("Location", "Venue", "Where"),
         "next_on": ("Next meeting", "Date of next meeting", "Next meeting date"),
         "minutes": ("Discussion", "Notes", "Summary"), "at": ("Start time",)},
    ),
    ListKind(
        "attendance", Attendance, (("meeting", "title"),), "meeting",
        {"title": ("Person", "Attendee", "Name"), "role": ("Role", "Organisation", "Job title"),
         "came": ("Attended", "Present"), "apologies": ("Apologies",),
         "meeting": ("Meeting", "Meeting name")},
    ),
    ListKind(
        "people", Person, (("email",), ("title", "organisation"), ("title",)),
        also={"title": ("Name", "Full name", "Contact", "Contact name", "Person"),
              "role": ("Job title", "Position", "Title of post", "Post", "Role title")},
    ),
    ListKind(
        "sites", Site, (("code",), ("organisation", "title")), "organisation",
        {"title": ("Site", "Site name", "Location", "Premises", "Location name"),
         "code": ("ODS code", "Site ODS code", "Location ID", "Site ID")},
    ),
    ListKind("other-names", OtherName, (("title", "organisation"),), "organisation",
             {"title": ("Other name", "Alias", "Trading name", "Former name", "Previous name")}),
    ListKind(
        "variations", Variation, (("contract", "number"), ("contract", "title")), "contract",
        {"number": ("Variation number", "CVN", "Variation reference", "No", "Variation no", "Ref"),
         "title": ("Variation", "Description", "Change", "Summary", "Variation title", "Description of change"),
         "effective_on": ("Effective date", "Effective from", "Date effective", "In force"),
         "value_change": ("Value", "Change in value", "Financial impact", "Value of variation")},
    ),
    ListKind(
        "notices", Notice, (("contract", "kind", "served_on"),), "contract",
        {"kind": ("Notice", "Notice type", "Type", "Type of notice"),
         "served_on": ("Date served", "Date of notice", "Notice date", "Date sent")},
    ),
    ListKind(
        "performance-notices", PerformanceNotice, (("contract", "title", "served_on"),), "contract",
        {"title": ("Breach", "Description", "Issue", "Notice"), "served_on": ("Date served", "Date", "Notice date")},
    ),
    ListKind(
        "plans", ImprovementPlan, (("contract", "title"),), "contract",
        {"title": ("Plan", "Action plan", "Title", "Name of plan"), "kind": ("Type", "Type of plan")},
    ),
    ListKind(
        "milestones", Milestone, (("plan", "title"),), "plan",
        {"title": ("Step", "Task", "Action"), "done_on": ("Completed", "Date completed", "Completed on")},
    ),
    ListKind(
        "extensions", Extension, (("contract", "position"), ("contract", "title")), "contract",
        {"position": ("Option", "Option number", "Number"), "length": ("Length of option", "Extension length", "Term")},
        position="position",
    ),
    ListKind("breaks", BreakPoint, (("contract", "on"),), "contract", {"on": ("Break date", "Date", "Break")}),
    ListKind(
        "values-by-year", ValueYear, (("contract", "year"),), "contract",
        {"year": ("Year", "FY", "Financial year")},
    ),
    ListKind("contributions", Contribution, (("contract", "organisation", "year"),), "contract",
             {"organisation": ("Partner", "Funder", "Funding body", "Contributor", "Organisation")}),
    ListKind("price-steps", PriceStep, (("contract", "on"),), "contract"),
    ListKind(
        "procurements", Procurement, (("contract", "title"),), "contract",
        {"title": ("Decision", "Procurement", "Procurement title", "Title")},
    ),
    ListKind("published-notices", PublishedNotice, (("procurement", "code"), ("procurement", "title")), "procurement"),
    ListKind(
        "specifications", Specification, (("reference",), ("title",)),
        also={"title": ("Specification", "Service specification", "Name"), "reference": ("Ref", "Specification no"),
              "review_date": ("Review date", "Next review")},
    ),
    ListKind(
        "sections", Section, (("specification", "number"), ("specification", "heading")), "specification",
        {"heading": ("Section", "Title", "Section title"), "body": ("Text", "Content", "Wording")},
        position="position",
    ),
    ListKind("decision-meetings", DecisionMeeting, (("title", "on"),),
             also={"title": ("Committee", "Board", "Meeting"), "on": ("Date", "Meeting date")}),
    ListKind("lead-times", LeadTime, (("title",),), also={"title": ("Route", "Procurement route", "Name")}),
    ListKind("bank-holidays", BankHoliday, (("on",),)),
)  # fmt: skip
BY_KEY: Mapping[str, ListKind] = {kind.key: kind for kind in KINDS}
BY_RECORD: Mapping[type[Record], ListKind] = {kind.record: kind for kind in KINDS}
