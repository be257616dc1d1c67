"""A believable search for a job, for people who want to look before they type.

`vocabulary` holds the words, `story` says what happens on which day, `building` lets it happen through the services,
with what is kept `beside` the applications and what the people do `among` each other.
"""

# Where nobody gets mail: what makes an account one of the demo.
DOMAIN = "onward.local"
