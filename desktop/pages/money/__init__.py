"""The page of money: each tab worked out in a file of its own, drawn by one page."""
