"""What somebody wants to be reminded of."""
