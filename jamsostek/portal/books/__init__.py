"""The books for those who read them: funds, trial balance at any moment, accounts, groups, months, and the proof of it all."""
