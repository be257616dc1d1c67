"""The public feeds that every server knows. None is asked before an admin enables it."""

from onward.domain.ingestion.entry import Entry

# Boards of single companies are not among them: whose is for the operator to say.
BUILTIN = (
    Entry("Remotive", "remotive"),
    Entry("Arbeitnow", "arbeitnow"),
    Entry("Remote OK", "remoteok"),
    Entry("The Muse", "themuse"),
    Entry("Landing.jobs", "landingjobs"),
    Entry("Hacker News: Who is hiring", "hackernews"),
    Entry("SimplifyJobs internships", "simplify"),
)
