"""Templates of checklists: those of one’s own and of the program, and the editor of a draft."""
