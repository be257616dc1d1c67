"""Chats: who takes part, what is said, and what has happened in which order (`docs/decisions`, 38)."""
