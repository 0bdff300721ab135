"""Organisations and people: found, joined where they are one, and forgotten."""
