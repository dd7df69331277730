"""Packages: sessions of one class sold together, and the credits left of them."""
