"""Whether an opening is an internship, and of what kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.board.choices import InternshipType, JobType
from onward.domain.ingestion.judgement.internships import internship_type, job_type
from tests.poison import POISON

NAMED = {
    "internship": """
        Software Engineering Intern | Marketing Internship (Remote) | Interns - Finance | INTERN, Data
        Praktikum Vertrieb (m/w/d) | Praktikant:in Einkauf | Pflichtpraktikum Controlling | Auslandspraktikum Lyon
        Stage Marketing Digital | Chef de projet - Stage (6 mois) | Stagiaire Achats H/F
        Prácticas en Finanzas | Becario/a de Diseño | Pasantía en Comunicación | Practicante de Ventas
        Tirocinio Ingegneria Civile | Stagista Ufficio Acquisti
        Estágio em Enologia | Estagiário de Suporte
        Marketing Stagiair | Meewerkstage HR
        Praktykant ds. marketingu | Staż w dziale HR | Stażysta/Stażystka
        Praktikant i salg | Praktikant, ekonomi
        Harjoittelija, viestintä | Gyakornok – Pénzügy | Stážista marketing | Yazılım Stajyeri
        Стажёр-аналитик | Стажер у відділ маркетингу | Πρακτική άσκηση Λογιστικής | 软件开发实习生
        データ分析インターン | 백엔드 개발 인턴 | متدرب تسويق | Magang Desain Grafis
    """,
    "summer": """
        Summer Intern, Data | Data Intern (Summer 2026) | Summer Analyst | Sommerpraktikum Forschung
        Kesäharjoittelija, ohjelmistokehitys | Stage d'été - Finance | Sommarjobb skogsvård | Prácticas de verano
    """,
    "part_time": "Part-time Marketing Intern | Praktikum Redaktion (Teilzeit) | Intern, part time",
    "working_student": """
        Werkstudent (m/w/d) IT | Werkstudentin Logistik | Working Student Data | Studentische Hilfskraft Labor
        IT-Werkstudent | Studentermedhjælper til analyse | Praktikant oder Werkstudent Einkauf
    """,
    "co_op": "Mechanical Engineering Co-op | Co-op, Avionics - Fall 2026 | Coop Student Chemistry",
    "placement_year": "Industrial Placement - Engineering | Placement Year, Marketing | Finance Year in Industry",
    "thesis": "Master Thesis: Battery Models | Masterarbeit Bildverarbeitung | Tesi in azienda | Examensarbete AI",
    "trainee": "Management Trainee | Traineeship Policy | Volontär Lektorat | 管培生",
    "apprenticeship": """
        Apprentice Electrician | Ausbildung Industriemechaniker | Azubi Koch | Alternance - Développeur
        Apprenti boulanger | Apprendista meccanico | Lærling rørlegger | Digital Marketing Apprenticeship
    """,
}


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (kind, title.strip())
        for kind, lines in NAMED.items()
        for line in lines.splitlines()
        for title in line.split("|")
        if title.strip()
    ],
)
def test_a_title_names_its_kind_in_many_languages(kind, title):
    assert internship_type(title) == kind


@pytest.mark.parametrize(
    "title",
    """
        International Sales Manager | Internal Auditor | Internist (m/w/d) | Internet Marketing Lead | Communication interne
        Externship Director | Interim Manager | Internationale Leitung | Revisore interno | インターナショナル営業 | 인터내셔널
        Stage Manager | Early-Stage Investor | Growth Stage Associate | Main Stage Technician | Backstage Crew
        Internship Coordinator | Apprenticeship Programme Manager | Head of Internships | Intern Program Manager
        Leiter Ausbildung | Leiter der Ausbildung | Elektriker mit Ausbildung | Ausbilder Metall | Weiterbildung Pflege
        Ingénieur apprentissage automatique | Responsable de buenas prácticas | Ad Placement Specialist
        Food Co-op Buyer | Co-op Store Manager | Interne Revision | Intern revision, chef | Praktische Ärztin
        Software Engineer | Data Analyst | Backend Developer | Trainer Vertrieb | Sales Representative
    """.replace("\n", "|").split("|"),
)
def test_what_only_looks_like_an_internship_is_none(title):
    assert internship_type(title) == ""


def test_a_stage_is_an_internship_where_the_posting_is_not_in_english():
    assert internship_type("Stage Support", language="fr") == InternshipType.INTERNSHIP
    assert internship_type("Stage Support", language="en-GB") == ""


def test_the_source_s_own_type_decides():
    assert internship_type("Software Engineer", internship=True) == InternshipType.INTERNSHIP
    assert internship_type("Software Engineer", internship=True, employment_type="Werkstudent") == "working_student"
    assert internship_type("Summer Analyst", internship=True) == InternshipType.SUMMER
    assert internship_type("Software Intern", internship=False) == ""
    assert internship_type("Software Engineer", employment_type="Internship") == ""


@pytest.mark.parametrize(
    ("told", "type"),
    [
        ("Full-time", JobType.FULL_TIME),
        ("FULL_TIME", JobType.FULL_TIME),
        ("Teilzeit, befristet", JobType.CONTRACT),
        ("Part-time", JobType.PART_TIME),
        ("Freelance", JobType.FREELANCE),
        ("Whatever", ""),
    ],
)
def test_a_source_s_words_for_terms_are_read(told, type):
    assert job_type(told, "") == type
    assert job_type(told, "summer") == JobType.INTERNSHIP


@given(st.text() | st.sampled_from(POISON["strings"]), st.sampled_from([None, True, False]))
def test_any_text_is_judged(text, internship):
    found = internship_type(text, internship=internship, employment_type=text, language=text)

    assert found in {"", *InternshipType.values}
    assert job_type(text, found) in {"", *JobType.values}


@given(st.text(alphabet="abc ", max_size=12), st.text(alphabet="abc ", max_size=12))
def test_a_word_that_holds_the_word_names_nothing(before, behind):
    """Whole words only: whatever letters are put around it make it another word."""
    word = f"{before.replace(' ', '')}x-intern{behind.replace(' ', '')}a"

    assert internship_type(word.replace("-", "")) == ""
