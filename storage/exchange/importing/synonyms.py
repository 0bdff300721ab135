"""The headings under which councils, NHS bodies and their systems publish what a contract field holds.

Capitals, punctuation, plurals, a leading “Contract” and joined words are seen to when headings are compared, so
each heading stands here once in plain words, the most telling first: of two that fit one field, the earlier wins.
"""

from __future__ import annotations

from collections.abc import Mapping

# A field's name, then the headings that mean it.
_TABLE = """\
reference: Contract reference | Contract reference number / ID | Contract reference / ID |
    Contract number | Contract ID | Contract ref | Contract ref no | Contract register number |
    Agreement reference | Agreement number | Unique contract reference | Unique reference number |
    Reference number | Reference no | Ref | Ref no | Ref number | Our reference | URN | UID |
    Local reference | Register reference | Register ID | Internal reference | Record number |
    Contract identifier | Identifier | Unique identifier | Unique ID | Project reference |
    ProContract reference | DN reference | DN number | Atamis reference | In-tend reference |
    Contract code | Procurement reference | Tender reference | Award reference | contracts id | awards id
    | tender id | Notice identifier | Notice reference | Notice number | Notice ID | Release ID |
    Record ID | ID
title: Contract title | Title of the agreement | Title of agreement | Contract name | Agreement title |
    Agreement name | Name of contract | Name of agreement | Title of contract | Contract |
    contracts title | Award title | awards title | Tender title | Notice title | Project title |
    Project name | Opportunity title | Procurement title | Grant title | Service name | Service title |
    Name of service | Subject | Subject of contract
provider_name: Supplier name | Provider name | Name of supplier | Name of provider | Supplier | Provider
    | Contractor | Contractor name | Name of contractor | Vendor | Vendor name | Contract holder |
    Awarded supplier | Awarded supplier name | Awarded to | Awarded provider | Winning bidder |
    Winning supplier | Successful supplier | Successful bidder | Successful tenderer | Suppliers name |
    Supplier name and details | Supplier details | Supplier(s) | Provider(s) | Current provider |
    Current supplier | Incumbent | Incumbent supplier | Incumbent provider | Lead provider |
    Prime provider | Provider organisation | Supplier organisation | Company | Company name |
    Creditor name | Payee | Recipient | Recipient organisation | Grant recipient | Other party |
    Other parties | Counterparty | Merchant | awards suppliers name | award supplier name
stage: Contract status | Status of contract | Agreement status | Stage | Contract stage | Lifecycle stage
    | Contract state | State | contracts status | awards status | Status
description: Description of goods and services | Description of goods and/or services |
    Contract description | Description of the goods and services | Description of goods / services |
    Description of contract | Description of services | Description of service | Service description |
    Short description | Description | Brief description | Full description | Long description |
    contracts description | Award description | Tender description | awards description | Summary |
    Contract summary | Details | Contract details | Scope | Scope of contract | Purpose |
    Purpose of contract | Goods and services | Nature of contract | Further information |
    Project description
contract_type: Type of contract | Agreement type | Type of agreement | Type
contract_form: Form of contract | Form of agreement | Contract terms | Terms and conditions |
    Standard contract | Contract template | Contract terms used | Terms used | Form | T&Cs
directorate: Directorate / service responsible | Directorate/service | Department responsible |
    Department | Responsible department | Responsible directorate | Service responsible |
    Organisational unit | Directorate | Division | Service area | Business area | Business unit |
    Owning department | Department / service | Portfolio | Programme area | Directorate or service |
    Service department | Contracting department | Contract department | Owner directorate | Service group
    | Lead directorate | Lead department
    | Council department
ocid: Open Contracting ID | Open Contracting Identifier | OCID | OCDS ID
effective_date: Date effective | Register date | As at date | Accounting period end date
organisation_name: Organisation name | Organisation label | Buyer name | buyer_name | Buyer |
    Organisation | Contracting authority | Contracting authority name | Contracting organisation |
    Authority | Authority name | Council | Council name | Local authority | Commissioning organisation |
    Contracting body | Public body | Publishing organisation | Publisher | Entity | Customer | Purchaser
    | Trust | ICB | Name of organisation | Published by | Procuring entity | Contracting party |
    Buying organisation | Department or organisation
organisation_code: Organisation code | Organisation URI | Buyer ID | Organisation ID | Buyer identifier |
    Council code | Authority code | ODS code | ONS code | Local authority code
service_category: Service category label | SeRCOP label | Service category | SeRCOP category | SeRCOP |
    CIPFA service category | Service classification
service_category_uri: Service category URI | SeRCOP URI | SeRCOP code
procurement_category: Procurement classification: Councils procurement category label |
    Councils procurement category | Council procurement category label | Procurement category label |
    Primary procurement category | Procurement classification | Category | Category name | Spend category
    | Contract category | Purchase category | Commodity | Category of spend | Main category |
    Category description | tender mainProcurementCategory | Main procurement category |
    Category of contract
cpv_label: Procurement classification: CPV label | CPV label | CPV description | CPV category | CPV name
    | Classification description | CPV code description | CPV title | tender classification description
cpv_code: Procurement classification: CPV code | CPV code | CPV number | Main CPV code | CPV code(s) |
    Classification code | Classification ID | tender classification id | Common procurement vocabulary |
    Primary CPV code | CPV reference | CPV
proclass_label: Procurement classification: Proclass label | ProClass label | Proclass description |
    ProClass category | Pro class label | Proclass
proclass_code: Procurement classification: Proclass code | ProClass code | Pro class code |
    Proclass number | Proclass ID | Proclass reference
area_label: Location service label | Area served label | Location served | Area served | Location |
    Geographical area | Region | Place of delivery | Delivery location | Location of service | Area
area_uri: Location served URI | Area served URI | Location URI | Area URI
signed_on: Date signed | Signed date | Contract signed date | Signature date | Date of signature |
    Date contract signed | Completion date of contract | Date contract sealed | Sealed date |
    contracts dateSigned | Date of contract | Date agreed
award_date: Date contract awarded | Contract award date | Award date | Date of award | Awarded date |
    Date awarded | awards date | Award decision date | Decision date | Date of award decision
start: Contract start date | Start date | Date of commencement | Commencement date | Commencement |
    Contract commencement date | Effective from | Contract start | Start of contract | Date from |
    Service start date | contractPeriod startDate | contracts period startDate | From date |
    tender contractPeriod startDate | awards contractPeriod startDate | Agreement start date | Valid from
    | Term start | Start date of contract | From | Begin date | Go live date | Estimated start date |
    Period start | Grant start date |
    Term from | Initial term start date | Initial term from
initial_end: Initial end date | Original end date | Initial term end date | End of initial term |
    Original expiry date | Initial expiry date | Initial contract end date | Initial period end date |
    Core end date | Core term end date | Original contract end date | Base end date |
    End date excluding extensions | End date (excluding extensions) | End date without extension |
    Initial term expiry date | Primary end date | End date before extension | Initial term end
current_end: Current end date | Contract current end date | Current expiry date |
    Current contract end date | Contract end date | End date | Expiry date | Contract expiry date |
    Expiration date | Expiry | Contract end | Contract expiry | Expires | Expires on | Ends | Ends on |
    End of contract | Date of expiry | Termination date | Contract termination date | Finish date |
    contractPeriod endDate | contracts period endDate | tender contractPeriod endDate | Date to |
    awards contractPeriod endDate | Agreement end date | Valid to | Valid until | Effective to | To date
    | Term end | Service end date | Contract end date (current) | Estimated end date | Period end | Until
    | End date of contract | Grant end date | To | End | Term to
max_end: Maximum end date | Maximum contract end date | Last extension date | Latest extension date |
    Latest date the contract could be extended to | Last date of extension | Max end date |
    End date including extensions | End date (including extensions) | End date with extensions |
    End date inc extension | End date incl extensions | Extended end date | Extension end date |
    Final end date | Final expiry date | Maximum expiry date | Maximum extension date |
    Extension expiry date | Possible extension date | Latest end date | Contract max end date |
    End date if all extensions used | End date if extended | Extendable to |
    contracts period maxExtentDate | maxExtentDate | Potential end date | Extension date |
    Contract end date including extension options | End date with all extensions | Max end |
    Contract extension end date | Maximum term end date | Final possible end date | Final expiry |
    With extensions end date | With extensions to |
    Latest extension end date | Last extension end date | Final extension date | Last possible end date
review_date: Contract review date | Review date | Date of review | Next review date | Next review |
    Review due | Date of next review | Review by | Review
notice_commissioner: Notice period (commissioner) | Commissioner notice period | Commissioner notice |
    Notice period (council) | Council notice period | Notice period (buyer) | Buyer notice period |
    Notice period (authority) | Authority notice period | Commissioner's notice | Notice period |
    Termination notice period | Notice period months | Notice period in months | Notice |
    Notice period weeks | Notice period days | Notice period in days | Notice required |
    Termination notice | Period of notice | Notice months | Length of notice
notice_provider: Notice period (provider) | Provider notice period | Provider notice | Provider's notice
    | Supplier notice period | Notice period (supplier) | Contractor notice period | Supplier notice |
    Provider notice months | Supplier notice months
extendable: Contract extendable | Can be extended | Extension available | Extension possible |
    Extensions available | Is extendable | Extendable? | Extension option available | Extensible |
    Option to extend | Option to extend? | Has extension option | Extension allowed |
    Can contract be extended
extended: Contract extended | Has been extended | Extension used | Extension taken | Extended? |
    Extension exercised | Is extended | Contract has been extended | Extension applied
runs_on: Runs on | Rolling contract | Rolling | Evergreen | Auto renew | Automatic renewal
value_basis: VAT basis | Value basis | VAT status | VAT treatment | Is VAT included
award_value: Contract award value | Award value | Awarded value | Value of award | Awarded amount |
    Award amount | Whole life value | Whole life contract value | Contract value whole life |
    Lifetime value | Total contract value including extensions | Contract value including extensions |
    Max value | Value including extensions | Total value including extensions | Maximum contract value |
    Maximum value | Contract value inc extensions | Value incl. all options | Contract lifetime value |
    awards value amount | award value amount | Original contract value | Initial contract value
current_value: Current contract value | Current value | Contract value | Total contract value |
    Total value | Value of contract | Contract value total | Contract total value | Total contract sum |
    contracts value amount | Contract sum | Contract amount | Contract price | Contract value amount |
    Sum to be paid | Value amount | Value | Value of agreement | Agreement value | Amount | Total amount
    | Estimated value | Estimated contract value | Contract cost | Total cost | Estimated total value |
    Estimated total contract value | tender value amount | Grant amount | Value GBP | Value in pounds |
    Contract value £ | Exact value | Overall value | Approximate value | Total spend | Cost | Price | TCV
annual_value: Annual contract value | Annual value | Value per annum | Estimated annual value |
    Annual cost | Yearly value | Annual spend | Estimated annual spend | Annual budget | Value per year |
    ACV | Contract value per annum | Value p.a. | Annualised value | Average annual value |
    Cost per annum | Annual contract cost | Estimated annual contract value | Annual amount |
    Per annum value | Approximate annual value | Estimated annual spend/budget | Contract annual value
fixed_cost: Fixed cost / estimated cost | Fixed cost | Fixed or estimated | Fixed/estimated cost
irrecoverable_vat: Irrecoverable VAT | VAT that cannot be recovered | Non-recoverable VAT |
    Unrecoverable VAT | VAT not recoverable | VAT non recoverable | Amount of irrecoverable VAT
procurement_route: Route to market | Procurement route | Procurement method | Procurement procedure |
    Procedure | Procurement process | Tender procedure | tender procurementMethod | Sourcing route |
    Award route | tender procurementMethodDetails | Method of procurement | Procurement approach |
    Procurement method details | Award procedure | Procedure type | Procurement procedure used
procurement_year: Procurement year | Financial year | Year of procurement | Year procured
process_type: Tender process type | Tender type | Process type | Type of process | Tender process |
    Procurement type | Invitation type | Quote or tender | Procurement process type |
    Invitation to quote or invitation to tender | ITT/ITQ | Type of tender
framework: Framework name | Framework title | Framework reference | Framework agreement name |
    Framework used | Call-off from | Parent framework | Name of framework | DPS or framework
award_notice_url: Contract CF award notice | Award notice URL | Award notice link | Contracts Finder link
    | Link to award notice | Award notice | Contracts Finder URL | Notice URL | Find a Tender link |
    Contract award notice | Notice link | Link to notice | Contracts Finder notice
supplier_company_number: Supplier registered company number | Companies House registration number |
    Company number | Supplier company number | Company registration number | Companies House number |
    Company reg no | Registered company number | Company registration no | Supplier registration number |
    CRN | Provider company number | Company house number | Companies House no
supplier_charity_number: Supplier registered charity number | Charity commission number | Charity number
    | Registered charity number | Charity registration number | Supplier charity number | Charity no |
    Provider charity number | Charity reg no
supplier_other_id: Other supplier ID | Other IDs | Supplier ID | Supplier number | Vendor number |
    Vendor ID | Supplier code | Supplier identifier | Vendor code | Supplier reference | Creditor number
    | Provider code | Provider ID | Supplier no | Supplier DUNS | DUNS number
supplier_sme: SME supplier | SME | Is SME | Supplier is SME | Is supplier an SME | SME status | SME Y/N |
    Is the supplier an SME | Small or medium enterprise | SME flag | Awarded to SME | Provider SME
supplier_vcse: VCSE supplier | VCSE | Is VCSE | Supplier is VCSE | VCS supplier | VCSE status | VCS |
    VCFSE | Voluntary or community sector | Voluntary community sector supplier | Awarded to VCSE |
    VCSE Y/N | Is supplier a VCSE | Voluntary sector | VCO | Third sector | Is the supplier a VCSE
supplier_vcse_type: VCSE supplier type | VCSE type | Type of VCSE | VCS type | Third sector type
contact_name: Nominated contact point: name | Contact name | Contact | Contact person | Contact point |
    Name of contact | Contact officer | Nominated contact | Nominated contact point | Main contact |
    Council contact | Contact details | Primary contact | buyer contactPoint name
contact_email: Nominated contact point: email | Contact email | Contact email address | Email address |
    Email | E-mail | E-mail address | Contact e-mail | Nominated contact email | buyer contactPoint email
    | Officer email | Contact point email
contact_url: Nominated contact point: URL | Contact URL | Contact web page | Contact website
tender_document_url: Tender document URL | Tender document | Tender documents | Tender documents URL |
    Tender URL | Tender link | Invitation to tender URL | Link to tender documents
contract_document_url: Contract document URL | Contract document | Contract documents | Contract URL |
    Contract link | Link to contract | Award documents URL | Link to contract document |
    Link to contract documents
performance_url: Performance information URL | Performance information | Link to performance information
lead_commissioner: Lead commissioner | Commissioner | Commissioning lead | Commissioning manager |
    Lead officer | Responsible commissioner | Senior responsible owner | SRO | Senior responsible officer
    | Commissioning officer | Strategic lead | Commissioner lead | Contract sponsor | Budget holder |
    Responsible officer | Accountable officer
contract_manager: Contract manager | Contract manager name | Contract owner | Contract lead |
    Contract officer | Name of contract manager | Contract managed by | Managed by |
    Contract administrator | Owner | Contracts manager | Contracts officer | Relationship manager |
    Contract management lead | Service manager | Account manager (council) | Contract management officer
tier: Contract tier | Tier | Contract tiering | Risk tier | Segmentation
cost_centre: Cost centre | Cost center | Cost code | Budget code | Cost centre code
notes: Comments | Comment | Notes | Note | Remarks | Additional information | Other information
"""


