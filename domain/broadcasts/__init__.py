"""Messages that the team types, to many people at once: who they go to, writing them down, following them, stopping them."""
