"""What the reader names in a résumé, and what it leaves for the person to say."""

import pytest

from onward.domain.resumes.facts import skills
from onward.domain.resumes.facts.dates import spans
from onward.domain.resumes.facts.reader import read

HEAD = "Ada Ahmed\nada@example.org\nExperience\n"


def positions(lines):
    return [
        (fact.details["title"], fact.details["employer"], fact.details["begins"], fact.details["ends"])
        for fact in read(HEAD + lines).facts
        if fact.kind == "position" and fact.details
    ]


def texts(kind, resume):
    return [fact.text for fact in read(resume).facts if fact.kind == kind]


@pytest.mark.parametrize(
    "lines",
    [
        "• Built reports for 200 claims handlers",
        "• Managed claims handlers",
    ],
)
def test_whom_somebody_works_with_names_no_skill(lines):
    assert texts("skill", f"{HEAD}Clerk, Pixel Ltd, 2019 - 2021\n{lines}") == []


@pytest.mark.parametrize("lines", ["Java, .NET, C#, F#", "Java\n.NET\nC#\nF#", "• Java\n• .NET\n• C#\n• F#"])
def test_a_name_that_begins_with_a_dot_is_one_skill(lines):
    assert sorted(texts("skill", f"Ada Ahmed\nSkills\n{lines}")) == [".NET", "C#", "F#", "Java"]


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ("Baker, Sunrise Ltd, 2019 – present\n• Baked 90 loaves a day", ("Baker", "Sunrise Ltd", "2019", "")),
        ("Sunrise Ltd\nBaker\nMarch 2019 - May 2021\n• Baked", ("Baker", "Sunrise Ltd", "2019-03", "2021-05")),
        ("03/2019 – 05/2021  Baker\nSunrise Ltd, Leeds\n• Baked", ("Baker", "Sunrise Ltd", "2019-03", "2021-05")),
        ("Baker | Sunrise\n2019 to 2021\n• Baked", ("Baker", "Sunrise", "2019", "2021")),
        ("Bäcker bei Sonnenkorn (seit 2017)\n• Backt", ("Bäcker", "Sonnenkorn", "2017", "")),
        (
            "Infirmière, Clinique Sainte-Anne, mars 2019 – présent\n• Soins",
            ("Infirmière", "Clinique Sainte-Anne", "2019-03", ""),
        ),
        (
            "We4Mail GmbH Bremen, Germany\nAssistant 2016 - 2018\n• Kept it",
            ("Assistant", "We4Mail GmbH", "2016", "2018"),
        ),
    ],
)
def test_a_plain_position_has_title_employer_and_dates(lines, named):
    assert positions(lines) == [named]


@pytest.mark.parametrize(
    "lines",
    [
        "Nimbus, Coordinator\n• Planned 40 meetings\nLyon, France\nJune 2023 – present\nOrchid, Assistant\n• Ran\n2020 – 2021",
        "Engineer, Platform team, 2019 - 2020\n• Built",
        "Engineer, Berlin, 2019 - 2020\n• Built",
        "Northern Bank Toronto, ON\nAnalyst 2019 - 2020\n• Built",
        "Schuster Logistics Pune, Maharashtra, India\nCoordinator 2019 - 2020\n• Built",
        "Acme\n• Engineer 2019 - 2020\n◦ Built a thing for them",
        "Marketing, Acme, 2019 - 2020\n• Built",
        "Empresa: Levante S.L.\nPuesto: Técnico\n2019 - 2020\n• Obras",
        "Engineer, Teacher, 2019 - 2020\n• Built",
    ],
)
def test_what_is_not_plain_is_not_named(lines):
    read_resume = read(HEAD + lines)

    assert positions(lines) == []
    assert any("not named" in warning or "none is named" in warning for warning in read_resume.warnings)


