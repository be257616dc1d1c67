"""A believable search for a job, for people who want to look before they type.

`vocabulary` holds the words, `story` says what happens on which day, `building` lets it happen through the services,
with what is kept `beside` the applications and what the people do `among` each other.
"""

# Where nobody gets mail: what makes an account one of the demo.
DOMAIN = "onward.local"
# Known to everybody who can read: these accounts are made on one's own machine only.
PASSWORD = "onward-demo-account"  # noqa: S105
# Who can sign in, and as what.
PEOPLE = {
    "demo": "somebody's whole search for a job",
    "member": "a second member, in groups with the first",
    "admin": "staff: everything under /admin/",
}
