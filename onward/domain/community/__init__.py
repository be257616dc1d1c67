"""People among each other: follows, groups, posts, and how far everybody has come."""