def test_a_positions_lines_are_its_own():
    resume = f"{HEAD}Baker, Sunrise Ltd, 2019 – present\n• Baked 90 loaves\nCook, Harbour Inn Ltd, 2016 – 2019\n• Cooked 80 meals\n"

    lines = {fact.text: fact.lines for fact in read(resume).facts if fact.kind == "position"}

    assert lines["Baker, Sunrise Ltd"] == ["Baker, Sunrise Ltd, 2019 – present", "Baked 90 loaves"]
    assert lines["Cook, Harbour Inn Ltd"] == ["Cook, Harbour Inn Ltd, 2016 – 2019", "Cooked 80 meals"]


@pytest.mark.parametrize(
    ("top", "name"),
    [
        ("Ada Ahmed\nada@example.org", "Ada Ahmed"),
        ("ADA AHMED RESUME\nada@example.org", "Ada Ahmed"),
        ("Ada Ahmed Email: x1@example.org", "Ada Ahmed"),
        ("Lebenslauf\nName: Ada Ahmed\nx1@example.org", "Ada Ahmed"),
        ("Contact\nada.ahmed@example.org\nTop Skills\nBudgeting\nAda Ahmed\nCoordinator", "Ada Ahmed"),
        ("Jo van der Berg, PhD\nx1@example.org", "Jo van der Berg"),
        ("First name(s) / Surname(s)  Ada Ahmed\nx1@example.org", "Ada Ahmed"),
        ("ADA\nAHMED RUIZ\nBaker\nada.ahmed@example.org", "Ada Ahmed Ruiz"),
        ("Tom Cook\ntom.cook@example.org", "Tom Cook"),
        ("Tom Cook\nx1@example.org", ""),
        ("Project Coordinator\nx1@example.org", ""),
        ("Curriculum Vitae\nBerlin Germany\nx1@example.org", ""),
        ("Ada Ahmed\nben.park@example.org", ""),
        ("Ada Ahmed", ""),
    ],
)
def test_a_name_is_certain_or_none(top, name):
    assert read(f"{top}\nExperience\n- Kept the budget of two projects\n").name == name


def test_the_owners_own_name_is_certain_where_the_resume_has_it():
    assert read("CV of Tom Cook\nx1@example.org\n", owner="Tom Cook").name == "Tom Cook"
    assert read("CV of Tom Cook\nx1@example.org\n", owner="Ada Ahmed").name == ""


@pytest.mark.parametrize(
    ("lines", "quoted"),
    [
        ("• Cut the time from 900 ms to\n120 ms in a year", ["Cut the time from 900 ms to 120 ms in a year"]),
        ("• Planned the work of\nfive people", ["Planned the work of five people"]),
        ("• Seeking a role as a baker", []),
        ("• Technologies: Python, Django, PostgreSQL, Docker", []),
        ("• Cut waste by 18% in 2021", ["Cut waste by 18% in 2021"]),
        ("• Call me under +49 555 0100 22 for more of it", []),
    ],
)
def test_what_was_done_is_quoted_whole_or_not_at_all(lines, quoted):
    assert texts("achievement", f"{HEAD}Baker, Sunrise Ltd, 2019 – present\n{lines}\n") == quoted


def test_columns_that_run_into_each_other_are_not_quoted_and_that_is_said():
    found = read("Ada Ahmed\nada@example.org\nEXPERIENCE SKILLS\nBaker, Sunrise, 2019 Python\n• Baked 90 loaves Go\n")

    assert [fact.kind for fact in found.facts if fact.kind in {"achievement", "position"}] == []
    assert any("columns" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("line", "study"),
    [
        (
            "Graduated as M.Sc. Public Administration, Utrecht University, 2018",
            ("M.Sc. Public Administration", "Master's degree"),
        ),
        (
            "Bachelor of Business Administration Expected Graduation: May 2028",
            ("Bachelor of Business Administration", None),
        ),
        (
            "Master of Science in Economics; GPA: 4.00 Aug 2012 – Dec 2013",
            ("Master of Science in Economics", "Master's degree"),
        ),
        ("PhD Ecology, 2021 – present", ("PhD Ecology", None)),
    ],
)
def test_a_degree_is_named_without_the_words_around_it(line, study):
    found = next(fact for fact in read(f"Ada Ahmed\nEducation\n{line}\n").facts if fact.kind == "study")

    assert (found.text, found.details.get("degree")) == study


