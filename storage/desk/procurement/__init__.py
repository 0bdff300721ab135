"""Procurement decisions: the process, its notices, the pipeline and the annual summary."""
