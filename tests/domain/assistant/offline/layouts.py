"""More professions, and more of the layouts that people send. Nobody in them exists."""

from tests.domain.assistant.offline.people import (
    BAKER,
    CHEF,
    DATA,
    DESIGNER,
    DRIVER,
    GENERIC,
    HR,
    LAWYER,
    MECH,
    NURSE,
    TEACHER,
    Person,
)

LAYOUTS = [
    Person(
        "all caps",
        """\
BEN SAMPLE
TRUCK DRIVER

EXPERIENCE
TRUCK DRIVER
BIG HAUL LLC
JAN 2015 - DEC 2020
DELIVERED GOODS TO 40 STORES A WEEK
LOADED AND UNLOADED PALLETS WITH A FORKLIFT

LICENSES
CDL CLASS A
""",
        positions=[("Truck Driver", "Big Haul LLC")],
        years=6,
        unsaid=("clean driving",),
        posting=DRIVER,
        job="Truck Driver",
        signed="Ben Sample",
    ),
    Person(
        "teacher",
        """\
Ada Standin
Mathematics Teacher
ada@example.edu
Teaching Experience
Elm Street Middle School, Mathematics Teacher, Sept 2018 – Present
• Teach algebra to 120 students in grades 7 and 8
• Raised the share of students at grade level from 58% to 74%
Oak Hill High School, Student Teacher, Jan. 2018 – June 2018
• Taught two sections of algebra
Education
Master of Education, Example University, 2018
Certifications
State Teaching Certificate, Mathematics 6-12
CPR (expired)
Working towards National Board certification
""",
        positions=[("Mathematics Teacher", "Elm Street Middle School"), ("Student Teacher", "Oak Hill High School")],
        studies=[("Master of Education", "", "Example University")],
        years=8,
        unsaid=("calculus", "CPR", "National Board"),
        posting=TEACHER,
        job="Mathematics Teacher",
        signed="Ada Standin",
    ),
    Person(
        "chef",
        """\
Ben Cook
Sous chef with 8 years in fine dining
ben@example.com

WORK HISTORY
Sous Chef | The Green Fork | London | 2019–now
* Ran a kitchen of 9 cooks
* Wrote four seasonal menus a year
Chef de Partie | Hotel Aurora | London | 2016–2019
* Cooked 120 covers a night
""",
        positions=[("Chef de Partie", "Hotel Aurora"), ("Sous Chef", "The Green Fork")],
        years=10.3,
        unsaid=("HACCP",),
        posting=CHEF,
        job="Sous Chef",
        signed="Ben Cook",
    ),
    Person(
        "hr",
        """\
Cleo Probe, SHRM-CP (candidate)
Human Resources Generalist

Experience
HR Generalist at Adventure Works (May 2018 - Apr 2023)
- Hired 45 engineers with React and Kubernetes skills
- Onboarded 120 people
- Handled payroll questions with the finance team
Education
Bachelor of Business Administration, Example State University, 2017
Certifications
SHRM-CP candidate
""",
        positions=[("HR Generalist", "Adventure Works")],
        studies=[("Bachelor of Business Administration", "", "Example State University")],
        years=5,
        unsaid=("SHRM", "Kubernetes team"),
        posting=HR,
        job="HR Manager",
    ),
    Person(
        "mech",
        """\
Cleo Mockup
Mechanical Engineer
EXPERIENCE
07/2019 – present
Mechanical Design Engineer
Relecloud Robotics, Boston, MA
• Designed 35 parts in SolidWorks
• Cut bracket weight by 18%
06/2017 – 06/2019
Junior Mechanical Engineer
Trey Motors
• Prepared drawings with GD&T for 200 parts
EDUCATION
B.S. Mechanical Engineering, Example Institute of Technology, 2017
""",
        positions=[("Junior Mechanical Engineer", "Trey Motors"), ("Mechanical Design Engineer", "Relecloud Robotics")],
        studies=[
            ("B.S", "Mechanical Engineering", "Example Institute of Technology"),
            ("B.S.", "Mechanical Engineering", "Example Institute of Technology"),
        ],
        years=9,
        unsaid=("FEA",),
        posting=MECH,
        job="Mechanical Engineer",
    ),
    Person(
        "freelancer",
        """\
Ada Sample
Experience
Freelance Graphic Designer, 2018 – present
- Designed logos for 30 clients
Designer, Self-employed, 2015 - 2018
- Made flyers for local shops in Illustrator
""",
        positions=[("Designer", ""), ("Freelance Graphic Designer", "")],
        years=11.3,
        unsaid=("at Self",),
        posting=DESIGNER,
        job="Designer",
    ),
    Person(
        "military",
        """\
Ben Example
Experience
Sergeant, US Army, 2008 – 2016
- Led a squad of 9 soldiers
Security Guard, Shield Security Services, 2016 – 2020
- Guarded 3 sites
""",
        positions=[("Security Guard", "Shield Security Services"), ("Sergeant", "US Army")],
        years=12,
        posting=GENERIC,
        job="Guard",
    ),
    Person(
        "academic",
        """\
Dr. Ada Muster
Postdoctoral Researcher

Experience
Postdoctoral Researcher, Example Institute of Physics, 10/2020 – 09/2023
- Published 5 papers on batteries
Education
PhD in Physics, University of Example, 2016–2020
MSc Physics, University of Example, 2014–2016
""",
        positions=[("Postdoctoral Researcher", "Example Institute of Physics")],
        studies=[
            ("MSc", "Physics", "University of Example"),
            ("PhD", "Physics", "University of Example"),
            ("PhD in Physics", "", "University of Example"),
        ],
        years=3,
        posting=DATA,
        job="Data Analyst",
        signed="Dr. Ada Muster",
    ),
    Person(
        "current no end",
        """\
Ben Oak
Experience
Plumber, Pipe & Sons, since 2018
- Fixed 900 leaks
Apprentice Plumber, Pipe & Sons, 2015-2018
- Helped at 100 sites
""",
        positions=[("Apprentice Plumber", "Pipe & Sons"), ("Plumber", "Pipe & Sons")],
        years=11.3,
        posting=GENERIC,
        job="Plumber",
    ),
    Person(
        "phd expected",
        """\
Ada Example
Research Assistant
Experience
Research Assistant, Example University, Jan 2023 – present
- Ran 40 experiments
Education
PhD Chemistry, Example University, 2023 – present
MSc in Chemistry, Example University, 2020 – 2022
""",
        positions=[("Research Assistant", "Example University")],
        studies=[("MSc", "Chemistry", "Example University"), ("PhD", "Chemistry", "Example University")],
        years=3.5,
        unsaid=("hold a PhD", "PhD from", "is a PhD", "got a PhD"),
        posting=DATA,
        job="Data Analyst",
    ),
    Person(
        "numbers in lines",
        """\
Ada Example
Experience
Warehouse Worker, Depot 24 GmbH, 04/21 - 09/22
- Picked 120 orders a day
Warehouse Worker, FastBox AG, 10/2022-02/2024
- Drove a forklift for 3 halls
""",
        positions=[("Warehouse Worker", "Depot 24 GmbH"), ("Warehouse Worker", "FastBox AG")],
        years=3,
        posting=DRIVER,
        job="Warehouse Worker",
    ),
    Person(
        "paralegal caps sections",
        """\
CLEO DUMMY
PARALEGAL
E D U C A T I O N
Certificate in Paralegal Studies, Example College, 2015
E X P E R I E N C E
PARALEGAL, BROWN LLP, BOSTON, MA   MAY 2015 – JUNE 2021
• DRAFTED 40 CONTRACTS
• FILED MOTIONS IN 3 COURTS
""",
        positions=[("Paralegal", "Brown LLP")],
        years=6.2,
        posting=LAWYER,
        job="Paralegal",
        signed="Cleo Dummy",
    ),
    Person(
        "employer with title in section",
        """\
Ada Example
Experience
University Hospital Example — Physiotherapist — 2018–2022
- Treated 14 patients a day
Fitness First Center — Trainer — 2016–2018
- Ran 10 classes a week
""",
        positions=[("Physiotherapist", "University Hospital Example"), ("Trainer", "Fitness First Center")],
        years=6,
        posting=NURSE,
        job="Nurse",
    ),
    Person(
        "lowercase",
        """\
ada example
experience
baker, sweet co, 2000-2010
- baked 300 loaves of bread a day
""",
        positions=[("baker", "sweet co")],
        years=10,
        posting=BAKER,
        job="baker",
    ),
    Person(
        "dates first line alone",
        """\
Ada Example
Work Experience
2015-03 – 2019-08
Florist
Rose & Thorn
- Arranged 40 bouquets a day
2019-09 – ongoing
Shop Manager
Rose & Thorn
- Managed 5 florists
""",
        positions=[("Florist", "Rose & Thorn"), ("Shop Manager", "Rose & Thorn")],
        years=11.2,
        posting=GENERIC,
        job="Florist",
    ),
    Person(
        "us dates",
        """\
Ada Example
Work Experience
Dental Hygienist, Smile Dental Clinic
06/15/2018 - 01/31/2022
- Cleaned teeth of 8 patients a day
""",
        positions=[("Dental Hygienist", "Smile Dental Clinic")],
        years=3.8,
        posting=NURSE,
        job="Dental Hygienist",
    ),
]
