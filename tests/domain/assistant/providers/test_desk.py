"""Providers that write to employers, as a placement team meets them: through the desk's API."""

import json

import pytest

from onward.domain.notifications.models import Notice
from onward.domain.outreach.models import Message
from onward.platform.jobs import run_due
from tests.domain.assistant.providers import servers
from tests.factories import LeadFactory, RoleFactory

GENERATE = "/outreach/ai/outreach/generate"


@pytest.fixture
def lead(cleo):
    RoleFactory(user=cleo)
    return LeadFactory(posting__employer__name="Quartz", posting__title="Data Intern", posting__skills=["Python"])


def said(subject, message):
    return json.dumps({"subject": subject, "message": message})


def test_a_provider_writes_and_what_nothing_bears_out_is_warned_of(model, configured, as_cleo, lead):
    server = model()
    server.script = [said("Your data internship", "Dear Quartz team, our 40 Kubernetes students wait. Cleo Costa")]
    configured(one={"base_url": server.address, "model_name": "llama-3.1-70b-versatile"})

    answer = as_cleo.post(GENERATE, {"internship_id": lead.pk, "message_type": "email", "tone": "friendly"})

    body = answer.json()
    assert answer.status_code == 200, body
    assert body["subject"] == "Your data internship"
    assert body["message"].startswith("Dear Quartz team")
    assert (body["metadata"]["model"], body["metadata"]["tokens"]) == ("llama-3.1-70b-versatile", 150)
    warned = " ".join(body["metadata"]["warnings"])
    assert "40" in warned
    assert "Kubernetes" in warned
    assert "Quartz" not in warned
    # It was told what the posting is, for whom it writes, and how.
    told = json.dumps(server.asked[0])
    assert all(word in told for word in ("Data Intern", "Cleo Costa", "Quartz", "warm and plain"))


@pytest.mark.parametrize(
    ("script", "form"),
    [
        ([500], "email"),
        ([servers.reset], "linkedin"),
        ([429], "followup"),
        (["No JSON at all."], "email"),
        ([said("", "x" * 301)], "linkedin"),
        ([said("Hello", "Dear [Company Name], kind regards, [Your Name]")], "email"),
    ],
)
def test_where_no_provider_answers_it_is_put_together_without_one_and_says_so(
    script, form, model, configured, as_cleo, lead
):
    server = model()
    server.script = script
    configured(one={"base_url": server.address})

    answer = as_cleo.post(GENERATE, {"internship_id": lead.pk, "message_type": form})

    body = answer.json()
    assert answer.status_code == 200, body
    assert "“Data Intern”" in body["message"]
    assert "[" not in body["message"]
    assert body["metadata"]["model"] != "m-1"
    assert body["metadata"]["tokens"] == 0
    assert body["metadata"]["warnings"][0].startswith("The writing service")
    assert body["metadata"]["warnings"][0].endswith("This was put together without it.")
    assert server.address not in json.dumps(body)


def test_words_in_brackets_that_the_posting_has_are_no_placeholders(model, configured, as_cleo, cleo, lead):
    lead.posting.title = "Data Intern [Remote]"
    lead.posting.save()
    server = model()
    server.script = [said("Data Intern [Remote]", "Dear Quartz team, may we publish Data Intern [Remote]? Cleo Costa")]
    configured(one={"base_url": server.address})

    body = as_cleo.post(GENERATE, {"internship_id": lead.pk}).json()

    assert (body["subject"], body["metadata"]["model"]) == ("Data Intern [Remote]", "m-1")


def test_drafts_go_on_without_a_provider_that_is_down(model, configured, as_cleo, lead):
    server = model()
    server.script = [said("One", "Dear Quartz team, may we? Cleo Costa"), 500]
    configured(one={"base_url": server.address})

    asked = as_cleo.post("/outreach/internships/bulk/outreach", {"internship_ids": [lead.pk, LeadFactory().pk]})
    run_due()

    assert asked.status_code == 202
    first, second = Message.objects.order_by("lead_id")
    assert (first.metadata["model"], first.metadata["warnings"]) == ("m-1", [])
    assert second.metadata["warnings"][0].endswith("This was put together without it.")
    assert Notice.objects.get().title == "The drafts are written"
