"""Checklist templates as workbooks of XLSForm’s shape, out and in."""