def test_a_skill_in_a_header_a_school_or_a_hobby_shows_nothing():
    found = read(
        f"{HEAD}Coordinator, Nimbus Robotics, 2019 - 2020\n• Wrote scripts in Bash\nEducation\nBSc Statistics, 2018\nHobbies\nPhotography, SQL\n"
    )

    assert [fact.text for fact in found.facts if fact.kind == "skill"] == ["Bash"]
    assert {"Robotics", "Statistics", "SQL"} <= found.unsure.keys()


@pytest.mark.parametrize(
    ("line", "sure", "unsure"),
    [
        ("Python, go, Excel, C", ["Python", "Microsoft Excel", "C"], []),
        ("react quickly, go to market", [], []),
        ("Experience with Go", ["Go"], []),
        ("French doors for the German market", [], ["French", "German"]),
        ("English (C1), German", ["English", "German"], []),
        ("fees based on call types", [], []),
        ("on-call duty", ["On-call duty"], []),
        ("helped the Kubernetes team", [], ["Kubernetes"]),
        ("mail ada@python.org or https://docker.com/go", [], []),
        ("Coordinated projects", [], []),
        ("Project coordination", ["Project management"], []),
    ],
)
def test_a_skill_is_sure_where_it_can_be_nothing_else(line, sure, unsure):
    found = skills.find(line)

    assert [mention.skill.name for mention in found if mention.sure] == sure
    assert [mention.skill.name for mention in found if not mention.sure] == unsure


def test_the_list_of_skills_names_only_kinds_that_it_has():
    names = skills._listed()[0]

    assert {kind for skill in names.values() for kind in skill.broader} <= names.keys()
    assert "Databases" in skills.with_broader(["PostgreSQL"])


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("June 2023 – present", ("2023-06", "")),
        ("03.2019 bis heute", ("2019-03", "")),
        ("2017-2019", ("2017", "2019")),
        ("mars 2019 – présent", ("2019-03", "")),
        ("mayo 2017 – actualidad", ("2017-05", "")),
        ("2020-01 to 2021-06", ("2020-01", "2021-06")),
        ("since 2019", ("2019", "")),
        ("Fall 2019 – Spring 2020", ("2019", "2020")),
    ],
)
def test_spans_of_time_are_read_as_people_write_them(text, span):
    (found,) = spans(text)

    assert (found.begins, found.ends) == span


def guessed(lines):
    return [
        tuple(fact.guess.get(name) for name in ("title", "employer", "place", "begins", "ends"))
        for fact in read(HEAD + lines).facts
        if fact.kind == "position" and not fact.details
    ]


@pytest.mark.parametrize(
    ("lines", "guess"),
    [
        # Dates first, and nothing marks what was done.
        (
            "[ 09/2024 – present ]\nBaker\nSunrise\nLeeds\nBaked ninety loaves a day\n[ 2019 – 2021 ]\nWaiter\nMoonlight\nServed",
            [("Baker", "Sunrise", "Leeds", "2024-09", ""), ("Waiter", "Moonlight", None, "2019", "2021")],
        ),
        # As networks have it: what stands before the first dates stands before all.
        (
            "Sunrise\nBaker\nMarch 2019 - May 2021 (2 years 3 months)\nBaked\nMoonlight\nWaiter\n2015 - 2018 (3 years)\nServed",
            [("Baker", "Sunrise", None, "2019-03", "2021-05"), ("Waiter", "Moonlight", None, "2015", "2018")],
        ),
        # One word for work tells the place of those that are not known.
        (
            "Sunrise, Leeds — Baker (2019 – 2021)\n- Baked\nMoonlight, Leeds — Loafer (2015 – 2018)\n- Loafed",
            [("Baker", "Sunrise", "Leeds", "2019", "2021"), ("Loafer", "Moonlight", "Leeds", "2015", "2018")],
        ),
        # The employer tells itself.
        (
            "Sunrise Ltd\tLeeds\nLoafer\t2015 – 2018\n- Loafed\n- Sat",
            [("Loafer", "Sunrise Ltd", "Leeds", "2015", "2018")],
        ),
        # Dates that go on in the next line.
        (
            "January 2025 – November\n2025\nLoafer\nSunrise Ltd, Leeds\n- Loafed",
            [("Loafer", "Sunrise Ltd", "Leeds", "2025-01", "2025-11")],
        ),
    ],
)
def test_what_is_not_plain_is_guessed_from_how_the_section_is_built(lines, guess):
    assert guessed(lines) == guess


