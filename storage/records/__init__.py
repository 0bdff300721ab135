"""What a commissioner keeps: one module a record, fields declared once."""
