"""How reads grow with what is there."""
