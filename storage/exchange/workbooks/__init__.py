"""Workbooks: the register, the workbook for a meeting, any list, and what they are made of."""
