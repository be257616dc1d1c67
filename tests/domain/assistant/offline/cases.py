"""Résumés as a PDF's text comes out, and postings, of several professions. Nobody in them exists."""

from dataclasses import dataclass
from datetime import date

TODAY = date(2026, 3, 15)


@dataclass(frozen=True)
class Case:
    name: str
    resume: str
    posting: str
    company: str
    job: str
    # Demanded and not held: no letter may claim them.
    lacks: tuple[str, ...]
    at_least: int
    at_most: int = 100


ENGINEER = """JORDAN EXAMPLE
Software Engineer | jordan@example.com | +1 555 0100 | github.com/example

PROFESSIONAL SUMMARY
Backend engineer with 7 years of experience building web services in Python.

EXPERIENCE
Senior Software Engineer, Northwind Labs — Jan 2021 – Present
• Reduced API response time by 45% by redesigning PostgreSQL indexes and adding
Redis caching.
• Led a team of 4 engineers moving a Django monolith to Docker containers on AWS.
• Mentored two junior developers through weekly code reviews.
• Introduced GitHub Actions pipelines that cut release time from two days to 40 minutes.

Contoso Ltd, Springfield, IL
Software Engineer
June 2018 - December 2020
- Built REST APIs in Django and FastAPI serving 2 million requests a day.
- Wrote unit tests that raised coverage from 52% to 88%.

EDUCATION
BSc Computer Science, Example State University, 2014 – 2018

SKILLS
Python, Django, FastAPI, PostgreSQL, Redis, Docker, AWS, Git, CI/CD
"""

ENGINEER_POSTING = """Senior Backend Engineer
Fabrikam builds planning software for logistics. We were founded 20 years ago and serve 300 customers.

About the role
You will design APIs and own services from design to production.

Requirements:
- 5+ years of experience with Python and Django or Flask
- Strong PostgreSQL and query tuning
- Hands-on k8s in production
- Bachelor's degree in Computer Science or equivalent experience

Nice to have: Go, GraphQL, Terraform

What you'll do
- Design and build REST APIs used by our mobile teams
- Mentor junior engineers and lead code reviews
- Own the on-call rotation for our core services
- Improve CI/CD pipelines

Benefits
- Health insurance, 401(k), $150,000 - $180,000
"""

NURSE = """Robin Placeholder, RN
Springfield | robin@example.org | 555-0101

Summary
Registered nurse with experience in medical-surgical and telemetry units.

Clinical Experience
Staff Nurse
Riverbend General Hospital, Springfield, IL
03/2020 - Present
• Provide direct patient care for 5 to 6 patients per shift on a 32-bed telemetry unit.
• Administer medications and IV therapy, and monitor cardiac rhythms.
• Precepted 8 new graduate nurses over three years.
• Reduced patient falls by 30% as lead of the unit's fall prevention group.

Nursing Assistant
Lakeside Care Home
2017 - 2020
• Assisted 12 residents a day with mobility, meals and hygiene.
• Recorded vital signs and reported changes to the charge nurse.

Education
Bachelor of Science in Nursing, Example University, 2019

Licenses and Certifications
Registered Nurse (RN), State of Illinois, License #000000
BLS, ACLS
"""

NURSE_POSTING = """ICU Registered Nurse

We are Harborview Regional, a 400-bed teaching hospital.

Minimum Qualifications
• Current RN license required
• BLS and ACLS certification required; PALS preferred
• 2+ years of critical care experience
• BSN required

Responsibilities
• Perform patient assessments and monitor vital signs
• Administer medications and manage mechanical ventilation
• Collaborate with physicians on care plans
• Educate patients and families
• Document care in Epic

Preferred
• CRRT experience
• Charge nurse experience

Benefits
Sign-on bonus, tuition support, dental.
"""

