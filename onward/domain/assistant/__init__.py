"""The assistant: letters, matches and questions, written from a person's own résumé."""
