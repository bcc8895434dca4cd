"""Tables as people send them, whatever they are about: sheets, titles, cells, wages, which rows are people, problems.

What a table is for (a payroll to bill, a roster to register) lives in the sibling folders: each brings its vocabulary of
titles and its kinds of problems; the reading is the same.

Nothing is imported here: the child process that reads a stranger's file starts with the reader alone.
"""
