"""The operator's command line. Django finds the commands by their names; nothing imports them."""
