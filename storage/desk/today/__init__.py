"""Today: what is due in the whole file and by when, what lies ahead by quarter, and what was worked on last."""
