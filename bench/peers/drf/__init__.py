"""A plain Django REST framework application, as its tutorial would write it."""
