"""Checklist templates, answers, gates and progress, without layout."""
