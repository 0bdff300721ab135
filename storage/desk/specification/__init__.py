"""Service specifications: their text, life and lineage, what they rest on and where they are used."""
