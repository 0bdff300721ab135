"""Keeping what was saved: copies, restoring, checking, repairing."""
