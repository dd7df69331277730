"""People, their roles, first contact and invitations."""
