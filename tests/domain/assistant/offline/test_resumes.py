from datetime import date

import pytest

from onward.domain.assistant.offline import resumes
from onward.domain.assistant.offline.words import Degree
from tests.domain.assistant.offline import cases


def read(text):
    return resumes.read(text, today=cases.TODAY)


@pytest.mark.parametrize(
    ("text", "name", "positions"),
    [
        (
            cases.ENGINEER,
            "Jordan Example",
            [("Senior Software Engineer", "Northwind Labs"), ("Software Engineer", "Contoso Ltd")],
        ),
        (
            cases.NURSE,
            "Robin Placeholder",
            [("Staff Nurse", "Riverbend General Hospital"), ("Nursing Assistant", "Lakeside Care Home")],
        ),
        (
            cases.ACCOUNTANT,
            "Alex Sample",
            [("Senior Accountant", "Tailspin Manufacturing"), ("Junior Accountant", "Adventure Retail Group")],
        ),
        (cases.DESIGNER, "Sam Specimen", [("Product Designer", "Proseware"), ("UX Designer", "Litware Studio")]),
        (
            cases.TEACHER,
            "Casey Standin",
            [("Mathematics Teacher", "Elm Street Middle School"), ("Student Teacher", "Oak Hill High School")],
        ),
        (
            cases.MECHANICAL,
            "Taylor Mockup",
            [("Mechanical Design Engineer", "Relecloud Robotics"), ("Junior Mechanical Engineer", "Trey Motors")],
        ),
        (cases.CHANGER, "Morgan Dummy", [("General Manager", "Blue Plate Diner"), ("Shift Supervisor", "Corner Cafe")]),
        (cases.SHORT, "Riley Blank", []),
    ],
)
def test_names_titles_and_employers_are_found_in_any_layout(text, name, positions):
    found = read(text)

    assert found.name == name
    assert [(position.title, position.employer) for position in found.positions] == positions


def test_a_bullet_that_a_page_broke_is_one():
    lines = [bullet.line for _, bullet in read(cases.ENGINEER).bullets]

    assert "Reduced API response time by 45% by redesigning PostgreSQL indexes and adding Redis caching." in lines


def test_years_are_the_union_of_all_dates():
    found = read(
        "EXPERIENCE\nEngineer, Acme\nJan 2020 - Dec 2021\nEngineer, Widgets\nJul 2021 - Dec 2022\n"
        "EDUCATION\nBSc, Example University, 2010 - 2014"
    )

    assert found.years == 3.0


def test_years_are_what_is_stated_when_there_are_no_dates():
    found = read("Pat Example\nNurse with twelve years of experience in clinics.")

    assert (found.years, found.stated_years) == (12.0, (12, "Nurse with twelve years of experience in clinics."))


def test_the_present_is_the_day_that_is_passed_in():
    text = "EXPERIENCE\nEngineer, Acme\nJanuary 2020 - Present"

    assert resumes.read(text, today=date(2021, 1, 1)).years < resumes.read(text, today=date(2026, 1, 1)).years


def test_education_is_not_work():
    found = read(cases.ENGINEER)

    assert [(study.degree, study.name, study.subject, study.school) for study in found.studies] == [
        (Degree.BACHELOR, "BSc", "Computer Science", "Example State University")
    ]
    assert len(found.positions) == 2


def test_a_degree_under_way_is_not_held():
    found = read("EDUCATION\nMaster of Science in Statistics, Example University, expected 2027")

    assert [study.finished for study in found.studies] == [False]
    assert found.degree is None


@pytest.mark.parametrize(
    "line",
    [
        "Seeking a position where I can learn Kubernetes",
        "Currently learning Kubernetes",
        "No experience with Kubernetes",
        "Interested in Kubernetes",
        "Eager to work with Kubernetes",
    ],
)
def test_what_is_wished_for_or_missing_is_not_held(line):
    assert "Kubernetes" not in read(f"Pat Example\n{line}\nSkills: Docker").held


def test_who_has_a_framework_has_its_language():
    assert {"Django", "Python"} <= read("Skills: Django").held


def test_the_name_of_an_employer_or_school_is_no_skill():
    found = read(
        "EXPERIENCE\nWelder, Acme Robotics\n2019 - 2023\n• Fabricated steel for 60 bridges\nEDUCATION\nBSc Physics, School of Nutrition, 2018"
    )

    assert not {"Robotics", "Nutrition"} & found.held


@pytest.mark.parametrize(
    "line",
    [
        "Assisted the Kubernetes team with documentation",
        "AWS Certified Cloud Practitioner (expired 2023)",
        "Partnered with marketing, sales and legal",
        "Reported changes to the charge nurse",
        "Passed 98% of X-ray inspections",
    ],
)
def test_what_others_can_or_what_has_lapsed_is_not_held(line):
    found = read(f"EXPERIENCE\nClerk, Acme\n2019 - 2023\n• {line}")

    assert (
        not {"Kubernetes", "AWS certification", "Marketing", "Sales", "Charge nurse duties", "Radiology"} & found.held
    )


