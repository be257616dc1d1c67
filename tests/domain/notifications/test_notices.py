"""Lines of somebody's feed."""

from datetime import UTC, datetime, timedelta

from onward.domain.notifications.choices import CareerNoticeType, DeskNoticeType
from onward.domain.notifications.models import Notice
from onward.domain.notifications.services import notices
from tests.factories import LeadFactory

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def told(owner, **fields):
    row = notices.notice(owner_id=owner.pk, type_=DeskNoticeType.RUN_ENDED, title="x", at=AT, **fields)
    (pk,) = notices.tell([row])
    return Notice.objects.get(pk=pk)


def test_a_notice_is_read_once_by_its_owner(ada, ben):
    notice = told(ada)

    def read(owner, at, types=DeskNoticeType.values):
        return notices.mark_read(owner_id=owner.pk, ids=[notice.pk], types=types, at=at)

    assert read(ben, AT) == []
    assert read(ada, AT, CareerNoticeType.values) == []
    assert read(ada, AT) == [notice.pk]
    assert read(ada, AT + timedelta(hours=1)) == [notice.pk]

    notice.refresh_from_db()
    assert notice.read_at == AT


def test_a_notice_outlives_the_lead_that_it_was_about(ada):
    notice = told(ada, lead_id=LeadFactory().pk)
    notice.lead.delete()

    notice.refresh_from_db()
    assert notice.lead is None


def test_a_title_is_one_line(ada):
    row = notices.notice(owner_id=ada.pk, type_=DeskNoticeType.RUN_ENDED, title="a\nb\r\n" + "c" * 300, at=AT)
    notices.tell([row])

    title = Notice.objects.get().title
    assert title.startswith("a b ccc")
    assert (len(title), title[-1]) == (200, "…")
