"""Tables as files: CSV for programs, XLSX for spreadsheets."""
