"""Values in text and queries: numbers, sums of money, shares, measures, dates and periods, compared by worth."""
