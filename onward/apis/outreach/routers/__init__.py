"""One module per section of the outreach desk's document."""
