"""Invented data to look at: real bodies carry nothing but public facts, invented forces carry the rest."""
