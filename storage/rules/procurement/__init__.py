"""The rules of procurement: regimes, processes, standstill, modifications, notices and counts; advice, not law."""
