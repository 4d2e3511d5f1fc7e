"""Plain data in, documents out; imports nothing from compliance."""
