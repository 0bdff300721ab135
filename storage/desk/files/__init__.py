"""Files that belong to records: attached, linked, named safely and measured before they are drawn."""
