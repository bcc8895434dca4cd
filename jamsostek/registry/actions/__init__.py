"""Every write of the registry. Each action is keyword-only, runs in the scope and transaction in force (`access.acting`),
asks the scope whether it may, leaves an audit entry, and raises errors in the user's words. None reads a clock.
"""
