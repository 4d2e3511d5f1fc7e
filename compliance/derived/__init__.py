"""What follows from the records, kept beside them for lists and boards: worked out, stored, compared."""
