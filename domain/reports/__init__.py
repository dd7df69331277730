"""Reports: what a period brought, by what, and who owes whom. Every figure is told in ``docs/reports.md``."""
