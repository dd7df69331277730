"""What people read, by language: one gettext catalog a language, and the template that they are made from."""