def _read(table: str) -> dict[str, tuple[str, ...]]:
    """The table above by field; an indented line goes on with the field before it."""
    entries = table.replace("\n    ", " ").splitlines()
    pairs = (entry.split(": ", 1) for entry in entries)
    return {name: tuple(heading.strip() for heading in line.split(" | ")) for name, line in pairs}


SYNONYMS: dict[str, tuple[str, ...]] = _read(_TABLE)
"""Field name to the headings that mean it."""

WORDS: Mapping[str, Mapping[str, object]] = {
    "stage": {
        **dict.fromkeys(
            (
                "live",
                "active",
                "current",
                "in force",
                "in place",
                "in progress",
                "ongoing",
                "running",
                "signed",
            ),
            "Signed",
        ),
        **dict.fromkeys(
            ("contract signed", "executed", "sealed", "open-ended", "running on", "extended"), "Signed"
        ),
        **dict.fromkeys(("award", "contract awarded", "awarded - not signed", "to be signed"), "Awarded"),
        **dict.fromkeys(("in draft", "planned", "planning", "pipeline", "proposed"), "Draft"),
        **dict.fromkeys(("notice given", "under notice", "notice period", "in notice"), "Notice served"),
        **dict.fromkeys(("terminated early", "early termination", "contract terminated"), "Terminated"),
        **dict.fromkeys(("canceled", "withdrawn", "abandoned", "contract cancelled"), "Cancelled"),
    },
    "fixed_cost": {
        **dict.fromkeys(("fixed cost", "fixed price"), "Fixed"),
        **dict.fromkeys(("estimated cost", "estimate", "estimated price"), "Estimated"),
    },
    "process_type": {
        **dict.fromkeys(
            ("itq", "rfq", "request for quotation", "request for quote", "quote"), "Invitation to quote"
        ),
        **dict.fromkeys(("quotation", "quotations", "invitation to quotation"), "Invitation to quote"),
        **dict.fromkeys(
            (
                "itt",
                "invitation to tender",
                "tender",
                "open tender",
                "published itt",
                "publish invitation to tender",
            ),
            "Published invitation to tender",
        ),
    },
    "contract_type": {
        **dict.fromkeys(
            ("single award", "single supplier", "single-award contract"), "Single award contract"
        ),
        **dict.fromkeys(("multiple award", "multi-award contract"), "Multiple award contract"),
        **dict.fromkeys(("framework", "framework contract"), "Framework agreement"),
        **dict.fromkeys(("dps", "dynamic purchasing"), "Dynamic purchasing system"),
        **dict.fromkeys(("grant",), "Grant agreement"),
    },
    "value_basis": {
        **dict.fromkeys(
            ("ex vat", "exc vat", "excl vat", "excl. vat", "net", "net of vat", "exclusive"), "Excluding VAT"
        ),
        **dict.fromkeys(("inc vat", "incl vat", "incl. vat", "gross", "inclusive"), "Including VAT"),
    },
    "supplier_sme": {
        **dict.fromkeys(("sme", "small", "medium", "micro", "small or medium", "small/medium"), True),
        **dict.fromkeys(("large", "non-sme", "non sme", "not sme", "not an sme"), False),
    },
    "supplier_vcse": {
        **dict.fromkeys(("vcse", "vcs", "vcfse", "charity", "voluntary", "voluntary sector"), True),
        **dict.fromkeys(("non-vcse", "non vcse", "not vcse", "not a vcse"), False),
    },
    "extendable": {"extendable": True, "not extendable": False},
    "extended": {"extended": True, "not extended": False},
}
"""Field name to words, in small letters, that stand for a value in the columns of that field alone."""