ACCOUNTANT = """ALEX SAMPLE
alex.sample@example.com

Profile
Staff accountant with five years of experience in manufacturing and retail.

Professional Experience

Tailspin Manufacturing                                  May 2021 – Present
Senior Accountant
● Prepare month-end close for three entities and shortened it from nine days to five.
● Reconcile 40 balance sheet accounts each month and resolve open items within ten days.
● Prepared audit schedules for external auditors with no adjustments in two years.

Adventure Retail Group                                  Aug 2019 – Apr 2021
Junior Accountant
● Processed 600 invoices a month in accounts payable using SAP.
● Built an Excel model that found $85,000 in duplicate payments.

Education
B.S. in Accounting — Example College, 2019

Skills: GAAP, general ledger, SAP, Excel (pivot tables, VLOOKUP), QuickBooks
"""

ACCOUNTANT_POSTING = """Job title: Accounting Manager

Wide World Importers is hiring an Accounting Manager for its finance team.

What you bring
- CPA required
- At least 7 years of progressive accounting experience, including 2 years of people management
- Deep knowledge of US GAAP; IFRS is a plus
- Advanced Excel and an ERP such as SAP or NetSuite
- Bachelor's degree in Accounting or Finance

Your responsibilities
- Lead the month-end and year-end close
- Review account reconciliations and journal entries
- Manage a team of four accountants
- Coordinate the external audit
- Improve internal controls

We offer a hybrid schedule and a pension.
"""

DESIGNER = """Sam Specimen
Product Designer
sam@example.net  |  portfolio: www.example.net/sam

About
I design tools that people use all day.

Work Experience

Product Designer at Proseware (2022 – present)
- Designed the new onboarding flow, raising activation from 41% to 63%
- Ran 24 usability tests and user interviews to shape the roadmap
- Created a design system of 60 components in Figma used by five teams

UX Designer at Litware Studio (2019 – 2022)
- Delivered wireframes and prototypes for 11 client projects
- Improved checkout accessibility to WCAG 2.1 AA

Education
BA Graphic Design, Example School of Art, 2019

Tools
Figma, Sketch, Adobe Illustrator, Miro
"""

DESIGNER_POSTING = """Senior UX Designer at Woodgrove

Woodgrove makes banking simple. Our mission is to make money less stressful.

You have
* a strong portfolio of shipped products
* 5 years of product design or UX experience
* mastery of Figma and prototyping
* experience with user research and usability testing
* knowledge of accessibility (WCAG)
Bonus points for motion design and HTML/CSS.

You will
* Own the design of our mobile onboarding
* Plan and run user research with customers
* Extend our design system together with engineers
* Present your work to stakeholders
"""

TEACHER = """Casey Standin
casey@example.edu

Objective
Mathematics teacher who enjoys making hard things clear.

Teaching Experience
Mathematics Teacher, Elm Street Middle School, Sept 2018 – Present
• Teach algebra and geometry to 120 students in grades 7 and 8.
• Raised the share of students at grade level from 58% to 74% in three years.
• Plan lessons with differentiated instruction for mixed-ability groups.
• Organized an after-school math club with 25 members.

Student Teacher, Oak Hill High School, Jan 2018 – June 2018
• Taught two sections of algebra under supervision.

Education
Master of Education, Example University, 2018
Bachelor of Arts in Mathematics, Example University, 2016

Certifications
State Teaching Certificate, Mathematics 6-12
"""

TEACHER_POSTING = """High School Mathematics Teacher
Maplewood High School

Qualifications
Valid state teaching license
Bachelor's degree in Mathematics or Education
Experience with differentiated instruction and classroom management
Google Classroom experience preferred

Duties
Plan and teach lessons in algebra, geometry and calculus
Assess student progress and communicate with parents
Support students with IEPs
Contribute to extracurricular activities
"""

MECHANICAL = """Taylor Mockup
Mechanical Engineer
taylor@example.com

EXPERIENCE
Relecloud Robotics, Boston, MA                     07/2019 – present
Mechanical Design Engineer
• Designed 35 sheet metal and injection molded parts in SolidWorks, from concept to production.
• Performed finite element analysis in ANSYS to cut bracket weight by 18% while keeping its
  safety factor.
• Worked with suppliers on design for manufacturing, saving $120k a year.
• Wrote test plans and ran vibration tests for two product launches.

Trey Motors                                        06/2017 – 06/2019
Junior Mechanical Engineer
• Prepared technical drawings with GD&T for 200 parts.
• Supported root cause analysis of field failures.

EDUCATION
M.S. Mechanical Engineering, Example Institute of Technology, 2017
B.S. Mechanical Engineering, Example Institute of Technology, 2015

SKILLS
SolidWorks, ANSYS, GD&T, MATLAB, 3D printing, FMEA
"""

