"""What the worker does, at a time that a test chooses."""

from datetime import datetime
from types import SimpleNamespace

from django.core import mail
from django.core.mail import EmailMultiAlternatives

from onward.domain.notifications import tasks
from onward.platform.jobs.models import Job, State


def delivered(at: datetime, monkeypatch) -> list[EmailMultiAlternatives]:
    """Run the jobs about notifications that are due by then, and give the mails that they have sent."""
    already = len(mail.outbox)
    monkeypatch.setattr(tasks, "timezone", SimpleNamespace(now=lambda: at))
    waiting = Job.objects.filter(kind="notifications.send", state=State.WAITING)
    while job := waiting.filter(run_at__lte=at).order_by("run_at", "pk").first():
        job.state = State.DONE
        job.save()
        tasks.send(**job.payload)
    return list(mail.outbox[already:])  # type: ignore[arg-type]


def html(message: EmailMultiAlternatives) -> str:
    """Give the HTML of a mail."""
    ((content, kind),) = message.alternatives
    assert kind == "text/html"
    return str(content)
