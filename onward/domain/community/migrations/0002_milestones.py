"""The milestones, and how far people have come already."""

import datetime
import itertools
import zoneinfo

from django.db import migrations

# In the order in which they are listed: key, name, description, criteria.
MILESTONES = [
    ("getting_started", "Getting Started", "You opened an account.", {"action": "register"}),
    ("first_application", "First Application", "You wrote down your first application.", {"action": "create_application", "count": 1}),
    ("building_momentum", "Building Momentum", "Ten applications are in your record.", {"action": "create_application", "count": 10}),
    ("in_the_zone", "In the Zone", "Twenty-five applications: you keep going.", {"action": "create_application", "count": 25}),
    ("self_reflective", "Self-Reflective", "You looked back on an application for the first time.", {"action": "create_reflection", "count": 1}),
    ("growth_mindset", "Growth Mindset", "Ten times you wrote down what to do better.", {"action": "create_reflection", "count": 10}),
    ("one_week_strong", "One Week Strong", "You did something for your search on seven days in a row.", {"action": "streak", "days": 7}),
    ("thirty_day_streak", "Thirty Day Streak", "Thirty days in a row, and not one without a step.", {"action": "streak", "days": 30}),
    ("connected", "Connected", "You follow five people.", {"action": "follow", "count": 5}),
    ("part_of_a_circle", "Part of a Circle", "You joined your first group.", {"action": "join_group", "count": 1}),
    ("sharing_insights", "Sharing Insights", "You shared your first post.", {"action": "create_post", "count": 1}),
    ("offer_received", "Offer Received", "Somebody wants to work with you: an offer is in your record.", {"action": "outcome_offer", "count": 1}),
]
FIRST = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
# What is counted: the column, the rows, the paths to whose they are and to when, and how many earn what.
COUNTED = [
    ("applications", ("applications", "Application"), {}, "owner_id", "created_at", {1: "first_application", 10: "building_momentum", 25: "in_the_zone"}),
    ("reflections", ("applications", "Reflection"), {}, "application__owner_id", "created_at", {1: "self_reflective", 10: "growth_mindset"}),
    ("follows", ("community", "Follow"), {}, "follower_id", "created_at", {5: "connected"}),
    ("groups", ("community", "Membership"), {}, "user_id", "joined_at", {1: "part_of_a_circle"}),
    ("posts", ("community", "Post"), {}, "author_id", "created_at", {1: "sharing_insights"}),
    ("offers", ("applications", "Outcome"), {"status": "offer"}, "application__owner_id", "created_at", {1: "offer_received"}),
]
STREAKS = {7: "one_week_strong", 30: "thirty_day_streak"}
# What people had done before anybody counted, as the events tell.
DEEDS = [
    "account.registered",
    "application.created",
    "application.note_added",
    "interview.created",
    "resume.added",
]
AT_ONCE = 1000


def seed(apps, schema_editor):
    """Put the milestones there, each once; their dates keep their order."""
    Milestone = apps.get_model("community", "Milestone")
    for place, (key, name, description, criteria) in enumerate(MILESTONES):
        Milestone.objects.get_or_create(
            key=key,
            defaults={
                "name": name,
                "description": description,
                "criteria": criteria,
                "created_at": FIRST + datetime.timedelta(seconds=place),
            },
        )


def count(apps, schema_editor):
    """Count what people did before, and award what they had reached, dated when they reached it."""
    User = apps.get_model("accounts", "User")
    Award = apps.get_model("community", "Award")
    Progress = apps.get_model("community", "Progress")
    milestones = dict(apps.get_model("community", "Milestone").objects.values_list("key", "pk"))
    people = {}
    awards = []

    def reach(user_id, key, at):
        awards.append(Award(user_id=user_id, milestone_id=milestones[key], reached_at=at))

    for user_id, zone, since in User.objects.order_by("pk").values_list("pk", "timezone", "created_at").iterator():
        people[user_id] = (zoneinfo.ZoneInfo(zone), Progress(user_id=user_id))
        reach(user_id, "getting_started", since)

    for column, model, condition, owner, date, thresholds in COUNTED:
        rows = apps.get_model(*model).objects.filter(**condition).order_by(owner, date, "pk").values_list(owner, date)
        for user_id, theirs in itertools.groupby(rows.iterator(), key=lambda row: row[0]):
            number = 0
            for number, (_, at) in enumerate(theirs, start=1):
                if number in thresholds:
                    reach(user_id, thresholds[number], at)
            setattr(people[user_id][1], column, number)

    events = apps.get_model("events", "EventRecord").objects.filter(name__in=DEEDS, owner_id__isnull=False)
    events = events.order_by("owner_id", "happened_at").values_list("owner_id", "happened_at")
    for user_id, theirs in itertools.groupby(events.iterator(), key=lambda row: row[0]):
        if user_id not in people:
            # Events outlive those whom they tell of.
            continue
        zone, progress = people[user_id]
        reached = set()
        for _, at in theirs:
            day = at.astimezone(zone).date()
            if day != progress.last_active_on:
                last = progress.last_active_on
                follows = last is not None and day - last == datetime.timedelta(days=1)
                progress.streak_days = progress.streak_days + 1 if follows else 1
                progress.last_active_on = day
            progress.last_active_at = at
            key = STREAKS.get(progress.streak_days)
            if key is not None and key not in reached:
                reached.add(key)
                reach(user_id, key, at)
        broken = datetime.datetime.combine(progress.last_active_on + datetime.timedelta(days=2), datetime.time.min, zone)
        progress.streak_until = broken.astimezone(datetime.timezone.utc)

    Progress.objects.bulk_create([progress for _, progress in people.values()], batch_size=AT_ONCE, ignore_conflicts=True)
    Award.objects.bulk_create(awards, batch_size=AT_ONCE, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0004_offers"),
        ("applications", "0002_offers"),
        ("community", "0001_initial"),
        ("events", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
