"""The words of the demo. The companies are invented; people appear by their roles only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Firm:
    """A company as the demo user knows it."""

    name: str
    industry: str
    location: str
    size: str
    rating: str | None
    notes: str = ""

    @property
    def address(self) -> str:
        """The host of its website, under a name that is reserved for examples."""
        return f"{self.name.lower().replace(' ', '-')}.example"


FIRMS = (
    Firm("Halvern Systems", "Enterprise Software", "Berlin, Germany", "large", "4.1", "Strong engineering blog."),
    Firm("Quorrin Analytics", "Data & Analytics", "Amsterdam, Netherlands", "medium", "4.4"),
    Firm("Brackenmoor Health", "Healthcare", "Manchester, UK", "large", "3.7", "Two office days a week."),
    Firm("Tesselby Robotics", "Robotics", "Munich, Germany", "small", "4.2"),
    Firm("Lumenwick Energy", "Clean Energy", "Copenhagen, Denmark", "medium", "4.3", "Mission is a good fit."),
    Firm("Oakhollow Bank", "Financial Services", "London, UK", "enterprise", "3.5"),
    Firm("Pelluma Maps", "Geospatial", "Zurich, Switzerland", "small", "4.5"),
    Firm("Ferrywick Games", "Games", "Malmö, Sweden", "medium", "3.9"),
    Firm("Cindermill Security", "Cybersecurity", "Tallinn, Estonia", "small", "4.0"),
    Firm("Wexmoor Freight", "Logistics", "Rotterdam, Netherlands", "large", "3.4"),
    Firm("Novarelle Labs", "Biotechnology", "Basel, Switzerland", "medium", "4.1"),
    Firm("Skyfarrow Aviation", "Aerospace", "Toulouse, France", "enterprise", "3.8"),
    Firm("Marrowstone Media", "Media", "Dublin, Ireland", "medium", "3.6"),
    Firm("Juniperline Travel", "Travel", "Lisbon, Portugal", "medium", "4.0", "Remote first since the start."),
    Firm("Greyfold Insurance", "Insurance", "Cologne, Germany", "enterprise", "3.6"),
    Firm("Thistlebyte", "Developer Tools", "Edinburgh, UK", "startup", "4.7", "Small team, open source core."),
    Firm("Plainsong Audio", "Consumer Electronics", "Stockholm, Sweden", "medium", "4.2"),
    Firm("Kestrelworks Cloud", "Cloud Infrastructure", "Remote, Europe", "large", "4.3"),
    Firm("Amberlane Commerce", "E-commerce", "Paris, France", "large", "3.9"),
    Firm("Foxmere Learning", "Education", "Vienna, Austria", "small", "4.1"),
    Firm("Saltwick Foods", "Food Technology", "Hamburg, Germany", "medium", None),
    Firm("Ironvale Mobility", "Automotive", "Stuttgart, Germany", "enterprise", "3.8"),
    Firm("Cobblepath Housing", "Property", "Leeds, UK", "startup", None),
    Firm("Meridane Telecom", "Telecommunications", "Madrid, Spain", "enterprise", "3.3"),
    Firm("Verdanna Farms", "Agriculture", "Utrecht, Netherlands", "startup", "4.0"),
    Firm("Stillbrook Legal", "Legal Technology", "Brussels, Belgium", "small", "3.9"),
    Firm("Pinnerley Payments", "Payments", "Vilnius, Lithuania", "medium", "4.2"),
    Firm("Orrinvale Semiconductors", "Semiconductors", "Eindhoven, Netherlands", "large", "4.0"),
    Firm("Tidewell Marine", "Marine Technology", "Bergen, Norway", "small", "4.4"),
    Firm("Copperlane Retail", "Retail", "Prague, Czechia", "large", None),
)


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of job that the demo user looks for.

    :ivar pay: the usual yearly range, in thousands
    """

    title: str
    pay: tuple[int, int]
    skills: str
    resume: str


BACKEND, DATA = "Backend Focus", "Data & Platform"

