"""The public pages of this server's own board, for whoever looks for an opening, and for search engines."""