def test_who_led_a_team_has_its_skill():
    assert "Kubernetes" in read("• Led the Kubernetes team through two migrations").held


def test_the_name_at_the_top_is_never_an_employer():
    found = read(
        "Chris Example\nWelder\nSkills\nMIG welding\nExperience\nWelder - Acme Steel - Mar 2015 - Aug 2023\n- Built 60 bridges of steel"
    )

    assert [(position.title, position.employer) for position in found.positions] == [("Welder", "Acme Steel")]


def test_work_without_dates_is_not_put_down_to_the_employer_above():
    found = read(
        "EXPERIENCE\nEngineer, Acme\n2019 - 2023\n• Built three services\nSide Consultant, Globex\n• Earned a million in a month"
    )

    assert [bullet.line for _, bullet in found.bullets] == ["Built three services"]


def test_projects_are_no_employment():
    found = read(
        "EXPERIENCE\nEngineer, Acme\n2019 - 2020\n• Built three services\nPROJECTS\nHome lab\n• Built a cluster at home\nRadio, 2010 - 2018\n• Built a radio"
    )

    assert [bullet.line for _, bullet in found.bullets] == ["Built three services"]
    assert found.years < 2


@pytest.mark.parametrize(
    "other",
    [
        *(
            f"{heading}\n10.2000 - 08.2011 Realschule und Lehre, Köln"
            for heading in ("Ausbildung", "Studium", "Bildung", "Schulbildung", "Formation", "Education & Training")
        ),
        "Experience\nCarer for my father, 2000 - 2011",
        "Experience\nVolunteer firefighter since 2000",
        "Ehrenamt\n2000 - 2011 Trainer, Sportverein",
        "Experience\nTrainee, Fabrikam Ltd, 2000 - 2011",
    ],
)
def test_years_are_those_of_work_alone(other):
    found = read(f"Ada Ahmed\n\nExperience\nDeveloper, Acme GmbH, 01.2019 - 12.2021\n- Built 12 shops\n\n{other}\n")

    assert found.years == 3.0


def test_a_shouted_name_is_written_as_in_a_sentence():
    found = read("EXPERIENCE\nGLOBEX CORPORATION   2019 - 2023\nSENIOR ENGINEER\n• Built three services")

    assert [(position.title, position.employer) for position in found.positions] == [
        ("Senior Engineer", "Globex Corporation")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "- Speaks Italian and French fluently",
        "Speaks Italian and French",
        "- Holds a driving licence of class B",
        "Holds a driving licence",
        "- Lives in the centre of Rome",
        "References available on request",
    ],
)
def test_what_somebody_is_or_holds_is_no_doing_of_a_position(line):
    found = read(f"Ada Ahmed\n\nExperience\nCook, Contoso Ltd, 2019 - 2023\n- Fed 90 guests a day\n{line}\n")

    assert [bullet.line for _, bullet in found.bullets] == ["Fed 90 guests a day"]


@pytest.mark.parametrize("employer", ["Baltic Yachts Sp. z o.o.", "Bistro s.r.o.", "Bistro S.p.A.", "Wren Foods plc"])
@pytest.mark.parametrize("header", ["Cook, {}, 2021 - now", "Since 2021: Cook, {}", "Cook at {} (Oct 2021 - now)"])
def test_legal_forms_of_many_countries_tell_an_employer(header, employer):
    found = read(f"Ada Ahmed\n\nExperience\n{header.format(employer)}\n o Fed 90 guests a day\n")

    assert [(position.title, position.employer) for position in found.positions] == [("Cook", employer)]
    assert [bullet.line for _, bullet in found.bullets] == ["Fed 90 guests a day"]


def test_a_volunteers_role_is_no_position_of_work():
    found = read(
        "Ada Ahmed\n\nExperience\nMarketing Manager, Contoso Ltd, 2010 - 2013\n- Wrote 40 letters\n"
        "2021 - present: Volunteer, Food Bank\n- Packed 60 parcels a week\n"
    )

    assert [(position.title, position.employer) for position in found.positions] == [
        ("Marketing Manager", "Contoso Ltd")
    ]
    assert found.title == "Marketing Manager"


def test_marks_of_markdown_are_no_text():
    found = read(
        "# Ada Ahmed\n## Work Experience\n**Data Engineer**, Contoso Ltd (2019 - 2024)\n"
        "* Wrote **Python** pipelines in `Airflow` for [12 clients](https://example.org/x)\n* ~~Used Spark~~\n"
        "* Cut *load times* by __20%__\n### Education\n- _BSc Physics_, Example University, 2018\n"
    )

    assert found.name == "Ada Ahmed"
    assert [(position.title, position.employer) for position in found.positions] == [("Data Engineer", "Contoso Ltd")]
    assert [bullet.line for _, bullet in found.bullets] == [
        "Wrote Python pipelines in Airflow for 12 clients",
        "Cut load times by 20%",
    ]
    assert [(study.name, study.subject) for study in found.studies] == [("BSc", "Physics")]
    assert "Apache Spark" not in found.held
