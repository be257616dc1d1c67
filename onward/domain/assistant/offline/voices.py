"""The four tones of a letter: what each says where.

In every template `{job}` and `{company}` are what the person typed, `{a_title}`, `{employer}`, `{years}`, `{skills}`,
`{doing}` and the like come from the résumé. Sentences about intent or courtesy hold nothing of the résumé and need no
source; no sentence here says anything about the person that is not filled in.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One tone's way of saying each thing, in a few variants.

    :param current: work that goes on
    :param and_years: ends a sentence about a position
    :param recent: work that has ended
    :param once: work that has ended, and may not be the last
    :param first: the first achievement of a position; `also` one more of the same; `before` of an earlier one
    :param there_before: an achievement of an earlier position with the same employer
    :param then: an achievement where the résumé does not say clearly whose employment it was; its dates tell it
    """

    greeting: tuple[str, ...]
    greeting_nobody: tuple[str, ...]
    opening: tuple[str, ...]
    current: tuple[str, ...]
    recent: tuple[str, ...]
    once: tuple[str, ...]
    title_only: tuple[str, ...]
    years: tuple[str, ...]
    and_years: str
    skills: tuple[str, ...]
    one_skill: tuple[str, ...]
    change: tuple[str, ...]
    evidence: tuple[str, ...]
    first: tuple[str, ...]
    also: tuple[str, ...]
    before: tuple[str, ...]
    there_before: tuple[str, ...]
    then: tuple[str, ...]
    included: tuple[str, ...]
    included_then: tuple[str, ...]
    included_there: tuple[str, ...]
    shown: tuple[str, ...]
    study: tuple[str, ...]
    studying: tuple[str, ...]
    credentials: tuple[str, ...]
    themes: tuple[str, ...]
    intent: tuple[str, ...]
    brief: tuple[str, ...]
    closing: tuple[str, ...]
    thanks: tuple[str, ...]
    work: str
    ending: str


PROFESSIONAL = Voice(
    greeting=("Dear Hiring Manager,", "Dear {company} Hiring Team,"),
    greeting_nobody=("Dear Hiring Manager,",),
    opening=(
        "I am writing to apply for the {job} position at {company}.",
        "Please consider my application for the {job} position at {company}.",
        "I would like to be considered for the {job} position at {company}.",
    ),
    current=("I currently work as {a_title} at {employer}.", "I am currently {a_title} at {employer}."),
    recent=(
        "Most recently, I worked as {a_title} at {employer}.",
        "My most recent position was as {a_title} at {employer}.",
    ),
    once=("I have worked as {a_title} at {employer}.",),
    title_only=("My background is as {a_title}.",),
    years=("I bring {years} of professional experience.",),
    and_years=", with {years} of professional experience.",
    skills=(
        "Your posting asks for {skills}, and these are part of my background.",
        "Of the requirements you list, I bring experience in {skills}.",
        "The requirements you set out overlap with my own background in {skills}.",
    ),
    one_skill=("Your posting asks for {skills}, which is part of my background.",),
    change=(
        "This would be a change of field for me, so I will keep to what carries over.",
        "My previous titles differ from the one you are filling; what follows is the work that transfers.",
    ),
    evidence=(
        "A few examples show how I work.",
        "Some concrete results may be more useful than adjectives.",
        "Let me point to some specific work.",
    ),
    first=("At {employer}, I {doing}.",),
    also=("In the same role, I {doing}.", "There, I also {doing}."),
    before=("Before that, at {employer}, I {doing}.", "Earlier, at {employer}, I {doing}."),
    there_before=("Before that, as {a_title} there, I {doing}.",),
    then=("In my {when}, I {doing}.",),
    included=("At {employer}, my work included {doing}.",),
    included_then=("My {when} included {doing}.",),
    included_there=("It also included {doing}.",),
    shown=(
        "I see a direct line from this work in {skills} to what you describe.",
        "That experience with {skills} applies directly to the work you describe.",
    ),
    study=("I hold {a_degree}{from_school}.", "My formal education is {a_degree}{from_school}."),
    studying=("I am working towards {a_degree}{from_school}.",),
    credentials=("My credentials include {credentials}.",),
    themes=(
        "What interests me most about the position is its emphasis on {themes}, where I could contribute from the start.",
        "The emphasis on {themes} is a strong part of why I am applying: it is work that I want to keep doing.",
    ),
    intent=(
        "At {company}, I would take the time to learn how your team works before suggesting changes, and then do my part.",
        "At {company}, I would aim first to understand your priorities and then to contribute where it matters most.",
    ),
    brief=(
        "My résumé is brief, and I would rather discuss what I can offer than overstate it here.",
        "I have kept this letter short and to what my résumé supports.",
    ),
    closing=(
        "I would welcome the opportunity to discuss how this experience fits your needs.",
        "I would be glad to go through any of these points with you in an interview.",
    ),
    thanks=("Thank you for your time and consideration.", "Thank you for considering my application."),
    work="position",
    ending="Sincerely,",
)

