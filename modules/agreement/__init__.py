"""The works agreement as the program's own limits: its clauses, who signed, what they bound."""
