"""A forum for the demo, with a question that was answered and one that waits; and a blog about a first week."""

from datetime import datetime, timedelta

from onward.domain.writing.choices import EntryKind
from onward.domain.writing.services import entries, forums, marks

FORUM = ("Finding work", "What helped, what did not, and what you would like to know before you apply.")
# By who begins it (0: the second member, 1: the demo user), its title and what is said in it.
THREADS = (
    (
        1,
        "How long do you wait before you ask again?",
        "I applied **two weeks ago** and have heard nothing. Is it too early to write?",
        (
            "Two weeks are enough. Three lines, and the date of your application.",
            "I wrote on day ten and had an answer.",
        ),
    ),
    (
        0,
        "A portfolio with work from an internship?",
        "My employer says that the code is theirs. What do you show instead?\n\n- screenshots\n- a text about it",
        ("Ask for a reference, and tell what *you* decided.",),
    ),
)
BLOG = (
    "What I wish I had known in my first week",
    "1. Write names down.\n2. Ask **why** before how.\n3. Leave on time on Friday: nobody remembers who did not.\n",
    ["first job", "advice"],
)


def write(*, people: tuple[int, int], at: datetime) -> None:
    """Let two people write in a forum, and the second of them a blog that the first has read."""
    made_at = at - timedelta(days=20)
    forum = forums.create(title=FORUM[0], description=FORUM[1], at=made_at)
    for day, (author, title, content, answers) in enumerate(THREADS):
        begun = made_at + timedelta(days=4 * day)
        thread = entries.write(
            kind=EntryKind.THREAD, author_id=people[author], forum_id=forum.pk, title=title, content=content, at=begun
        )
        for number, said in enumerate(answers, 1):
            post = entries.write_below(
                kind=EntryKind.POST,
                parent=thread,
                author_id=people[(author + number) % 2],
                content=said,
                at=begun + timedelta(hours=3 * number),
            )
        marks.like(entry=post, user_id=people[author], at=begun + timedelta(hours=12))
    marks.bookmark(entry=thread, user_id=people[1], at=at - timedelta(days=15))
    title, content, tags = BLOG
    blog = entries.write(
        kind=EntryKind.BLOG, author_id=people[1], title=title, content=content, tags=tags, at=at - timedelta(days=12)
    )
    marks.note_visit(entry_id=blog.pk, user_id=people[0], at=at - timedelta(days=11))