ENTHUSIASTIC = Voice(
    greeting=("Dear {company} team,",),
    greeting_nobody=("Dear hiring team,",),
    opening=(
        "I was delighted to find your opening for the {job} role, and I would love to join {company}!",
        "Your opening for the {job} role made me sit up: I would love to be part of what {company} does!",
        "I am thrilled to apply for the {job} role at {company}!",
    ),
    current=("Today I am {a_title} at {employer}.", "Right now, I work as {a_title} at {employer}."),
    recent=("Most recently, I was {a_title} at {employer}.", "In my latest position, I was {a_title} at {employer}."),
    once=("I have been {a_title} at {employer}.", "I have worked as {a_title} at {employer}."),
    title_only=("I come to you as {a_title}.",),
    years=("I would arrive with {years} of experience and plenty of energy for what comes next.",),
    and_years=", and I would arrive with {years} of experience and plenty of energy for what comes next.",
    skills=(
        "Reading your list of requirements, I kept nodding: {skills} are things I would bring with me.",
        "I was happy to see {skills} in your posting, because I would bring experience with each of them.",
    ),
    one_skill=("I was happy to see {skills} in your posting, because it is something I would bring with me.",),
    change=(
        "Yes, this would be a new field for me, and that is much of the appeal: here is what I would bring across.",
        "I would be coming from a different field, and I am eager to put what I know to use in yours.",
    ),
    evidence=(
        "Here is what I am happiest to point to.",
        "Let me share some work that I am proud of.",
        "These are the moments that I would love to tell you more about.",
    ),
    first=("At {employer}, I {doing}.",),
    also=("On top of that, I {doing}.", "In the same role, I also {doing}."),
    before=("Earlier on, at {employer}, I {doing}.", "Before that, at {employer}, I {doing}."),
    there_before=("Before that, as {a_title} there, I {doing}.",),
    then=("In my {when}, I {doing}.",),
    included=("At {employer}, my work included {doing}.",),
    included_then=("My {when} included {doing}.",),
    included_there=("It also included {doing}.",),
    shown=(
        "I would be excited to take that experience with {skills} further with you.",
        "Bringing that experience with {skills} to your team is a prospect I find truly motivating.",
    ),
    study=("I also bring {a_degree}{from_school}.", "Alongside all this, I hold {a_degree}{from_school}."),
    studying=("I am working towards {a_degree}{from_school}.",),
    credentials=("To that I can add {credentials}.",),
    themes=(
        "The focus on {themes} is what excites me most about this role, and I would throw myself into it.",
        "What excites me most is that the role brings together {themes}: I would look forward to every day of it.",
    ),
    intent=(
        "I am eager to learn how {company} works, to meet the people behind it and to start making a difference.",
        "I would come to {company} curious, ready to listen and keen to get things done together.",
    ),
    brief=(
        "My résumé is still short, but my motivation is not, and I would love to tell you more in person.",
        "There is not much on my résumé yet, and I am eager to add to it with you.",
    ),
    closing=(
        "I would love to talk about what we could achieve together.",
        "Nothing would make me happier than to meet you and talk about the role.",
    ),
    thanks=(
        "Thank you so much for reading, and I hope to hear from you soon!",
        "Thank you so much for considering me!",
    ),
    work="job",
    ending="With enthusiasm,",
)

