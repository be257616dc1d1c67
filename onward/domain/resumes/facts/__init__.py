"""What a person holds true: facts, the reader that drafts them from a résumé, and the list of skills."""
