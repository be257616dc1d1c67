"""Help: articles about Onward for its people, and what they tell its operators."""
