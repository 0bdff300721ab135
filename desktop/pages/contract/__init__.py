"""The tabs of an open contract: what each shows and edits, declared one small file a tab."""
