"""The month: wage reports, bills, payments, allocation, arrears, penalties, compliance.

Bills come from the law's own kernels and keep their inputs and the law's digest; nothing that was billed or paid is changed:
a difference is a further bill, a mistake a reversal. Money reaches members' accounts when it is in.
"""
