"""Reading members' money: balances on a day, lines, the yearly statement, runs of crediting, and whether it all adds up."""