MECHANICAL_POSTING = """Mechanical Engineer II

Requirements
• BS in Mechanical Engineering
• 3-5 years of experience in product design
• Proficiency in SolidWorks or Creo
• Knowledge of GD&T and tolerance analysis
• Experience with FEA
• Experience with CFD is desirable

Responsibilities
• Design mechanical components and assemblies
• Run FEA and validate results with tests
• Lead DFMEA sessions
• Work with manufacturing and suppliers to bring parts into production
"""

CHANGER = """Morgan Dummy
morgan@example.com | 555-0107

SUMMARY
Restaurant manager who has taught herself data analysis and wants to work with data full time.

EXPERIENCE
General Manager, Blue Plate Diner, 2018 – Present
• Analyzed weekly sales in Excel and cut food waste by 22%.
• Built a Tableau dashboard that the owner uses to plan staffing.
• Managed a team of 18 and trained new hires.
• Negotiated supplier contracts worth $400,000 a year.

Shift Supervisor, Corner Cafe, 2015 – 2018
• Scheduled 10 staff and handled cash and inventory.

EDUCATION
Data Analytics Certificate, Example Online Academy, 2025
High school diploma, 2014

SKILLS
SQL, Excel, Tableau, Python (basics), budgeting, customer service
"""

CHANGER_POSTING = """Junior Data Analyst

Requirements
- 1+ years of experience with SQL
- Proficiency in Excel and a BI tool such as Tableau or Power BI
- Basic Python
- Strong communication skills
- Statistics knowledge
- Bachelor's degree required

What you'll do
- Build dashboards for operations
- Analyze sales data and present findings
- Clean data and document data sources

Nice to have: dbt, Snowflake
"""

SHORT = """Riley Blank
riley@example.com

Skills: customer service, cash handling
"""

SHORT_POSTING = """Barista
We are looking for a barista for our coffee shop. You must have customer service experience and be able to handle cash.
Food safety certificate preferred. You will prepare coffee, serve guests and keep the bar clean.
"""

CASES = [
    Case(
        "software engineer",
        ENGINEER,
        ENGINEER_POSTING,
        "Fabrikam",
        "Senior Backend Engineer",
        ("Kubernetes", "k8s", "Go", "GraphQL", "Terraform"),
        65,
        90,
    ),
    Case(
        "nurse",
        NURSE,
        NURSE_POSTING,
        "Harborview Regional",
        "ICU Registered Nurse",
        ("PALS", "Epic", "ventilation", "CRRT"),
        50,
        88,
    ),
    Case(
        "accountant",
        ACCOUNTANT,
        ACCOUNTANT_POSTING,
        "Wide World Importers",
        "Accounting Manager",
        ("CPA", "IFRS", "NetSuite"),
        50,
        85,
    ),
    Case("designer", DESIGNER, DESIGNER_POSTING, "Woodgrove", "Senior UX Designer", ("motion design", "HTML"), 65),
    Case(
        "teacher",
        TEACHER,
        TEACHER_POSTING,
        "Maplewood High School",
        "High School Mathematics Teacher",
        ("Google Classroom", "IEP", "calculus"),
        55,
    ),
    Case(
        "mechanical engineer",
        MECHANICAL,
        MECHANICAL_POSTING,
        "Alpine Ski House",
        "Mechanical Engineer II",
        ("Creo", "CFD"),
        65,
    ),
    Case(
        "career changer",
        CHANGER,
        CHANGER_POSTING,
        "Northwind Traders",
        "Junior Data Analyst",
        ("Power BI", "dbt", "Snowflake"),
        45,
        85,
    ),
    Case("little to show", SHORT, SHORT_POSTING, "Fourth Coffee", "Barista", ("food safety", "espresso"), 20, 80),
]
TONES = ["professional", "enthusiastic", "formal", "conversational"]
