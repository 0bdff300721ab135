"""A workbook of ours that comes home: read, compared with what was sent and with the file, written."""
