"""The bookshop with Django, in SQLite, so that its transactions are real."""
