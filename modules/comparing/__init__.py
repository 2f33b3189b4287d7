"""Bodies beside each other without a league: noisy counts by bands, published under a ledger."""
