"""Money of contracts and of the register: by year, by partner, in words, and the new financial year."""
