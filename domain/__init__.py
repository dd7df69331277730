"""The rules of the business: sessions, seats, credits, money. Imports no framework and none of the other packages."""
