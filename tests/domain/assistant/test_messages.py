"""What a placement team's message to an employer says, and what it does not."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.assistant.approaches import FRAMES, NOTHING_SENT, Approach, Earlier, Form
from onward.domain.assistant.quoting import QuotingWriter
from onward.domain.assistant.truth import unfounded

EARLIER = Earlier(subject="Data Intern: may we publish it?", text="Dear Quartz team, …", sent_on=date(2026, 3, 2))


def message(form="email", tone="professional", **more):
    known = {"company": "Quartz GmbH", "job_title": "Data Intern", "place": "Lyon", "writer": "Cleo Costa"} | more
    return QuotingWriter().message(Approach(form=Form(form), tone=tone, **known))


def test_an_email_names_the_posting_asks_to_publish_it_and_is_signed():
    written = message(skills=("Python", "SQL"))

    assert written.subject == "Data Intern: may we publish it?"
    assert written.text == (
        "Dear Quartz GmbH team,\n\n"
        "I am writing on behalf of our placement team. It is about your posting “Data Intern” (Lyon). "
        "It names Python and SQL.\n\n"
        "We would like to publish it on our board, where our students apply. "
        "May we? If so, please tell me the closing day and how many places there are.\n\n"
        "Kind regards,\nCleo Costa"
    )
    assert written.warnings == []
    assert {"claim": "Lyon", "fact": "Place of the posting: Lyon"} in written.sources


def test_whoever_is_known_to_be_written_to_is_greeted():
    assert message(contact="Sam Okafor").text.startswith("Dear Sam Okafor,")


def test_a_company_without_a_posting_is_asked_about_its_internships():
    written = message(job_title="", place="")

    assert "internships at Quartz GmbH" in written.text
    assert "publish them on our board" in written.text
    assert written.subject == "Internships at Quartz GmbH"


def test_a_follow_up_builds_on_what_was_sent_last():
    written = message("followup", earlier=EARLIER)

    assert written.subject == "Re: Data Intern: may we publish it?"
    assert "On 2 March 2026 I wrote to you about this (“Data Intern: may we publish it?”)." in written.text
    assert written.warnings == []


def test_a_follow_up_to_nothing_refers_to_nothing_and_says_so():
    written = message("followup")

    assert "wrote" not in written.text
    assert written.warnings == [NOTHING_SENT]


def test_a_first_email_speaks_of_no_earlier_one():
    assert message(earlier=EARLIER).text == message().text


def test_every_tone_reads_differently_and_says_the_same():
    texts = {tone: message(tone=tone).text for tone in FRAMES}

    assert len(set(texts.values())) == len(FRAMES) == 5
    assert all("“Data Intern” (Lyon)" in text and "Cleo Costa" in text for text in texts.values())


WORDS = st.text(min_size=1, max_size=300).filter(str.strip)


@pytest.mark.once
@given(st.sampled_from(list(Form)), st.sampled_from(list(FRAMES)), WORDS, st.text(max_size=300), st.text(max_size=300))
def test_no_text_is_too_long_or_has_a_gap_to_fill(form, tone, company, title, place):
    written = message(form, tone, company=company, job_title=title, place=place, writer=place, skills=(company, "C"))

    assert len(written.text) <= 300 if form is Form.LINKEDIN else len(written.text.split()) <= 180
    frame = re.sub(r"[“”].*?[“”]", "", message(form, tone).text)
    assert not re.search(r"[\[\]{}<>]", frame)
    assert "\n" not in written.subject


@pytest.mark.parametrize("tone", list(FRAMES))
def test_the_longest_names_fit_into_a_linkedin_message(tone):
    written = message("linkedin", tone, company="Q" * 200, job_title="Data " * 60, place="L" * 90, writer="C" * 90)

    assert len(written.text) <= 300
    assert "“Data" in written.text


@pytest.mark.parametrize("tone", list(FRAMES))
@pytest.mark.parametrize("form", list(Form))
def test_what_is_written_offline_is_borne_out_by_what_is_known(form, tone):
    approach = Approach(
        form=form,
        tone=tone,
        company="Quartz GmbH",
        job_title="Data Intern",
        place="Lyon",
        posting="We look for an intern with Python.",
        skills=("Python",),
        writer="Cleo Costa",
        earlier=EARLIER,
    )

    assert unfounded(QuotingWriter().message(approach).text, material=approach.material) == []


def test_what_a_provider_makes_up_is_pointed_at():
    known = Approach(
        form=Form.EMAIL, tone="formal", company="Quartz GmbH", job_title="Data Intern", writer="Cleo Costa"
    )

    found = unfounded(
        "We placed 300 students at Quartz with Northwind Partners by Kubernetes.", material=known.material
    )

    assert found == [
        "Skill not in what is known: Kubernetes",
        "Number not in what is known: 300",
        "Name not in what is known: Northwind Partners",
    ]
