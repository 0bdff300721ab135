"""Lists: how one is arranged, its totals, saved views, changes in bulk, and the user’s own fields."""
