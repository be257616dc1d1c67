"""What a résumé denies, or says of others, is nobody's skill."""

import pytest

from onward.domain.assistant.offline import OfflineWriter

POSTING = (
    "We are looking for an engineer. Required: Java, Kubernetes, React, Terraform and SAP. "
    "You will build and run the services of a bank."
)
HEAD = "Jordan Example\n\nExperience\nDeveloper, Northwind Labs, 2010 - 2020\n- Built reporting tools in Python\n"


@pytest.mark.parametrize(
    ("line", "skill"),
    [
        ("- Built Python tools without Kubernetes", "Kubernetes"),
        ("- Replaced Terraform scripts nobody knew", "Terraform"),
        ("- Managed a team that used React; never wrote it myself", "React"),
        ("I do not know Java.", "Java"),
        ("I don't know Java.", "Java"),
        ("No experience with SAP.", "SAP"),
        ("SAP: none.", "SAP"),
        ("- Hired Kubernetes and Rust engineers", "Kubernetes"),
    ],
)
@pytest.mark.parametrize("tone", ["professional", "enthusiastic", "formal", "conversational"])
def test_what_is_denied_is_not_claimed(line, skill, tone):
    resume = HEAD + line

    match = OfflineWriter().job_match(resume=resume, posting=POSTING, job_title="Engineer")
    letter = OfflineWriter().cover_letter(
        resume=resume, posting=POSTING, company_name="Fabrikam", job_title="Engineer", tone=tone
    )

    assert skill not in match.matching
    claims = [sentence for sentence in letter.text.split(".") if skill in sentence and "without" not in sentence]
    assert all("nobody" in claim or "Hired" in claim or "hired" in claim or "team" in claim for claim in claims), claims


def test_the_name_at_the_top_is_no_employer():
    letter = OfflineWriter().cover_letter(
        resume="Ed Oak\nBaker, Sweet Co, 2000-2010\n- Baked 300 loaves of bread a day",
        posting="We are looking for a baker. Required: baking, cleaning, early hours and care for detail.",
        company_name="Fabrikam",
        job_title="Baker",
        tone="professional",
    )

    assert "at Ed Oak" not in letter.text.replace("At", "at")
