"""Opens every workbook and Word file the program makes in LibreOffice; not part of the tests, since not all have it."""
