"""Invented people as résumés: each layout is a template of typst, of the web or of Word, and knows of no reader."""

import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import typst
from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.shared import Cm, Pt

HERE = Path(__file__).parent
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

WORDS = {
    "en": {
        "experience": "Work Experience", "education": "Education", "skills": "Skills", "languages": "Languages",
        "summary": "Summary", "contact": "Contact", "interests": "Interests", "topskills": "Top Skills",
        "core": "Core", "further": "Further", "resume": "Curriculum Vitae", "personal": "Personal Information",
        "name": "Name", "address": "Address", "phone": "Phone", "email": "Email", "web": "Web", "now": "Present",
    },
    "de": {
        "experience": "Berufserfahrung", "education": "Ausbildung", "skills": "Kenntnisse", "languages": "Sprachen",
        "summary": "Profil", "contact": "Kontakt", "interests": "Interessen", "topskills": "Kenntnisse",
        "core": "Fachlich", "further": "Weitere", "resume": "Lebenslauf", "personal": "Persönliche Daten",
        "name": "Name", "address": "Adresse", "phone": "Telefon", "email": "E-Mail", "web": "Web", "now": "heute",
    },
    "fr": {
        "experience": "Expérience professionnelle", "education": "Formation", "skills": "Compétences",
        "languages": "Langues", "summary": "Profil", "contact": "Contact", "interests": "Centres d'intérêt",
        "topskills": "Compétences", "core": "Métier", "further": "Autres", "resume": "Curriculum Vitae",
        "personal": "Informations personnelles", "name": "Nom", "address": "Adresse", "phone": "Téléphone",
        "email": "E-mail", "web": "Web", "now": "présent",
    },
    "es": {
        "experience": "Experiencia laboral", "education": "Educación", "skills": "Habilidades", "languages": "Idiomas",
        "summary": "Perfil", "contact": "Contacto", "interests": "Intereses", "topskills": "Habilidades",
        "core": "Técnicas", "further": "Otras", "resume": "Currículum", "personal": "Datos personales",
        "name": "Nombre", "address": "Dirección", "phone": "Teléfono", "email": "E-mail", "web": "Web",
        "now": "actualidad",
    },
}  # fmt: skip
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}


class Layout(NamedTuple):
    """How a résumé looks. :ivar columns: in which its positions and what stands beside them are set"""

    name: str
    suffix: str
    columns: int
    render: Callable[[dict[str, Any], Any], bytes]


def people(half: str = "") -> list[dict[str, Any]]:
    """Return the people. :param half: "tuning" or "test"; empty: both"""
    every: list[dict[str, Any]] = json.loads((HERE / "people.json").read_text("utf-8"))
    return [one for one in every if half in {"", one["half"]}]


def layouts_of(number: int) -> list[Layout]:
    """Return the layouts in which the person of this number is rendered: half of all."""
    return [layout for place, layout in enumerate(LAYOUTS) if (place + number) % 2 == 0]


def shown(person: dict[str, Any]) -> dict[str, Any]:
    """Return a person as the templates have them: with headings, and dates as they write them."""
    language = person["language"]
    words = WORDS[language]

    def point(day: str | None) -> str:
        if day is None:
            return words["now"]
        year, _, month = day.partition("-")
        if not month:
            return year
        called = MONTHS[language].split()[int(month) - 1]
        forms = {"M/Y": f"{month}/{year}", "M.Y": f"{month}.{year}", "Y-M": day, "Month Y": f"{called} {year}"}
        return forms.get(person["dates"], f"{called[:3]} {year}")

    def dated(one: dict[str, Any]) -> dict[str, Any]:
        months = 12 * (int((one["ends"] or "2026")[:4]) - int(one["begins"][:4]))
        took = f"({months // 12} years)" if months >= 24 else "(1 year)"
        return {**one, "dates": f"{point(one['begins'])} – {point(one['ends'])}", "took": took}

    return {
        **person,
        "words": words,
        "positions": [{"place": "", **dated(one)} for one in person["positions"]],
        "studies": [dated(one) for one in person["studies"]],
    }


