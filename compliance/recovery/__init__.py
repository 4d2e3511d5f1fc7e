"""Everything that the service keeps, out into one file and in again."""
