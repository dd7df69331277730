"""Starts everything: commands, settings, the composition root, the web server, and the link to Telegram."""
