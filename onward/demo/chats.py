"""A chat for the demo: two students before an interview."""

from datetime import datetime, timedelta

from onward.domain.messaging.services import chats, messages

SAID = (
    (0, "Did they ask you about SQL in the first interview?"),
    (1, "Two joins and a count. The course here was enough."),
    (1, "And bring three questions, they do ask for them."),
    (0, "Thank you. Thursday at ten, then."),
)


def talk(*, people: tuple[int, int], at: datetime) -> None:
    """Let two people write to each other, one after the other; the last message waits to be read."""
    begun = at - timedelta(days=6)
    number, _ = chats.begin(by_id=people[0], people=people, at=begun)
    sent = [
        messages.send(chat_id=number, sender_id=people[who], content=content, at=begun + timedelta(minutes=7 * minutes))
        for minutes, (who, content) in enumerate(SAID)
    ]
    messages.react(pk=sent[2], chat_id=number, by_id=people[0], emoji="👍", at=begun + timedelta(minutes=20))
    for reader in people:
        chats.read_up_to(chat_id=number, message_id=sent[2], user_id=reader, at=begun + timedelta(minutes=20))
