"""The contract register: what is bought from whom, from when to when, for how much."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from storage.engine.fields import (
    Kind,
    Period,
    Record,
    by_today,
    choice,
    data,
    day,
    derived,
    link,
    money,
    note,
    period,
    record,
    text,
    whole,
    yesno,
)
from storage.engine.parts import Reads
from storage.records import contract_ends as ending
from storage.records import contract_planning as planning
from storage.records import contract_rules as rules
from storage.records.finance import CERTAINTIES, INDEXATIONS, PHASINGS
from storage.records.parties import ROLES, Party
from storage.records.procurements import REGIMES
from storage.rules.kpis import RATINGS
from storage.rules.position import BANDS, POSITIONS
from storage.rules.renewal import RENEWALS
from storage.rules.vat import VatBasis

STAGES = ("Draft", "Awarded", "Signed", "Notice served", "Terminated", "Cancelled")
TYPES = (
    "Single award contract", "Multiple award contract", "Framework agreement", "Dynamic purchasing system",
    "Grant agreement", "Other",
)  # fmt: skip
FORMS = (
    "NHS Standard Contract, full length", "NHS Standard Contract, shorter form", "NHS sub-contract",
    "Council terms", "Grant agreement", "Service level agreement", "Memorandum of understanding",
    "Section 75 agreement", "Section 256 agreement", "Individual placement", "Other",
)  # fmt: skip
VAT_BASES = tuple(each.value for each in VatBasis)
VCSE_TYPES = (
    "Voluntary sector", "Community sector", "Companies House", "Charity or CIO", "Community Interest Company",
    "Industrial and Provident Society", "Housing Association", "Other", "Not known",
)  # fmt: skip
TENDERS = ("Invitation to quote", "Published invitation to tender", "Other")
TIERS = ("Gold", "Silver", "Bronze")
OUR_ROLES = ("Lead", "Associate", "Working in partnership")
REVIEW_CYCLES = ("Monthly", "Quarterly", "Half-yearly", "Yearly", "None")
PAYMENTS = (
    "Block", "Cost and volume", "Cost per case", "Activity based", "Aligned payment and incentive",
    "Low volume activity", "Local payment arrangement", "Capitated", "Outcomes based", "Grant",
    "Cost recovery", "Other",
)  # fmt: skip
FITNESS = ("Not reviewed", "Fit", "Fit with changes", "Not fit")
CQC_RATINGS = ("Outstanding", "Good", "Requires improvement", "Inadequate", "Not rated", "Does not apply")

PLANNING = "Last safe date"
RUNNING, INHERITED = "Running it", "Inherited contract"
TERM, MONEY, SORT, SUPPLIER = "Term and notice", "Money", "Classification", "Supplier as recorded"
BUYING, PEOPLE, LINKS, OTHER = "How it was bought", "Who looks after it", "Published documents", "Other"


@record(
    "contract",
    "Contract",
    named_by=("title", "reference"),
    own_fields=True,
    daily=rules.changes_daily,
    listing=("notice_by", "current_value", "value_certainty"),
    rules_read=(
        "stage",
        "start",
        "current_end",
        "term",
        "renewal",
        "rolls",
        "minimum_term",
        "runs_on",
        "notice_commissioner",
        "notice_provider",
        "notice_clause",
        "notice_to_month_end",
        "notice_not_before",
        "supplier_vcse",
        "current_value",
        "route",
        "plan_moved",
    ),
    reads=(
        Reads("parties", "contract_party", link="contract", fields=("contract", "organisation", "role")),
        Reads(
            "organisations", "organisation", link="organisation", through="parties", fields=("title", "vcse")
        ),
        Reads("holidays", "bank_holiday"),
        Reads("desk", "desk"),
        Reads(
            "extensions",
            "extension",
            link="contract",
            fields=("contract", "position", "length", "status", "value", "decide_by"),
        ),
        Reads("kpis", "kpi", link="contract", derived=True),
        Reads("lead_times", "lead_time"),
        Reads("meetings", "decision_meeting"),
    ),
)
class Contract(Record):
    """One contract as the register keeps it. Labels are the headings of the workbook, in its order."""

    reference: str = text(
        "Reference", unique=True, required=True, width=104, shown=True, lga="ContractReference"
    )
    title: str = text("Title", required=True, width=260, shown=True, lga="ContractTitle")
    provider_name: str = derived(
        "Provider", Kind.TEXT, rule=rules.provider_name, width=208, shown=True, lga="SupplierName"
    )
    stage: str = choice("Status", STAGES, default="Draft", width=110)
    start: date | None = day("Start", group=TERM, width=100, lga="StartDate")
    current_end: date | None = day("Current end", group=TERM, width=104, lga="EndDate",
        help="The end as things stand: extensions taken up are in it, options still open are not.")  # fmt: skip
    ends: date | None = derived(
        "Ends", Kind.DAY, rule=ending.ends, group=TERM, width=104, shown=True,
        help="The end that counts: for a contract that rolls over, the end of the period today lies in.",
    )  # fmt: skip
    max_end: date | None = day("Maximum end", group=TERM, width=100, lga="LastExtensionDate",
        help="The latest end if every extension is taken up.")  # fmt: skip
    notice_commissioner: Period | None = period("Notice period (commissioner)", group=TERM, width=110,
        help="The notice we must give, for example 6 months.")  # fmt: skip
    notice_by: date | None = derived(
        "Last day to give notice",
        Kind.DAY,
        rule=ending.notice_by,
        group=TERM,
        width=166,
        shown=True,
        brief="Notice by",
    )
    current_value: int | None = money("Current value", group=MONEY, width=128, shown=True, brief="Value",
        lga="ContractValue",
        help="The value to the current end, extensions taken up included.")  # fmt: skip
    annual_value: int | None = money("Annual value", group=MONEY, width=128)
    position: str = by_today("Position", POSITIONS, cases=rules.position_cases, width=116, shown=True)
    expiry_band: str = by_today("Expiry band", BANDS, cases=rules.band_cases, width=124)
    description: str = note("Description", lga="Description", width=260)
    initial_end: date | None = day("Initial end", group=TERM, width=100)
    term: str = text(
        "Term", group=TERM, width=150,
        help="As people write it: 3+1+1, 36m+12m, or 2 years with two 12-month options. The ends follow from it.",
    )  # fmt: skip
    renewal: str = choice("At the end it", RENEWALS, group=TERM, width=140,
        help="By agreement: never by itself. Rolls over: by itself, for the period below.")  # fmt: skip
    rolls: Period | None = period("Rolls over for", group=TERM, width=100)
    minimum_term: Period | None = period("Minimum term", group=TERM, width=100,
        help="Before this time is over notice cannot end it. It is no end date.")  # fmt: skip
    notice_to_month_end: bool | None = yesno("Notice runs to a month’s end", group=TERM, width=110)
    notice_not_before: date | None = day("Notice cannot end it before", group=TERM, width=120)
    notice_provider: Period | None = period("Notice period (provider)", group=TERM, width=110)
    notice_clause: str = text(
        "Notice clause", group=TERM, help="Where the contract says so, for example GC 17.2."
    )
    serve_by: date | None = derived(
        "Serve notice by", Kind.DAY, rule=ending.serve_notice_by, group=TERM, width=110
    )
    provider_notice_by: date | None = derived(
        "Provider’s last day to give notice", Kind.DAY, rule=ending.provider_notice_by, group=TERM, width=124
    )
    guidance_notice_by: date | None = derived(
        "Guidance: three months’ notice by", Kind.DAY, rule=ending.guidance_notice_by, group=TERM, width=124,
        help="What guidance asks for towards voluntary and community providers. It changes no legal date.",
    )  # fmt: skip
    agreed_end: date | None = derived("Agreed end", Kind.DAY, rule=ending.agreed_end, group=TERM, width=104)
    first_end: date | None = derived(
        "First term ends", Kind.DAY, rule=ending.first_end, group=TERM, width=104
    )
    end_by_term: date | None = derived(
        "Current end by the term", Kind.DAY, rule=ending.end_by_term, group=TERM, width=104
    )
    max_by_term: date | None = derived(
        "Maximum end by the term", Kind.DAY, rule=ending.max_by_term, group=TERM, width=104
    )
    extend_by: date | None = derived(
        "Start deciding on the option by", Kind.DAY, rule=planning.extend_by, group=PLANNING, width=124
    )
    start_by: date | None = derived(
        "Start buying again by", Kind.DAY, rule=planning.start_by, group=PLANNING, width=124
    )
    act_by: date | None = derived(
        "Last safe day to act", Kind.DAY, rule=planning.act_by, group=PLANNING, width=124, brief="Act by"
    )
    decide_by: date | None = derived(
        "Decision needed by", Kind.DAY, rule=planning.decide_by, group=PLANNING, width=124, brief="Decide by",
        help="The meeting that decides on the next option, otherwise on buying the service anew.",
    )  # fmt: skip
    plan_moved: Mapping[str, object] = data("Days of the plan set by hand")
    review_date: date | None = day("Review date", group=TERM, width=100, lga="ReviewDate")
    runs_on: bool | None = yesno("Runs on after the end", group=TERM, width=90,
        help="Yes when the contract carries on until somebody says in writing that it will not.")  # fmt: skip
    extendable: bool | None = yesno("Can be extended", group=TERM, width=90)
    extended: bool | None = yesno("Has been extended", group=TERM, width=90)
    signed_on: date | None = day("Signed on", group=TERM, width=100)
    award_date: date | None = day("Awarded on", group=TERM, width=100)
    effective_date: date | None = day("Effective date", group=TERM, width=100, lga="EffectiveDate",
        help="The end of the accounting period that a published register speaks of.")  # fmt: skip
    value_certainty: str = choice("Certainty of the value", CERTAINTIES, group=MONEY, width=120)
    payment_type: str = choice("Payment type", PAYMENTS, group=MONEY, width=150)
    phasing: str = choice("Spread over the years", PHASINGS, group=MONEY, width=130)
    indexation: str = choice("Indexation", INDEXATIONS, group=MONEY, width=160)
    indexation_note: str = note("Indexation clause", group=MONEY)
    award_value: int | None = money(
        "Whole-life value", group=MONEY, width=128, help="With every extension taken up."
    )
    value_with_options: int | None = derived(
        "Value with open options", Kind.MONEY, rule=rules.value_with_options, group=MONEY, width=128
    )
    annualised: int | None = derived(
        "Value a year, worked out", Kind.MONEY, rule=rules.annualised_value, group=MONEY, width=128
    )
    value_basis: str = choice("VAT basis", VAT_BASES, group=MONEY)
    irrecoverable_vat: int | None = money("Irrecoverable VAT", group=MONEY, lga="IrrecoverableVAT")
    fixed_cost: str = choice("Fixed or estimated cost", ("Fixed", "Estimated"), group=MONEY, lga="FixedCost")
    contract_type: str = choice("Contract type", TYPES, group=SORT, lga="ContractType", width=150)
    contract_form: str = choice("Contract form", FORMS, group=SORT, width=150)
    our_role: str = choice("Our role", OUR_ROLES, group=PEOPLE, width=110)
    review_cycle: str = choice("Review cycle", REVIEW_CYCLES, group=RUNNING, width=100)
    kpi_rating: str = derived(
        "KPI rating", Kind.CHOICE, rule=rules.kpi_rating, group=RUNNING, width=100, choices=RATINGS
    )
    insurance_expiry: date | None = day("Insurance expires", group=RUNNING, width=100)
    cqc_rating: str = choice("CQC rating", CQC_RATINGS, group=RUNNING, width=130)
    dspt_status: str = text("Data security toolkit", group=RUNNING, width=130)
    form_target: str = choice("Form to move to", FORMS, group=INHERITED, width=180)
    form_target_date: date | None = day("To be moved by", group=INHERITED, width=100)
    fitness: str = choice("Fitness", FITNESS, group=INHERITED, width=110)
    fitness_on: date | None = day("Fitness reviewed on", group=INHERITED, width=100)
    directorate: str = text("Directorate or service", group=PEOPLE, lga="OrganisationalUnit", width=150)
    lead_commissioner: str = text("Lead commissioner", group=PEOPLE, width=150)
    contract_manager: str = text("Contract manager", group=PEOPLE, width=150)
    tier: str = choice("Tier", TIERS, group=PEOPLE, width=80)
    cost_centre: str = text("Cost centre", group=PEOPLE)
    organisation_name: str = text("Organisation name", group=PEOPLE, lga="OrganisationLabel")
    organisation_code: str = text("Organisation code", group=PEOPLE, lga="OrganisationURI")
    contact_name: str = text("Contact name", group=PEOPLE, lga="ContactName")
    contact_email: str = text("Contact email", address=True, group=PEOPLE, lga="ContactEmail")
    contact_url: str = text("Contact web address", address=True, group=PEOPLE, lga="ContactURL")
    service_category: str = text("Service category", group=SORT, lga="ServiceCategoryLabel")
    service_category_uri: str = text("Service category code", group=SORT, lga="ServiceCategoryURI")
    procurement_category: str = text("Procurement category", group=SORT, lga="ProcurementCategory", width=180)
    cpv_label: str = text("CPV label", group=SORT, lga="CPVLabel")
    cpv_code: str = text("CPV code", group=SORT, lga="CPVCode")
    proclass_label: str = text("ProClass label", group=SORT, lga="ProclassLabel")
    proclass_code: str = text("ProClass code", group=SORT, lga="ProclassCode")
    area_label: str = text("Area served", group=SORT, lga="AreaServedLabel")
    area_uri: str = text("Area code", group=SORT, lga="AreaServedURI")
    regime: str = choice("Regime", REGIMES, group=BUYING, width=190)
    process: str = text(
        "Process", group=BUYING, width=190, help="Such as direct award process C, or open procedure."
    )
    above_threshold: bool | None = yesno("Above the threshold", group=BUYING, width=100)
    kpi_exempt: str = text("Why no KPIs need publishing", group=BUYING, width=190)
    route: int | None = link("Route next time", "lead_time", group=BUYING, width=190)
    procurement_route: str = text("Procurement route", group=BUYING, width=160)
    procurement_year: str = text("Procurement year", group=BUYING, width=90)
    process_type: str = choice("Tender process", TENDERS, group=BUYING, lga="ProcessType", width=150)
    framework: str = text("Framework reference", group=BUYING)
    ocid: str = text("Open Contracting ID", group=BUYING, lga="OpenContractingID")
    do_not_publish: bool | None = yesno("Do not publish", group=LINKS, width=110,
        help="Yes keeps it out of the Transparency Code layout and of Open Contracting releases.")  # fmt: skip
    redact_personal: str = text("Withheld: personal data", group=LINKS, width=160,
        help="Fields whose values are not published, with commas between them: Provider, Contact name.")  # fmt: skip
    redact_commercial: str = text("Withheld: commercial confidentiality", group=LINKS, width=160,
        help="Fields whose values are not published, with commas between them: Current value.")  # fmt: skip
    supplier_company_number: str = text(
        "Supplier company number", group=SUPPLIER, lga="CompaniesHouseRegistrationNumber"
    )
    supplier_charity_number: str = text(
        "Supplier charity number", group=SUPPLIER, lga="CharityCommissionNumber"
    )
    supplier_other_id: str = text("Supplier other number", group=SUPPLIER, lga="OtherSupplierID")
    supplier_sme: bool | None = yesno("SME supplier", group=SUPPLIER, lga="SMESupplier")
    supplier_vcse: bool | None = yesno("VCSE supplier", group=SUPPLIER, lga="VCSESupplier")
    supplier_vcse_type: str = choice("VCSE supplier type", VCSE_TYPES, group=SUPPLIER, lga="VCSESupplierType")
    award_notice_url: str = text("Award notice", address=True, group=LINKS)
    tender_document_url: str = text("Tender document", address=True, group=LINKS, lga="TenderDocumentURL")
    contract_document_url: str = text(
        "Contract document", address=True, group=LINKS, lga="ContractDocumentURL"
    )
    performance_url: str = text(
        "Performance information", address=True, group=LINKS, lga="PerformanceInformationURL"
    )
    notes: str = note("Notes", group=OTHER)
    unread: str = note("Could not be read", group=OTHER, column=True,
        help="Cells of an imported row that could not be read, kept word for word.")  # fmt: skip


@record(
    "contract_service",
    "Service of a contract",
    "Services of contracts",
    searched=False,
    one_per=("contract", "service"),
)
class ContractService(Record):
    """Which services a contract buys: one contract may cover many, and one service may need many."""

    contract: int | None = link("Contract", "contract")
    service: int | None = link("Service", "service")


@record("import_row", "Imported row", searched=False)
class ImportRow(Record):
    """The cells of an imported row as the source had them, so that a second import knows what a person changed."""

    contract: int | None = link("Contract", "contract")
    fingerprint: str = text("Fingerprint")
    occurrence: int | None = whole("Occurrence")
    source: str = text("Source")
    cells: rules.Cells = data("Cells")


__all__ = ["ROLES", "Contract", "ContractService", "ImportRow", "Party"]
