"""The pages of the window: one module a page, each a plan over shared parts."""
