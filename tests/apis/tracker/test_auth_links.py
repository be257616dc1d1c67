"""Links by mail: verification and reset, as the tracker's document and its notes promise them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from onward.domain.accounts.models import Link, User
from onward.platform.jobs.models import Job
from tests.apis.tracker.test_auth import AUTH, JOHN, log_in
from tests.factories import PASSWORD, UserFactory
from tests.mailbox import delivered, token_in

NEW = "NewSecurePass123!"
VERIFIED = {"message": "Email verified successfully. Welcome!"}
RESENT = {"message": "If an account exists with this email, a verification link has been sent."}
RESET_SENT = {"message": "If an account exists with this email, a password reset link has been sent."}
RESET = {"message": "Password has been reset successfully. You can now log in with your new password."}


@pytest.fixture
def newcomer(db):
    return UserFactory(username="newcomer", email="newcomer@example.org", is_email_verified=False)


def verification(client, user):
    client.post(f"{AUTH}/resend-verification/", {"email": user.email})
    return token_in(delivered()[-1])


def reset_link(client, user):
    client.post(f"{AUTH}/password-reset/", {"email": user.email})
    return token_in(delivered()[-1])


def reset(client, token, password=NEW, again=None):
    return client.post(
        f"{AUTH}/password-reset/confirm/",
        {"token": token, "new_password": password, "new_password_confirm": again or password},
    )


def test_registering_sends_a_verification_link_as_text_and_html(anonymous, settings):
    settings.PUBLIC_URL = "https://careers.example.org"

    anonymous.post(f"{AUTH}/register/", JOHN)

    (message,) = delivered()
    assert message.to == ["user@example.com"]
    assert message.subject == "Verify your email address"
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    link = f"https://careers.example.org/verify-email?token={token_in(message)}"
    assert link in message.body
    assert f'href="{link}"' in html
    assert anonymous.post(f"{AUTH}/verify-email/", {"token": token_in(message)}).json() == VERIFIED
    assert User.objects.get().is_email_verified


def test_a_mail_holds_nothing_that_somebody_else_typed(anonymous):
    anonymous.post(f"{AUTH}/register/", {**JOHN, "first_name": "Win at https://evil.example"})

    (message,) = delivered()
    assert "evil" not in message.body
    assert "evil" not in message.alternatives[0][0]


def test_verifying_answers_as_documented(anonymous, newcomer):
    answer = anonymous.post(f"{AUTH}/verify-email/", {"token": verification(anonymous, newcomer)})

    assert answer.status_code == 200
    assert answer.json() == VERIFIED
    newcomer.refresh_from_db()
    assert newcomer.is_email_verified


def test_a_verification_link_is_good_once(anonymous, newcomer):
    token = verification(anonymous, newcomer)
    anonymous.post(f"{AUTH}/verify-email/", {"token": token})

    again = anonymous.post(f"{AUTH}/verify-email/", {"token": token})

    assert again.status_code == 400
    assert again.json() == {"error": "Invalid verification token."}


def test_a_verification_link_is_good_for_a_day(anonymous, newcomer):
    token = verification(anonymous, newcomer)
    link = Link.objects.get()
    assert link.expires_at == link.created_at + timedelta(hours=24)
    Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    answer = anonymous.post(f"{AUTH}/verify-email/", {"token": token})

    assert answer.status_code == 400
    assert answer.json() == {"error": "This verification token has expired. Please request a new one."}
    newcomer.refresh_from_db()
    assert not newcomer.is_email_verified


def test_a_link_is_good_for_its_own_purpose_only(anonymous, newcomer):
    verify, again = verification(anonymous, newcomer), reset_link(anonymous, newcomer)

    assert reset(anonymous, verify).json() == {"error": "Invalid reset token."}
    assert anonymous.post(f"{AUTH}/verify-email/", {"token": again}).json() == {"error": "Invalid verification token."}


def test_a_link_to_an_address_that_was_left_is_void(anonymous, newcomer):
    token = verification(anonymous, newcomer)
    User.objects.filter(pk=newcomer.pk).update(email="elsewhere@example.org")

    assert anonymous.post(f"{AUTH}/verify-email/", {"token": token}).status_code == 400


def test_nothing_that_is_stored_opens_anything(anonymous, newcomer):
    reset_link(anonymous, newcomer)
    link = Link.objects.get()

    for token in (str(link.pk), str(link.request), link.request.hex, f"{link.request.hex}.{link.pk}"):
        assert reset(anonymous, token).status_code == 400


@pytest.mark.parametrize("token", ["x", ".", "a.b", "é.x", "0" * 1024, "%00"])
def test_a_token_that_we_did_not_make_is_refused(anonymous, db, token):
    answer = anonymous.post(f"{AUTH}/verify-email/", {"token": token})

    assert answer.status_code == 400
    assert answer.json() == {"error": "Invalid verification token."}


@pytest.mark.parametrize(("path", "said"), [("resend-verification", RESENT), ("password-reset", RESET_SENT)])
def test_asking_for_a_link_looks_the_same_whoever_has_an_account(anonymous, newcomer, queries, path, said):
    seen = []
    for email in ("nobody@example.org", newcomer.email.upper(), "no address at all"):
        with queries() as asked:
            answer = anonymous.post(f"{AUTH}/{path}/", {"email": email})
        seen.append((answer.status_code, answer.json(), [query["sql"].split()[0] for query in asked]))

    assert seen[0][:2] == (200, said)
    assert seen[0] == seen[1] == seen[2]
    assert [message.to for message in delivered()] == [[newcomer.email]]


def test_who_is_verified_gets_no_other_verification_link(anonymous, ada):
    answer = anonymous.post(f"{AUTH}/resend-verification/", {"email": ada.email})

    assert answer.json() == RESENT
    assert not delivered()


def test_a_disabled_account_gets_no_links(anonymous, newcomer):
    User.objects.update(is_active=False)

    anonymous.post(f"{AUTH}/resend-verification/", {"email": newcomer.email})
    anonymous.post(f"{AUTH}/password-reset/", {"email": newcomer.email})

    assert not delivered()


def test_nobody_can_fill_a_letter_box(anonymous, ada):
    for _ in range(12):
        assert anonymous.post(f"{AUTH}/password-reset/", {"email": ada.email}).json() == RESET_SENT

    assert len(delivered()) == 5


def test_resetting_answers_as_documented_and_the_new_password_opens_the_account(anonymous, ada):
    answer = reset(anonymous, reset_link(anonymous, ada))

    assert answer.status_code == 200
    assert answer.json() == RESET
    assert log_in(anonymous, ada.email).status_code == 401
    assert log_in(anonymous, ada.email, NEW).status_code == 200


def test_a_reset_link_is_good_once(anonymous, ada):
    token = reset_link(anonymous, ada)
    reset(anonymous, token)

    again = reset(anonymous, token, "AnotherPass456!")

    assert again.status_code == 400
    assert again.json() == {"error": "Invalid reset token."}
    assert log_in(anonymous, ada.email, NEW).status_code == 200


def test_a_reset_link_is_good_for_an_hour(anonymous, ada):
    token = reset_link(anonymous, ada)
    link = Link.objects.get()
    assert link.expires_at == link.created_at + timedelta(hours=1)
    Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    answer = reset(anonymous, token)

    assert answer.status_code == 400
    assert answer.json() == {"error": "This reset token has expired. Please request a new one."}
    assert log_in(anonymous, ada.email).status_code == 200


def test_a_reset_ends_every_session(anonymous, ada, as_ada):
    reset(anonymous, reset_link(anonymous, ada))

    assert as_ada.get(f"{AUTH}/profile/").status_code == 401
    assert as_ada.post(f"{AUTH}/token/refresh/", {"refresh": as_ada.refresh}).status_code == 401


def test_a_reset_voids_every_other_reset_link(anonymous, ada):
    first, second = reset_link(anonymous, ada), reset_link(anonymous, ada)

    assert reset(anonymous, second).status_code == 200
    assert reset(anonymous, first).status_code == 400


def test_a_changed_password_voids_reset_links(anonymous, ada, as_ada):
    token = reset_link(anonymous, ada)
    as_ada.put(f"{AUTH}/change-password/", {"old_password": PASSWORD, "new_password": NEW})

    assert reset(anonymous, token).status_code == 400


def test_a_weak_new_password_is_named_and_the_link_stays_good(anonymous, ada):
    token = reset_link(anonymous, ada)

    for weak in ("short", "password123", "8203475610", "ada@example.org"):
        answer = reset(anonymous, token, weak)
        assert answer.status_code == 400
        assert list(answer.json()) == ["new_password"]
    mismatch = reset(anonymous, token, NEW, "something else 1")
    assert mismatch.json() == {"new_password_confirm": ["The two passwords do not match."]}
    assert reset(anonymous, token).status_code == 200


def test_an_owner_is_told_of_a_new_password(anonymous, ada, as_ada):
    reset(anonymous, reset_link(anonymous, ada))

    assert delivered()[-1].subject == "Your password was reset"


def test_a_mail_that_could_not_be_sent_is_sent_later_and_only_once(anonymous, ada, monkeypatch):
    from django.core.mail.backends.locmem import EmailBackend

    original = EmailBackend.send_messages

    def broken(self, messages):
        raise OSError("no mail server")

    monkeypatch.setattr(EmailBackend, "send_messages", broken)
    anonymous.post(f"{AUTH}/password-reset/", {"email": ada.email})
    assert not delivered()
    Link.objects.update(expires_at=timezone.now())
    monkeypatch.setattr(EmailBackend, "send_messages", original)

    Job.objects.update(run_at=timezone.now())
    (message,) = delivered()
    Job.objects.update(state="waiting", run_at=timezone.now(), attempts=0)
    delivered()

    assert mail.outbox == [message]
    # Its hour begins when it is sent, not when the mail server was asleep.
    assert reset(anonymous, token_in(message)).status_code == 200
