"""How the parts are put together: settings, URLs, the database, the processes of `jamsostek serve`.

Promises: nothing to set up before the first start; nobody reaches the database without a password; the application's
role can neither change tables nor step over row rules; whatever `serve` started is gone when it ends.
"""
