"""Staff lists in the database: laid beside the people, compared, written, undone.

All of it is set-based, in temporary tables that end with the transaction: a million rows cost
the program no memory.
"""
