"""What staff and admins see."""
