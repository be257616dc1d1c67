"""The pages that show an API's document, with their templates and what these load."""
