"""Résumés of many professions, in the layouts that people send. Nobody in them exists."""

from tests.domain.assistant.offline.people import BAKER, CIVIL, DATA, DESIGNER, LAWYER, NURSE, SALES, SWE, Person

PROFESSIONS = [
    Person(
        "nurse linkedin",
        """\
Contact
Springfield
555-0100 (Mobile)
ada@example.org
www.linkedin.com/in/ada-ahmed (LinkedIn)

Top Skills
Patient Care
Triage
Excel

Languages
English (Native or Bilingual)
Spanish (Elementary)

Certifications
Basic Life Support (BLS)

Ada Ahmed
Registered Nurse at Riverbend General Hospital
Springfield, Illinois, United States

Summary
I care for people on a busy telemetry floor.

Experience
Riverbend General Hospital
6 years 1 month
Charge Nurse
March 2022 - Present (4 years 1 month)
Springfield, Illinois
Coordinated a floor of 12 nurses and 30 beds.
Introduced a handover sheet that cut missed medications by 25%.

Staff Nurse
March 2020 - March 2022 (2 years 1 month)
Administered medications to 6 patients per shift.

Lakeside Care Home
Nursing Assistant
June 2017 - February 2020 (2 years 9 months)
Assisted 12 residents a day with meals and hygiene.

Education
Example University
Bachelor of Science in Nursing · (2015 - 2019)
Page 1 of 2
""",
        positions=[
            ("Charge Nurse", "Riverbend General Hospital"),
            ("Nursing Assistant", "Lakeside Care Home"),
            ("Staff Nurse", "Riverbend General Hospital"),
        ],
        studies=[("Bachelor of Science in Nursing", "", "Example University")],
        years=9,
        unsaid=("ACLS", "Epic", "critical care"),
        posting=NURSE,
        job="ICU Nurse",
        signed="Ada Ahmed",
    ),
    Person(
        "baker plain",
        """\
Ben Oak
Baker, Sweet Co, 2000-2010
- Baked 300 loaves of bread a day
- Trained 4 apprentices in pastry
""",
        positions=[("Baker", "Sweet Co")],
        years=10,
        unsaid=("HACCP",),
        posting=BAKER,
        job="Head Baker",
        signed="Ben Oak",
    ),
    Person(
        "baker german dates",
        """\
Lebenslauf
Ada Ahmed
Geboren 01.02.1990 in Köln

BERUFSERFAHRUNG
03.2019 – heute   Bäckerin, Brothaus GmbH, Köln
- Baked 400 rolls a day
01.08.2012 - 28.02.2019   Konditorin bei Café Süß
- Decorated 20 cakes a week

AUSBILDUNG
2009 – 2012 Ausbildung zur Konditorin, Berufsschule Köln
""",
        positions=[("Bäckerin", "Brothaus GmbH"), ("Konditorin", "Café Süß")],
        years=17,
        unsaid=("born",),
        posting=BAKER,
        job="Head Baker",
        signed="Ada Ahmed",
    ),
    Person(
        "lawyer",
        """\
CLEO EXAMPLE, ESQ.
New York, NY | cleo@example.com

BAR ADMISSIONS
New York (2014)

PROFESSIONAL EXPERIENCE
SMITH, JONES & PARTNERS LLP, New York, NY
Senior Associate, Corporate, September 2017 – Present
• Negotiated 25 supply contracts worth $300 million
• Led due diligence for 8 acquisitions
BROWN LLP, Boston, MA
Associate, 2014 – 2017
• Drafted employment agreements for 30 clients

EDUCATION
Example Law School, J.D., 2014
Example College, B.A. History, 2011
""",
        positions=[("Associate", "Brown LLP"), ("Senior Associate", "Smith, Jones & Partners LLP")],
        studies=[("B.A.", "History", "Example College"), ("J.D.", "", "Example Law School")],
        years=12,
        unsaid=("GDPR", "LLM"),
        posting=LAWYER,
        job="Corporate Counsel",
    ),
    Person(
        "civil europass",
        """\
Curriculum vitae
PERSONAL INFORMATION
Name: Ben Muster
Address: Via Roma 1, Torino
WORK EXPERIENCE
01/09/2016 – 30/06/2021
Civil Engineer
Ponte Costruzioni S.r.l., Torino (Italy)
- Designed 12 retaining walls in AutoCAD
- Supervised two construction sites
01/07/2021 – Present
Structural Engineer
Studio Arco, Milano (Italy)
- Checked reinforcement drawings for 4 bridges
EDUCATION AND TRAINING
2010 – 2016
Master's degree in Civil Engineering
Politecnico di Torino
PERSONAL SKILLS
Mother tongue(s): Italian
Other language(s): English B2
Digital skills: AutoCAD, Excel, Word
Driving licence: B
""",
        positions=[("Civil Engineer", "Ponte Costruzioni S.r.l."), ("Structural Engineer", "Studio Arco")],
        studies=[("Master's degree in Civil Engineering", "", "Politecnico di Torino")],
        years=10.3,
        unsaid=("Revit", "PE "),
        posting=CIVIL,
        job="Structural Engineer",
        signed="Ben Muster",
    ),
    Person(
        "designer two columns",
        """\
Cleo Specimen
Product Designer

SKILLS                         EXPERIENCE
Figma                          Product Designer, Proseware
Sketch                         2022 - present
Miro                           - Redesigned onboarding, raising activation from 41% to 63%
User research                  - Ran 24 usability tests
                               UX Designer, Litware Studio
LANGUAGES                      2019 - 2022
English                        - Delivered prototypes for 11 client projects
German                         EDUCATION
                               BA Graphic Design, Example School of Art, 2019
""",
        positions=[("Product Designer", "Proseware"), ("UX Designer", "Litware Studio")],
        studies=[("BA", "Graphic Design", "Example School of Art")],
        years=7.3,
        unsaid=("HTML",),
        posting=DESIGNER,
        job="Senior Product Designer",
        signed="Cleo Specimen",
    ),
    Person(
        "student",
        """\
Ada Ahmed
ada@example.edu

EDUCATION
BSc Mathematics, TU Berlin, 2023 – 2027
Abitur, Example Gymnasium, 2022

PROJECTS
Weather station
- Built a weather station with an Arduino and Python

INTERESTS
Chess, photography, Kubernetes

SKILLS
Python, R, LaTeX
""",
        positions=[],
        studies=[("BSc", "Mathematics", "TU Berlin")],
        years=0,
        unsaid=("Kubernetes", "photography", "I hold", "working as"),
        posting=DATA,
        job="Data Analyst",
        signed="Ada Ahmed",
    ),
    Person(
        "BSc TU Berlin",
        """\
Ada Ahmed

Experience
Developer, Northwind GmbH, 2019 - 2021
- Built reporting tools in Python

Education
BSc, TU Berlin, 2016
""",
        positions=[("Developer", "Northwind GmbH")],
        studies=[("BSc", "", "TU Berlin")],
        years=2,
        unsaid=("in TU",),
        posting=SWE,
        job="SBE",
    ),
    Person(
        "BSc TU Berlin no comma",
        """\
Ada Ahmed

Experience
Developer, Northwind GmbH, 2019 - 2021
- Built reporting tools in Python

Education
BSc TU Berlin 2016
MSc Informatik TU München (2016–2018)
""",
        positions=[("Developer", "Northwind GmbH")],
        studies=[("BSc", "", "TU Berlin"), ("MSc", "Informatik", "TU München")],
        years=2,
        unsaid=("in TU",),
        posting=SWE,
        job="SWE",
    ),
    Person(
        "sales unclear company order",
        """\
Cleo Probe
Experience
Account Executive – Fabrikam – 2019 to 2023
- Won 40 new customers
Sales Rep – Contoso – 2016 to 2019
- Made 60 calls a day
Frontman – Wingtip – 2014 to 2016
- Sold tickets at the door
""",
        positions=[("Account Executive", "Fabrikam"), ("Frontman", "Wingtip"), ("Sales Rep", "Contoso")],
        years=9,
        unsaid=("German", "HubSpot", "Salesforce"),
        posting=SALES,
        job="Account Executive",
    ),
    Person(
        "company first consistent",
        """\
Cleo Probe
Experience
Fabrikam, Account Executive, 2019 - 2023
- Won 40 new customers
Wingtip, Frontman, 2014 - 2016
- Sold tickets at the door
""",
        positions=[("Account Executive", "Fabrikam"), ("Frontman", "Wingtip")],
        years=6,
        posting=SALES,
        job="Account Executive",
    ),
]
