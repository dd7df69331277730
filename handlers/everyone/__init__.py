"""What everybody sees, whatever their role: first contact, language, role, help."""
