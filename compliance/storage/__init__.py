"""Files, apart from the rows that name them: what they are and where they are kept."""
