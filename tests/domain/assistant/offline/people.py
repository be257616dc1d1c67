"""What is known of the people whose résumés are read, and the postings that they answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """A résumé, and all that may be said of whom it is about.

    :param positions: title and employer; one of them is empty where the résumé does not say it clearly
    :param studies: degree, subject and school
    :param years: the most that may be claimed
    :param unsaid: what no letter may say
    :param signed: the name that a letter must be signed with, if any
    """

    name: str
    resume: str
    positions: list[tuple[str, str]]
    posting: str
    studies: tuple[tuple[str, str, str], ...] | list[tuple[str, str, str]] = ()
    years: float = 50
    unsaid: tuple[str, ...] = ()
    job: str = "Clerk"
    company: str = "Litware"
    signed: str = ""


GENERIC = """\
We are hiring. You must have strong communication skills and 3+ years of experience. You will help customers and keep records.
"""

NURSE = """\
ICU Nurse
Requirements
- RN license required
- 5+ years of critical care experience
- BLS, ACLS
- BSN required
Responsibilities
- Assess patients and administer medications
- Document care in Epic
"""

BAKER = """\
Head Baker
Requirements
- 5 years of experience in baking
- Food safety, HACCP
- Team leadership
Duties
- Bake bread and pastry
- Train apprentices
- Order ingredients and manage inventory
"""

LAWYER = """\
Corporate Counsel
Requirements
- JD and bar admission
- 5+ years of experience in mergers and acquisitions
- Contract negotiation, due diligence
- GDPR
Responsibilities
- Draft and negotiate contracts
- Advise the board on compliance
"""

CIVIL = """\
Structural Engineer
Requirements
- MSc in Civil Engineering
- PE license
- AutoCAD Civil 3D, Revit, SAP2000
- 7 years of experience
Responsibilities
- Design bridges and retaining walls
- Prepare drawings and cost estimates
- Supervise construction sites
"""

DESIGNER = """\
Senior Product Designer
Requirements
- 5 years in UX
- Figma, prototyping, user research
- HTML/CSS a plus
You will
- Design onboarding flows
- Run usability tests
"""

DATA = """\
Data Analyst
Requirements
- SQL, Excel, Tableau, Python, R
- Statistics
- Bachelor's degree
Responsibilities
- Build dashboards
- Present findings
"""

SWE = """\
Senior Backend Engineer
Requirements
- 10+ years of experience
- Go, Python, Kubernetes, React, Rust, Spring
- PhD in Computer Science
Responsibilities
- Design APIs
- Lead a team of 20 engineers
- Express ideas clearly, react quickly, access to production
"""

TEACHER = """\
Mathematics Teacher
Requirements
- Teaching license
- Master's degree
- Classroom management, lesson planning
Duties
- Teach algebra and calculus
- Communicate with parents
"""

SALES = """\
Account Executive
Requirements
- 5+ years in B2B sales
- Salesforce, HubSpot
- Negotiation
- Fluent German
Duties
- Win new customers
- Manage the pipeline
"""

DRIVER = """\
Truck Driver
Requirements
- CDL
- 2 years of experience
- Clean driving record
Duties
- Deliver goods
- Load and unload
"""

CHEF = """\
Sous Chef
Requirements
- 4 years in fine dining
- Menu planning, food safety
Duties
- Run the kitchen
- Train cooks
"""

HR = """\
HR Manager
Requirements
- 6 years in HR
- SHRM-CP
- Workday, recruiting, onboarding
Duties
- Handle employee relations
- Lead performance reviews
"""

MECH = """\
Mechanical Engineer
Requirements
- SolidWorks, FEA, GD&T
- BSc in Mechanical Engineering
- 3 years
Responsibilities
- Design parts
- Run tests
"""
