"""Everything that prints: what a page says, and its way through the layout."""
