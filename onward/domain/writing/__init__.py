"""What members write: blogs, forums with their threads and posts, and what others make of it."""
