"""Who is here, what they may see and do, and what they did.

Promises: a view without a door is refused; a transaction without a scope sees no person; every write and every look at a
person leaves a row that the application itself cannot change; personal values are stored sealed, and a person's key can
be destroyed. Everything about rights is in this folder: `roles` names them, `scope` turns a user's grants into what the
database's row rules read, `doors` guards the URLs, `audit` remembers, `vault` holds the keys.
"""
