"""The campaign: every fault of the matrix tried over and over, at a size chosen for the occasion."""
