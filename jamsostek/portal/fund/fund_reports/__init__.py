"""Reports of the funds, monthly and for members."""
