"""Sessions: when and where a class takes place, and what state it is in."""
