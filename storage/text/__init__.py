"""Formatted text as one tree: read from Markdown once, then drawn on screen, paper, Word and web pages alike."""