ROLES = (
    Role("Backend Engineer", (62, 80), "Python, Django, PostgreSQL and message queues", BACKEND),
    Role("Senior Backend Engineer", (75, 98), "Python, distributed systems and PostgreSQL", BACKEND),
    Role("Software Engineer, Platform", (70, 92), "Kubernetes, Terraform and Go or Python", DATA),
    Role("Data Engineer", (65, 86), "Python, SQL, Airflow and a modern warehouse", DATA),
    Role("Senior Data Engineer", (76, 100), "streaming pipelines, Spark and dimensional modelling", DATA),
    Role("Full-Stack Engineer", (58, 78), "Python, TypeScript and an eye for detail", BACKEND),
    Role("Site Reliability Engineer", (72, 95), "Linux, observability and calm incident response", DATA),
    Role("API Engineer", (64, 84), "API design, OpenAPI, caching and security", BACKEND),
    Role("Python Developer", (55, 74), "Python, testing and continuous delivery", BACKEND),
    Role("Software Engineer, Integrations", (60, 79), "webhooks, OAuth and patient debugging", BACKEND),
)

DESCRIPTION = (
    "{firm} is looking for a {title} to join a team of {team} in {location}.\n\n"
    "What you will do: design and run services that our customers rely on every day, review code, write down "
    "decisions and share the on-call rota.\n\nWhat you bring: solid experience with {skills}; clear writing; "
    "an interest in {industry}.\n\nWhat we offer: {pay_low},000 to {pay_high},000 a year, {leave} days of leave, "
    "a budget for learning and a {work_type} way of working."
)

COVER_LETTER = (
    "Dear hiring team,\n\nI am applying as {title}. In my current work I run Python services on PostgreSQL for a "
    "few million requests a day, and I would like to bring that to {industry}.\n\nKind regards,\nDemo User"
)

REFERRERS = ("A former colleague", "An old team lead", "A friend from the Python meetup")

# The round's type, how long it takes, and who asks.
ROUNDS = {
    "phone": (30, "Recruiter"),
    "technical": (60, "Senior Software Engineer, Engineering Manager"),
    "coding": (90, "Staff Engineer"),
    "system_design": (60, "Principal Engineer, Engineering Manager"),
    "behavioral": (45, "Engineering Manager, Product Manager"),
    "onsite": (180, "Engineering Manager, Staff Engineer, Product Manager"),
    "hr": (45, "Head of People, Director of Engineering"),
}

PREPARATION = {
    "phone": "Have the salary range and the notice period ready. Ask about team size and the reason for the opening.",
    "technical": "Go over transactions, indexes and isolation levels. Bring the queue migration as an example.",
    "coding": "Practise two medium problems under time. Talk while thinking; write the tests first.",
    "system_design": "Rate limiter, feed, job queue. Start from the numbers, then the data model, then failure.",
    "behavioral": "Three stories: a conflict, a failure, a decision without enough data.",
    "onsite": "Plan the trip, print the agenda. Questions for each person, by role.",
    "hr": "Compare with the other offers. Notice period, start date, equity.",
}

QUESTIONS = {
    "phone": "Why are you looking? What are your salary expectations? When could you start?",
    "technical": "How would you find a slow query? What happens when two requests update the same row?",
    "coding": "Merge overlapping intervals, then the same as a stream.",
    "system_design": "Design a notification service for ten million users. What breaks first?",
    "behavioral": "Tell us about a time when you disagreed with a decision.",
    "onsite": "Walk us through a system that you are proud of. What would you do differently?",
    "hr": "What would make you say no? How do you like to work?",
}

WENT = {
    "passed": (
        "Went well; they asked good follow-up questions.",
        "Friendly conversation. Clear next steps, they will write within the week.",
        "A bit slow at the start, then fine. They liked the trade-offs.",
    ),
    "failed": (
        "Got stuck on the second part and ran out of time.",
        "They look for more experience with their own stack.",
        "Good talk, but another candidate was further along.",
    ),
}

NOTES = {
    "applied": (
        ("research", "Read their engineering blog: they moved from a monolith to a few services and regret two."),
        ("general", "The posting asks for five years; I have four and a half. Applied anyway."),
        ("research", "Product tried out for half an hour. Onboarding is smooth, search is slow."),
    ),
    "screening": (
        ("follow_up", "Recruiter wrote back: a short call first, then a technical conversation."),
        ("general", "Salary band confirmed by mail. Two office days a week are negotiable."),
    ),
    "interviewing": (
        ("preparation", "Go through the interview guide they sent. Focus on data modelling."),
        ("feedback", "Feedback after the first round: good depth, speak more about trade-offs."),
    ),
    "offer": (("general", "Offer in writing. Base is fine; ask for a learning budget and a later start."),),
    "accepted": (("general", "Three-month contract signed. Keep looking for something permanent meanwhile."),),
    "rejected": (
        ("feedback", "Standard mail, no details. Asked for feedback."),
        ("feedback", "They went with somebody who knows their domain. May apply again in a year."),
    ),
    "withdrawn": (("general", "Withdrew: the role turned out to be mostly support."),),
    "ghosted": (("follow_up", "Second follow-up without an answer. Closing this one."),),
    "wishlist": (("research", "Opens soon, says the careers page. Ask in the meetup whether anybody knows the team."),),
}

