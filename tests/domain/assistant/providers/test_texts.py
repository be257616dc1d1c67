"""Letters, advice and emails that a provider writes: what it is asked, and what stands beside its text."""

import json

import pytest

from onward.domain.assistant import providers
from tests.domain.assistant.providers.conftest import POSTING, RESUME, about
from tests.domain.assistant.providers.servers import LETTER

EMAIL = (
    "Subject: Developer at Initech\n\nDear Initech Team,\n\nhow does my application as Developer stand?\n\nAda Ahmed"
)
ADVICE = (
    "Move up\n“Python developer at Northwind, 2019 to 2023.”: it names the language.\n"
    "Words of the posting that are yours\nPostgreSQL: “PostgreSQL, invoices.”\nMissing\nKubernetes"
)
KINDS = [("cover_letter", {}, LETTER), ("tailoring", {}, ADVICE), ("email", {"template": "follow_up"}, EMAIL)]


def asked_of(server):
    return json.dumps(server.asked[-1], ensure_ascii=False)


@pytest.mark.parametrize(("kind", "more", "text"), KINDS)
def test_a_text_is_kept_to_the_letter(model, configured, ada, kind, more, text):
    server = model()
    server.script = [text]
    configured(one={"base_url": server.address})

    written = getattr(providers.writer(user_id=ada.pk), kind)(**about(), **more)

    assert (written.text, written.model, written.tokens) == (text, "m-1", 150)


@pytest.mark.parametrize(("kind", "more", "text"), KINDS)
def test_instructions_are_told_and_are_no_part_of_the_prompt_otherwise(model, configured, ada, kind, more, text):
    server = model()
    server.script = [text]
    configured(one={"base_url": server.address})
    writer = providers.writer(user_id=ada.pk)

    getattr(writer, kind)(**about(), **more)
    assert "wishes" not in asked_of(server)
    getattr(writer, kind)(**about(), **more, instructions="Mention the invoices first")

    assert "Mention the invoices first" in asked_of(server)
    assert "adds no facts" in server.system(server.asked[-1])


@pytest.mark.parametrize(("kind", "more", "text"), KINDS)
def test_five_tones_ask_in_five_ways(model, configured, ada, kind, more, text):
    server = model()
    server.script = [text]
    configured(one={"base_url": server.address})
    writer = providers.writer(user_id=ada.pk)

    for tone in ("professional", "conversational", "enthusiastic", "confident", "creative"):
        getattr(writer, kind)(**{**about(), "tone": tone}, **more)

    assert len({server.system(asked).partition("The tone is")[2].partition(".")[0] for asked in server.asked}) == 5


@pytest.mark.parametrize(("kind", "more", "text"), KINDS)
def test_without_a_resume_a_provider_is_told_to_say_nothing_of_the_person(model, configured, ada, kind, more, text):
    server = model()
    server.script = [text]
    configured(one={"base_url": server.address})

    getattr(providers.writer(user_id=ada.pk), kind)(**about(resume=""), **more)

    assert "There is no résumé" in server.system(server.asked[-1])
    assert RESUME.splitlines()[0] not in asked_of(server)


def test_advice_that_calls_something_theirs_which_no_line_shows_is_warned_of(model, configured, ada):
    server = model()
    server.script = [ADVICE.replace("PostgreSQL: “", "Kubernetes: “"), ADVICE]
    configured(one={"base_url": server.address})
    writer = providers.writer(user_id=ada.pk)

    assert "Skill not in the résumé: Kubernetes" in writer.tailoring(**about()).warnings
    # Under its own heading it is what is missing.
    assert writer.tailoring(**{**about(), "tone": "confident"}).warnings == []


def test_what_is_left_to_fill_in_and_names_that_are_not_there_are_warned_of(model, configured, ada):
    server = model()
    server.script = ["Subject: Your opening\n\nDear Hiring Team,\n\nmay I ask how it stands?\n\n[Your Name]"]
    configured(one={"base_url": server.address})

    warnings = providers.writer(user_id=ada.pk).email(**about(), template="follow_up").warnings

    assert "To be filled in: [Your Name]" in warnings
    assert "The company is not named as it was given: Initech" in warnings
    assert "The position is not named as it was given: Developer" in warnings


def test_a_prompt_holds_nothing_but_what_it_was_given(model, configured, ada):
    server = model()
    server.script = [EMAIL]
    configured(one={"base_url": server.address})

    providers.writer(user_id=ada.pk).email(**about(), template="thank_you", instructions="Be brief")

    [turn] = [message["content"] for message in server.asked[0]["messages"] if message["role"] == "user"]
    documents = [
        line.split(" ", 1)[1] for line in turn.splitlines() if line.startswith("<<<") and " end of " not in line
    ]
    assert documents == ["company", "job title", "résumé", "posting", "wishes"]
    assert POSTING in turn
