"""Meetings: what was shown at one, what has changed since, and the actions it numbers."""
