"""Reading a résumé as text: who, what work and when, what was achieved, what was learnt."""

from datetime import date

from onward.domain.assistant.offline import occupations, skills, text
from onward.domain.assistant.offline.resumes import columns, education, held, person, positions, sections
from onward.domain.assistant.offline.resumes.facts import Resume


def read(resume: str, *, today: date) -> Resume:
    """Read a résumé; never fails, whatever it is given.

    :param today: the day that `present` means
    """
    lines = sections.joined(text.lines(columns.one_under_the_other(text.plain(resume))))
    parts = sections.sectioned(lines)
    head = [line for section, line in parts if section == "head"]
    worked = [pair for pair in parts if pair[0] in {"experience", "projects", "head"}]
    found, impossible = positions.read(worked, today=today, skills=held.held_in)
    studies = tuple(education.studies(parts, today=today))
    # `Acme Robotics` and `College of Nursing` are names: to have been there is no skill.
    places = frozenset(filter(None, (*(p.employer.lower() for p in found), *(s.school.lower() for s in studies))))
    # Nor is what stands in a header and is neither title nor employer.
    unclear = {line: frozenset(name.lower() for name in p.unclear) for p in found for line in p.header}
    skilled: dict[str, list[str]] = {}
    lists = {line for section, line in parts if line and section == "skills"}
    asides = {line for section, line in parts if line and section == "aside"}
    for line in filter(None, lines):
        if line not in asides and line.partition(":")[2].strip() not in asides:
            named = held.without(line, places | unclear.get(line, frozenset()))
            is_list = line in lists or line.partition(":")[2].strip() in lists
            granted = held.granted(line, today)
            for name in held.listed_in(named) if is_list else held.held_in(named):
                if skills.area(name) == "credentials" and not granted:
                    continue
                skilled.setdefault(name, []).append(text.item(line))
    stated = positions.stated_years(parts, found, today=today)
    years, facts = positions.years(tuple(found))
    # What the person says counts unless the dates show more; letter and match say the same.
    if stated[0] >= int(years) and stated[0]:
        years, facts = max(years, float(stated[0])), (stated[1],)
    else:
        stated = (0, "")
    done = {name for position in found for name in occupations.work_of(position.title)}
    whole = "\n".join(lines)
    email = person.EMAIL.search(whole)
    name = person.name([line for line in head if line]) or person.labelled(lines)
    title, title_fact = person.title([line for line in head if line], name)
    latest = positions.latest(found)
    if not title and latest:
        title, title_fact = latest.title, " ".join(latest.header)
    return Resume(
        name=name,
        title=title,
        title_fact=title_fact,
        email=email[0] if email else "",
        summary=tuple(person.summary(parts)),
        positions=tuple(found),
        studies=studies,
        credentials=tuple(education.credentials(parts, today=today)),
        skills={name: tuple(dict.fromkeys(where)) for name, where in skilled.items()},
        years=years,
        years_facts=facts,
        stated_years=stated,
        impossible=tuple(impossible),
        lines=tuple(text.item(line) for line in lines if line),
        text=whole,
        held=frozenset(skills.with_implied({*skilled, *done})),
        places=places,
    )