FORMAL = Voice(
    greeting=("Dear Sir or Madam,",),
    greeting_nobody=("Dear Sir or Madam,",),
    opening=(
        "I wish to submit my application for the position of {job} with {company}.",
        "I hereby apply for the position of {job} with {company}.",
        "With this letter, I respectfully submit my application for the position of {job} with {company}.",
    ),
    current=(
        "I am at present employed as {a_title} at {employer}.",
        "At present, I hold the position of {title} at {employer}.",
    ),
    recent=(
        "My most recent appointment was as {a_title} at {employer}.",
        "I was most recently employed as {a_title} at {employer}.",
    ),
    once=("I have been employed as {a_title} at {employer}.",),
    title_only=("By occupation, I am {a_title}.",),
    years=("My professional experience amounts to {years}.",),
    and_years=", and my professional experience amounts to {years}.",
    skills=(
        "I note that the position calls for {skills}, each of which forms part of my professional background.",
        "With regard to the stated requirements, I am able to offer experience in {skills}.",
    ),
    one_skill=("I note that the position calls for {skills}, which forms part of my professional background.",),
    change=(
        "Although the position lies outside my previous field, I respectfully submit that the following experience is relevant to it.",
    ),
    evidence=(
        "I should like to draw your attention to the following.",
        "The following particulars may be of assistance in your assessment.",
    ),
    first=(
        "In the course of my employment at {employer}, I {doing}.",
        "During my employment at {employer}, I {doing}.",
    ),
    also=("In the same capacity, I {doing}.", "In that position, I furthermore {doing}."),
    before=("Previously, at {employer}, I {doing}.", "In my earlier employment at {employer}, I {doing}."),
    there_before=("Previously, as {a_title} with the same employer, I {doing}.",),
    then=("In my {when}, I {doing}.",),
    included=("At {employer}, my duties included {doing}.",),
    included_then=("My {when} included {doing}.",),
    included_there=("It also included {doing}.",),
    shown=(
        "I believe that this experience in {skills} corresponds closely to the duties of the position.",
        "This experience in {skills} is, I trust, of relevance to the duties you describe.",
    ),
    study=("I hold {a_degree}{from_school}.", "As to my education, I hold {a_degree}{from_school}."),
    studying=("I am presently pursuing {a_degree}{from_school}.",),
    credentials=("My professional credentials include {credentials}.",),
    themes=(
        "I am particularly drawn to the position by the importance it attaches to {themes}, to which I should gladly devote my efforts.",
        "The weight that the position gives to {themes} is in keeping with my own professional interests.",
    ),
    intent=(
        "Should I be appointed, I would discharge the duties of the position with diligence and with due regard for the established practice of {company}.",
        "It would be an honour to place this experience at the service of {company} and to contribute to its continued success.",
    ),
    brief=("My record to date is modest, and I have confined this letter to what it supports.",),
    closing=(
        "I should be grateful for the opportunity to present my qualifications in a personal interview.",
        "I remain at your disposal for an interview at a time of your convenience.",
    ),
    thanks=(
        "I thank you for your kind consideration of this application.",
        "I am obliged to you for the time given to this application.",
    ),
    work="position",
    ending="Yours faithfully,",
)

CONVERSATIONAL = Voice(
    greeting=("Hi {company} team,", "Hello {company} team,"),
    greeting_nobody=("Hi there,", "Hello,"),
    opening=(
        "I saw you're looking for someone for the {job} role at {company}, and I'd like to put my name forward.",
        "Your {job} opening caught my eye, so I'm writing to say I'd like to do that job at {company}.",
        "I'm applying for the {job} role at {company}, and I'll keep this to the things that matter.",
    ),
    current=("These days I'm {a_title} at {employer}.", "At the moment, I work as {a_title} at {employer}."),
    recent=("Most recently, I was {a_title} at {employer}.", "My last job was as {a_title} at {employer}."),
    once=("I've worked as {a_title} at {employer}.",),
    title_only=("I'm {a_title}.",),
    years=("All told, I've got {years} of work behind me.",),
    and_years=", with {years} of work behind me.",
    skills=(
        "You mention {skills}, and that's familiar ground for me.",
        "From your list, I can tick off {skills}.",
        "Plenty on your list sounds familiar to me, namely {skills}.",
    ),
    one_skill=("You mention {skills}, and that's familiar ground for me.",),
    change=(
        "I know my job titles don't look like the usual ones for this role, so let me say what carries over.",
        "It'd be a change of field for me, and I'd rather say so up front and show you what carries over.",
    ),
    evidence=(
        "Here's what that looks like in practice.",
        "Rather than tell you I'm good at it, here's what I've done.",
        "A few things I've done, to make it less abstract.",
    ),
    first=("At {employer}, I {doing}.",),
    also=("In the same job, I {doing}.", "I also {doing}."),
    before=("Before that, at {employer}, I {doing}.", "Going back a bit, at {employer}, I {doing}."),
    there_before=("Before that, still at {employer} but as {a_title}, I {doing}.",),
    then=("In my {when}, I {doing}.",),
    included=("At {employer}, my work included {doing}.",),
    included_then=("My {when} included {doing}.",),
    included_there=("It also included {doing}.",),
    shown=(
        "So when you write about {skills}, I've got a fair idea of what's involved.",
        "I'd guess that time spent on {skills} will come in handy with you, too.",
    ),
    study=("On paper, I've got {a_degree}{from_school}.", "As for studies, I've got {a_degree}{from_school}."),
    studying=("I'm working towards {a_degree}{from_school}.",),
    credentials=("I've also got {credentials}.",),
    themes=(
        "What I like about this role is how much of it is about {themes}. That's the sort of week I'd enjoy.",
        "The parts about {themes} are what got me to write, and I'd be happy to do more of that.",
    ),
    intent=(
        "I don't expect to know how {company} does things on day one, so I'd start by listening and asking questions.",
        "If we end up working together, I'd want to hear first what isn't working and then get stuck in.",
    ),
    brief=("My résumé's short, so this letter is too, and I won't pad it out.",),
    closing=(
        "If this sounds like a fit, I'd enjoy a chat about it.",
        "Happy to talk any of this through whenever it suits you.",
    ),
    thanks=("Thanks for reading this far.", "Thanks for taking the time."),
    work="job",
    ending="Best,",
)

VOICES = {
    "professional": PROFESSIONAL,
    "enthusiastic": ENTHUSIASTIC,
    "formal": FORMAL,
    "conversational": CONVERSATIONAL,
}
