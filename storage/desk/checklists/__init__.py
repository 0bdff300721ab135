"""Checklists being worked through: runs, what they may cite and propose, reviews, and templates of one’s own."""
