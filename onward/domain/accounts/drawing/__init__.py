"""Drawing a picture of a stranger anew, so that nothing of its file is kept but what can be seen."""
