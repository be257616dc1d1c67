"""Writing in chats, and what follows from it."""