NEXT = {
    "wishlist": "Tailor the résumé and apply",
    "applied": "Send a short follow-up",
    "screening": "Prepare questions for the recruiter",
    "interviewing": "Practise system design",
    "offer": "Decide on the offer",
}

# What the demo user calls their applications, and in which colour.
TAGS = {"Remote": "#0ea5e9", "Top choice": "#f59e0b", "Through somebody": "#10b981"}

TERMS = {
    "bonus": "Up to one month's salary a year",
    "benefits": "30 days of leave, a budget for learning, a ticket for public transport",
    "negotiation_notes": "Asked for a later start and four days a week after the first half year; they will come back.",
}
EQUITY = "0.1% over four years, with a cliff of one year"

WORKED = (
    "Telling the queue migration from its numbers to its failure: they kept asking.",
    "Asking about the on-call rota early. It made the rest an open conversation.",
    "Writing the tests first. I stayed calm when the task changed.",
)
FAILED = (
    "Went into details before saying what the system is for.",
    "Ran out of time in the second half of the exercise.",
    "Had no good answer to why this company and not another one.",
)
GAPS: tuple[dict[str, str], ...] = (
    {"System design": "intermediate", "Kubernetes": "beginner"},
    {"Algorithms": "intermediate"},
    {"Storytelling": "beginner", "Salary negotiation": "beginner"},
)
PLANS = (
    "One design exercise a week, said aloud, with a clock.",
    "Two medium problems every other day until the next interview.",
    "Read what they have built before writing the letter; three questions of my own.",
)


@dataclass(frozen=True, slots=True)
class Find:
    """A job that the demo user has put aside: so many days ago, and for so many days more if it has a deadline."""

    firm: str
    title: str
    days_ago: int
    deadline: int | None
    priority: str
    excitement: int
    source: str
    notes: str
    archived: bool = False


FINDS = (
    Find("Thistlebyte", "Python Developer, Tooling", 2, 12, "high", 5, "Their newsletter", "They read every line."),
    Find("Tidewell Marine", "Data Engineer", 5, 20, "medium", 4, "LinkedIn", "Bergen or remote. Ask about ferries."),
    Find("Pelluma Maps", "Backend Engineer, Routing", 6, 9, "medium", 4, "A friend from the meetup", "Rust is a plus."),
    Find("Foxmere Learning", "API Engineer", 11, None, "low", 3, "Job Board", ""),
    Find("Copperlane Retail", "Backend Engineer", 30, None, "low", 2, "Indeed", "Closed by now.", archived=True),
)


@dataclass(frozen=True, slots=True)
class Nudge:
    """Something to be reminded of: written down so many days ago, due in so many, done so many days ago or not yet."""

    title: str
    kind: str
    days_ago: int
    due: int
    done: int | None = None


NUDGES = (
    Nudge("Send the take-home exercise", "deadline", 9, -4, 5),
    Nudge("Thank the recruiter for the call", "follow_up", 4, -1),
    Nudge("Prepare three questions for the panel", "interview", 2, 1),
    Nudge("Update the portfolio page", "general", 3, 6),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A post: who tells it, how many days ago, and whether in the group; and what the other one thinks of it."""

    by: str
    days_ago: int
    kind: str
    title: str
    text: str
    in_group: bool = False
    reaction: str = ""


GROUP = ("Backend job hunters", "Mock interviews on Thursdays, questions at any time.")
PAIR = ("Two of us", "What did we do this week?")
POSTS = (
    Told(
        "member",
        16,
        "question",
        "How do you keep track?",
        "Spreadsheet, notebook or something else? Mine has 40 rows and no end.",
        reaction="support",
    ),
    Told(
        "demo",
        12,
        "tip",
        "Ask for the agenda",
        "Recruiters send it when one asks, with names and roles. It halves the preparation.",
        reaction="insightful",
    ),
    Told("demo", 8, "milestone", "", "First written offer! Now the hard part: comparing.", reaction="celebrate"),
    Told("member", 5, "resource", "Design exercises", "A list with solutions, from easy to nasty.", in_group=True),
    Told("demo", 1, "update", "", "Two interviews this week. Who has an hour for a rehearsal?", in_group=True),
)
