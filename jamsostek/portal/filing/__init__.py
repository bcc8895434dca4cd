"""Filing a claim, by whoever may: what happened, the facts a few at a time, papers, what it comes to; sent, and tracked."""
