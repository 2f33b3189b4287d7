"""File formats that people bring: staff lists as CSV, workbooks and OneRoster, sheets of marks."""
