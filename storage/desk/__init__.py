"""What a commissioner does: start and sign a checklist, issue a specification, link and merge."""
