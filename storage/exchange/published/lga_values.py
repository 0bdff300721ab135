"""What each column of the Transparency Code layout takes from a contract, and why it stays blank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from storage.engine.conditions import Value
from storage.exchange.published.choice import Item
from storage.records.contracts import TENDERS, TYPES
from storage.records.reference import Desk
from storage.rules.renewal import OPEN_ENDED
from storage.rules.vat import VatBasis

GUIDE, STRICT = "guide", "strict"
GUIDE_VCSE = (
    "Companies House", "Charity or CIO", "Community Interest Company", "Industrial and Provident Society",
    "Housing Association", "Other", "Not known",
)  # fmt: skip
STRICT_VCSE = ("Voluntary sector", "Community sector")
STRICT_TENDERS = ("Invitation to quote", "Published invitation to tender")
GROSS = "The value includes VAT that cannot be taken out of it, so it is given gross."
UNSAID = "Whether VAT is in the value is not recorded; it is given as it stands."
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the field behind it, and what is said when a mandatory one is blank."""

    name: str
    field: str
    missing: str = ""  # empty for a column that may be blank
    sort: str = "text"  # or date, money, yes or no, fixed, listed, address
    guide_words: tuple[str, ...] = ()
    strict_words: tuple[str, ...] = ()


COLUMNS = (
    Column("OrganisationLabel", "organisation_name"),
    Column("OrganisationURI", "organisation_code", sort="address"),
    Column("EffectiveDate", "effective_date", sort="date"),
    Column("ContractReference", "reference", "No reference is recorded."),
    Column("OpenContractingID", "ocid"),
    Column("ContractTitle", "title", "No title is recorded."),
    Column("ContractType", "contract_type", "", "listed", TYPES, TYPES),
    Column("OrganisationalUnit", "directorate", "No directorate or service is recorded."),
    Column("ServiceCategoryLabel", "service_category"),
    Column("ServiceCategoryURI", "service_category_uri", sort="address"),
    Column("Description", "description", "No description is recorded."),
    Column("ProcurementCategory", "procurement_category"),
    Column("CPVLabel", "cpv_label"),
    Column("CPVCode", "cpv_code"),
    Column("ProclassLabel", "proclass_label"),
    Column("ProclassCode", "proclass_code"),
    Column("StartDate", "start", "No start is recorded.", "date"),
    Column("EndDate", "current_end", "Neither an end nor a term is recorded.", "date"),
    Column("ReviewDate", "review_date", "No review date is recorded.", "date"),
    Column("LastExtensionDate", "max_end", sort="date"),
    Column("ContractValue", "current_value", "No value is recorded.", "money"),
    Column("FixedCost", "fixed_cost", sort="fixed"),
    Column("IrrecoverableVAT", "irrecoverable_vat", "No irrecoverable VAT is recorded; write 0 where there is none.",
           "money"),
    Column("SupplierName", "provider_name", "No organisation has the role of provider."),
    Column("CompaniesHouseRegistrationNumber", "supplier_company_number"),
    Column("CharityCommissionNumber", "supplier_charity_number", "No charity number is recorded."),
    Column("OtherSupplierID", "supplier_other_id"),
    Column("SMESupplier", "supplier_sme", "Whether the supplier is an SME is not recorded.",
           "yes or no"),
    Column("VCSESupplier", "supplier_vcse", "Whether the supplier is a VCSE is not recorded.",
           "yes or no"),
    Column("VCSESupplierType", "supplier_vcse_type", "", "listed", GUIDE_VCSE, STRICT_VCSE),
    Column("ContactName", "contact_name"),
    Column("ContactEmail", "contact_email"),
    Column("ContactURL", "contact_url"),
    Column("ProcessType", "process_type", "No tender process is recorded.", "listed", TENDERS, STRICT_TENDERS),
    Column("TenderDocumentURL", "tender_document_url", sort="address"),
    Column("ContractDocumentURL", "contract_document_url", sort="address"),
    Column("PerformanceInformationURL", "performance_url", sort="address"),
    Column("AreaServedLabel", "area_label"),
    Column("AreaServedURI", "area_uri", sort="address"),
)  # fmt: skip
"""The columns in the order of the LGA’s contracts layout, with the guide’s EffectiveDate."""


