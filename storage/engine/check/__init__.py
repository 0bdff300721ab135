"""Looking a whole file over: what is damaged, and what a person may see to."""
