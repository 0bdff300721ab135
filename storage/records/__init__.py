"""What a commissioner keeps: one module a record, fields declared once. Importing this enters them all."""

from storage.records import (
    actions,
    assessments,
    contracts,
    documents,
    organisations,
    reference,
    services,
    specifications,
)

__all__ = [
    "actions",
    "assessments",
    "contracts",
    "documents",
    "organisations",
    "reference",
    "services",
    "specifications",
]