def columns_of(layout: str) -> tuple[Column, ...]:
    """The columns of a layout in its order."""
    return COLUMNS if layout == GUIDE else tuple(c for c in COLUMNS if c.name != "EffectiveDate")


def is_address(words: str) -> bool:
    """Whether words are a web address or another URI as a whole."""
    return _ADDRESS.fullmatch(words) is not None


def value_of(item: Item, name: str, desk: Desk) -> Value:
    """What a contract has for a field, with what its provider, its term or My organisation say where it is silent."""
    contract = item.contract
    own: Value = getattr(contract, name)
    if name == "provider_name":
        return "; ".join(dict.fromkeys(o.title.strip() for o in item.providers if o.title.strip()))
    if name == "current_end":
        return contract.agreed_end
    if own not in (None, ""):
        return own
    if name == "max_end":
        latest = contract.max_by_term
        return latest if latest and contract.agreed_end and latest > contract.agreed_end else None
    if name == "organisation_name":
        return desk.organisation
    if name == "organisation_code":
        return desk.code if contract.organisation_name in ("", desk.organisation) else ""
    return _of_provider(item, name)


def _of_provider(item: Item, name: str) -> Value:
    """What the one provider says of itself. Of several it is not known whose number would be meant."""
    theirs = {
        "supplier_company_number": "company_number",
        "supplier_charity_number": "charity_number",
        "supplier_other_id": "other_id",
        "supplier_sme": "sme",
        "supplier_vcse": "vcse",
        "supplier_vcse_type": "vcse_type",
    }.get(name)
    if theirs is None or len(item.providers) != 1:
        return None
    found: Value = getattr(item.providers[0], theirs)
    return found


def cell_of(item: Item, column: Column, layout: str, desk: Desk) -> tuple[str, str]:
    """The words of a cell, and when it is blank the reason where one is due; a withheld value is its token."""
    if token := item.withheld.get(column.field):
        return token, ""
    value = value_of(item, column.field, desk)
    if value is None or value == "":
        return "", _missing(item, column)
    return _shown(value, column, layout)


def _missing(item: Item, column: Column) -> str:
    if column.name == "EndDate" and item.contract.renewal == OPEN_ENDED:
        return "The contract has no end."
    if column.name == "CharityCommissionNumber" and item.contract.supplier_vcse is False:
        return "The supplier is no voluntary or community body."
    return column.missing


def _shown(value: Value, column: Column, layout: str) -> tuple[str, str]:
    """A value that is there, as the layout writes it; blank with a reason when the layout has no place for it."""
    if isinstance(value, date):
        return (f"{value:%d/%m}/{value.year:04d}" if layout == GUIDE else f"{value.isoformat()}T00:00:00"), ""
    if isinstance(value, bool):
        return ("true" if value else "false"), ""
    if column.sort == "money" and isinstance(value, int):
        return pounds(value), ""
    words = str(value)
    if column.sort == "fixed":
        answer = {"Fixed": "true", "Estimated": "false"}.get(words, "")
        return answer, "" if answer else f"“{words}” is neither fixed nor estimated."
    listed = column.guide_words if layout == GUIDE else column.strict_words
    if column.sort == "listed" and words not in listed:
        return "", f"“{words}” is not among the words of this layout."
    if column.sort == "address" and layout == STRICT and not is_address(words):
        return "", f"“{words}” is no web address, which the strict layout asks for."
    return words, ""


def pounds(pence: int) -> str:
    """An amount as a decimal with two places, without a sign for pounds and without commas: 125123.00."""
    whole, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}{whole}.{rest:02d}"


def remark_on_value(item: Item) -> str:
    """What has to be said of a value that may not be net; values are published net of VAT that can be recovered.

    Source: Local Government Transparency Code 2015; where VAT cannot be told apart, gross with a note (LGA guidance).
    """
    contract = item.contract
    if contract.current_value is None or "current_value" in item.withheld:
        return ""
    basis = VatBasis.read(contract.value_basis)
    return {VatBasis.INCLUDING: GROSS, VatBasis.NOT_SAID: UNSAID}.get(basis, "")