@contextmanager
def browser() -> Iterator[Any]:
    """Open a page of a browser that prints."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running.new_page()
        running.close()


def _typst(name: str, columns: int = 1) -> Layout:
    def render(me: dict[str, Any], page: Any) -> bytes:
        template = HERE / "layouts" / f"{name}.typ"
        made = typst.compile(str(template), sys_inputs={"person": json.dumps(me)})
        assert isinstance(made, bytes)
        return made

    return Layout(name, ".pdf", columns, render)


def _html(name: str, columns: int = 1) -> Layout:
    def render(me: dict[str, Any], page: Any) -> bytes:
        template = (HERE / "layouts" / f"{name}.html").read_text("utf-8")
        page.set_content(jinja2.Environment(autoescape=True).from_string(template).render(me=me))
        made: bytes = page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
        return made

    return Layout(name, ".pdf", columns, render)


def _docx(name: str, write: Callable[[Any, dict[str, Any]], None], columns: int = 1) -> Layout:
    def render(me: dict[str, Any], page: Any) -> bytes:
        document, out = Document(), io.BytesIO()
        write(document, me)
        document.save(out)
        return out.getvalue()

    return Layout(name, ".docx", columns, render)


def _tabbed(place: Any, left: str, right: str, *, bold: bool = False) -> None:
    paragraph = place.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.add_run(left).bold = bold
    paragraph.add_run(f"\t{right}")


def _tabs(document: Any, me: dict[str, Any]) -> None:
    """One column; employer and place, then title and dates, apart by tabs."""
    document.add_paragraph().add_run(me["name"]).bold = True
    document.add_paragraph(" • ".join([me["place"], me["email"], me["phone"], *me["links"]]))
    document.add_paragraph().add_run(me["words"]["education"]).bold = True
    for one in me["studies"]:
        _tabbed(document, one["school"], "", bold=True)
        _tabbed(document, one["degree"], one["dates"])
    document.add_paragraph().add_run(me["words"]["experience"]).bold = True
    for one in me["positions"]:
        _tabbed(document, one["employer"].upper(), one["place"], bold=True)
        _tabbed(document, one["title"], one["dates"])
        for line in one["lines"]:
            document.add_paragraph(line, style="List Bullet")
    document.add_paragraph().add_run(me["words"]["skills"]).bold = True
    document.add_paragraph(f"{me['words']['skills']}: {', '.join(me['skills'])}")
    document.add_paragraph(f"{me['words']['languages']}: {', '.join(me['languages'])}")


def _headings(document: Any, me: dict[str, Any]) -> None:
    """One column under Word's headings; a line for title, employer and place, and one for the dates."""
    document.add_heading(me["name"], 0)
    for said in (me["email"], me["phone"], me["place"], *me["links"]):
        document.add_paragraph(said)
    document.add_heading(me["words"]["summary"], 1)
    document.add_paragraph(me["summary"])
    document.add_heading(me["words"]["experience"], 1)
    for one in me["positions"]:
        document.add_paragraph().add_run(f"{one['title']}, {one['employer']}, {one['place']}").bold = True
        document.add_paragraph(one["dates"])
        for line in one["lines"]:
            document.add_paragraph(line, style="List Bullet")
    document.add_heading(me["words"]["education"], 1)
    for one in me["studies"]:
        document.add_paragraph(f"{one['degree']}, {one['school']}, {one['dates']}")
    document.add_heading(me["words"]["skills"], 1)
    for skill in me["skills"]:
        document.add_paragraph(skill, style="List Bullet")
    document.add_heading(me["words"]["languages"], 1)
    for language in me["languages"]:
        document.add_paragraph(language, style="List Bullet")


def _cells(document: Any, me: dict[str, Any]) -> None:
    """Two columns as a table of Word's without lines: contact, skills and languages left, the rest right."""
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    left.paragraphs[0].add_run(me["words"]["contact"]).bold = True
    for said in (me["phone"], me["email"], *me["links"], me["place"]):
        left.add_paragraph(said)
    left.add_paragraph().add_run(me["words"]["skills"]).bold = True
    for skill in me["skills"]:
        left.add_paragraph(skill)
    left.add_paragraph().add_run(me["words"]["languages"]).bold = True
    for language in me["languages"]:
        left.add_paragraph(language)
    right.paragraphs[0].add_run(me["name"]).bold = True
    right.add_paragraph(me["headline"])
    right.add_paragraph().add_run(me["words"]["experience"]).bold = True
    for one in me["positions"]:
        right.add_paragraph().add_run(f"{one['title']} | {one['employer']}").bold = True
        right.add_paragraph(f"{one['dates']} | {one['place']}")
        for line in one["lines"]:
            right.add_paragraph(line, style="List Bullet")
    right.add_paragraph().add_run(me["words"]["education"]).bold = True
    for one in me["studies"]:
        right.add_paragraph(one["degree"])
        right.add_paragraph(f"{one['school']} | {one['dates']}")


def _boxes(document: Any, me: dict[str, Any]) -> None:
    """Name, contact, skills and languages in text boxes, which are tied to the first paragraph; the rest is plain."""

    def box(*lines: str) -> Any:
        said = "".join(f"<w:p><w:r><w:t>{line.replace('&', '&amp;')}</w:t></w:r></w:p>" for line in lines)
        return parse_xml(
            f'<w:r xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="position:absolute">'
            f"<v:textbox><w:txbxContent>{said}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )

    words = me["words"]
    tied = document.add_paragraph()
    tied._p.append(box(me["name"], me["headline"]))
    tied._p.append(box(words["contact"], me["place"], me["phone"], me["email"], *me["links"]))
    tied._p.append(box(words["skills"], *me["skills"]))
    tied._p.append(box(words["languages"], *me["languages"]))
    document.add_paragraph().add_run(words["experience"].upper()).bold = True
    for one in me["positions"]:
        document.add_paragraph(one["dates"])
        document.add_paragraph().add_run(one["title"]).bold = True
        document.add_paragraph(f"{one['employer']}, {one['place']}")
        for line in one["lines"]:
            document.add_paragraph(line, style="List Bullet")
    document.add_paragraph().add_run(words["education"].upper()).bold = True
    for one in me["studies"]:
        document.add_paragraph(one["dates"])
        document.add_paragraph(f"{one['degree']}, {one['school']}")


LAYOUTS = (
    _typst("letters"),
    _typst("accent"),
    _typst("classic"),
    _html("european"),
    _docx("tabs", _tabs),
    _docx("headings", _headings),
    _typst("rows", columns=2),
    _typst("sidebar", columns=2),
    _html("network", columns=2),
    _html("pills", columns=2),
    _docx("cells", _cells, columns=2),
    _docx("boxes", _boxes, columns=2),
)
