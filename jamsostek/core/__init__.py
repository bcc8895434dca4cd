"""Pure ground of everything: rupiah and rounding, months and days, NIK, regions, text, errors a person can mend."""
