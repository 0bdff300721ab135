"""The tabs of a specification: its measures, departures, life, pathway and evidence, and what is to be mended."""
