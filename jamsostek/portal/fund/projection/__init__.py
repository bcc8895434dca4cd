"""The funds to 2100: assumptions, runs, comparison."""