def skills_of(lines):
    return texts("skill", f"{HEAD}Baker, Sunrise Ltd, 2019 - 2021\n- Baked\nSkills\n{lines}\n")


def test_nothing_says_nothing():
    assert (read("").facts, read(" \n").name) == ([], "")


@pytest.mark.parametrize(
    ("lines", "held"),
    [
        ("Sourdough shaping, k8s, Oven mending", ["Sourdough shaping", "Oven mending", "Kubernetes"]),
        ("• Sourdough shaping\n• Oven mending", ["Sourdough shaping", "Oven mending"]),
        ("Baking: Sourdough shaping, Oven mending", []),
        ("Core  Sourdough shaping, Oven mending", ["Sourdough shaping", "Oven mending"]),
        ("Sourdough shaping / Oven mending / Python", ["Sourdough shaping", "Oven mending", "Python"]),
        ("Python, Machine learning, SQL", ["Python", "Machine learning", "SQL"]),
        (
            "Sourdough shaping, Shaping of loaves, Selling them all, Oven\nmending",
            ["Sourdough shaping", "Shaping of loaves", "Selling them all", "Oven mending"],
        ),
        ("Sourdough shaping, Mending of ovens of brick and of stone", []),
        ("Learning Python, Oven mending", []),
        ("Languages English", []),
        ("Assessment for learning, Python", ["Assessment for learning", "Python"]),
        ("Assessment for learning", ["Assessment for learning"]),
        ("Rust (learning), Kubernetes learning, Oven mending", []),
        ("Oven mending\nResearch\nSourdough shaping", ["Oven mending", "Research", "Sourdough shaping"]),
        ("Research\nTeaching\nLanguages\nEnglish", ["Research", "Teaching"]),
        ("Oven mending\nTeaching\nBaking with children of the village on each Saturday.", ["Oven mending"]),
        ("Oven mending\nHobbies\nSailing", ["Oven mending"]),
    ],
)
def test_what_stands_in_a_list_of_skills_is_one_by_whatever_name(lines, held):
    assert sorted(skills_of(lines)) == sorted(held)


def contacts_of(*lines):
    return {(f.details["type"], f.text) for f in read("\n".join(lines)).facts if f.kind == "contact"}


@pytest.mark.parametrize(
    "line",
    [
        "ada@example.org | (555) 010-0199 | Leeds, England | example.org/ada",
        "Leeds, England • (555) 010-0199 • ada@example.org • https://example.org/ada",
        "E-mail: ada@example.org  Phone: (555) 010-0199  Address: Leeds, England  Web: www.example.org/ada",
    ],
)
def test_ways_of_contact_are_told_in_any_order(line):
    found = {
        (kind, text.removeprefix("https://").removeprefix("www.")) for kind, text in contacts_of("Ada Ahmed", line)
    }

    assert found == {
        ("name", "Ada Ahmed"),
        ("email", "ada@example.org"),
        ("phone", "(555) 010-0199"),
        ("location", "Leeds, England"),
        ("website", "example.org/ada"),
    }


def test_signs_drawn_before_a_place_are_no_part_of_it():
    assert ("location", "Valencia, Spain") in contacts_of("Ada Ahmed", "ada@example.org", "⌂ Valencia, Spain")


def test_years_and_names_of_tools_are_no_way_of_contact():
    found = contacts_of(
        "Ada Ahmed", "ada@example.org", "2017 - 2019", "Experience", "Baker, Sunrise Ltd, 2017 - 2019",
        "• Moved 1200 2000 3000 loaves", "Skills", "Node.js, ASP.NET, sunrise.example.com",
    )  # fmt: skip

    assert {kind for kind, _ in found} == {"name", "email"}
