"""Signing in and one's own account, and the pages where others are given access or helped back in.

Promises: nobody ends at a locked door without a way on; no answer says whether a username exists; what opens an account is
shown once, to one person, on a page that is not kept.
"""
