"""The writer behind which providers stand."""

import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.crypto import salted_hmac

from onward.domain.assistant.approaches import LONGEST_SUBJECT, NOTHING_SENT, Approach, Form, Message, day
from onward.domain.assistant.providers import answers, prompts, services
from onward.domain.assistant.providers.clients import Prompt
from onward.domain.assistant.providers.config import Category, Config
from onward.domain.assistant.providers.faults import Unusable
from onward.domain.assistant.providers.router import Answer, Router
from onward.domain.assistant.tailoring import MISSING, MOVE_UP, YOURS
from onward.domain.assistant.truth import unfounded, unsupported
from onward.domain.assistant.writing import Letter, Match, Questions, Text
from onward.domain.resumes.facts.reader import Reading

T = TypeVar("T")


class ProviderWriter:
    """Has providers write, on behalf of one person. See :class:`onward.domain.assistant.writing.Writer`."""

    def __init__(self, *, config: Config, owner_id: int) -> None:
        self._config = config
        self._owner_id = owner_id

    def cover_letter(
        self, *, resume: Reading, posting: str, company_name: str, job_title: str, tone: str, instructions: str = ""
    ) -> Letter:
        """Have a letter written. Claims that the résumé does not hold are warned of."""
        asked = _about(resume, posting, company_name, job_title, tone, instructions)
        answer = self._answer("generation", prompts.cover_letter, asked, answers.letter)
        return Letter(**_marked(answer, resume, asked))

    def tailoring(
        self, *, resume: Reading, posting: str, company_name: str, job_title: str, tone: str, instructions: str = ""
    ) -> Text:
        """Have advice on tailoring written. What it says of the person and the résumé does not hold is warned of."""
        asked = _about(resume, posting, company_name, job_title, tone, instructions)
        answer = self._answer("generation", prompts.tailoring, asked, answers.text)
        # What is said to be missing may name anything that the posting asks for.
        own, _, lacking = answer.value.partition(f"\n{MISSING}")
        given = f"{company_name}\n{job_title}\n{MOVE_UP}\n{YOURS}\n{posting}"
        warnings = unsupported(own, resume, given=given)
        warnings += unfounded(lacking, material=f"{resume.text}\n{given}")
        return Text(text=answer.value, sources=[], warnings=warnings, model=answer.model, tokens=answer.tokens)

    def email(
        self,
        *,
        resume: Reading,
        posting: str,
        company_name: str,
        job_title: str,
        tone: str,
        template: str,
        instructions: str = "",
    ) -> Text:
        """Have an email written. Claims that the résumé does not hold are warned of."""
        asked = {**_about(resume, posting, company_name, job_title, tone, instructions), "template": template}
        answer = self._answer("generation", prompts.email, asked, answers.text)
        return Text(**_marked(answer, resume, asked))

    def job_match(self, *, resume: Reading, posting: str, job_title: str = "") -> Match:
        """Have a résumé compared with a posting. Skills that it is said to show and does not are warned of."""
        asked = {"resume": resume.text, "posting": posting, "job_title": job_title}
        answer = self._answer("analysis", prompts.job_match, asked, answers.comparison)
        found = answer.value
        return Match(
            score=found.match_score,
            matching=found.matching_skills,
            missing=found.missing_skills,
            recommendations=found.recommendations,
            summary=found.summary,
            parts=found.parts.model_dump() if found.parts else {},
            warnings=unsupported("\n".join(f"I have {skill}." for skill in found.matching_skills), resume),
            model=answer.model,
            tokens=answer.tokens,
        )

    def interview_questions(self, *, posting: str, company_name: str, job_title: str, count: int) -> Questions:
        """Have questions written. They claim nothing of anybody, so there is nothing to warn of."""
        asked = {"posting": posting, "company_name": company_name, "job_title": job_title, "count": count}

        def read(text: str) -> str:
            return answers.questions(text, count=count)

        answer = self._answer("generation", prompts.interview_questions, asked, read)
        return Questions(text=answer.value, warnings=[], model=answer.model, tokens=answer.tokens)

    def message(self, approach: Approach) -> Message:
        """Have an employer written to. What nothing that is known bears out is warned of."""
        earlier = approach.earlier if approach.form is Form.FOLLOWUP else None
        asked = {
            "form": approach.form.value,
            "tone": approach.tone,
            "company": approach.company,
            "job_title": approach.job_title,
            "place": approach.place,
            "posting": approach.posting,
            "contact": approach.contact,
            "writer": approach.writer,
            "earlier": f"{day(earlier.sent_on)}\n{earlier.subject}\n{earlier.text}" if earlier else "",
        }

        def read(text: str) -> answers.Drafted:
            return answers.drafted(text, form=approach.form, material=approach.material)

        answer = self._answer("generation", prompts.message, asked, read)
        text, subject = answer.value.message, answer.value.subject
        missing = [NOTHING_SENT] if approach.form is Form.FOLLOWUP and earlier is None else []
        return Message(
            text=text,
            subject="" if approach.form is Form.LINKEDIN else " ".join(subject.split())[:LONGEST_SUBJECT],
            sources=[],
            warnings=[*missing, *unfounded(f"{subject}\n{text}", material=approach.material)],
            model=answer.model,
            tokens=answer.tokens,
        )

    def resume_facts(self, *, resume: str) -> answers.ResumeFacts:
        """Have a résumé read. What is not in it is the caller's to leave out."""
        return self._answer("analysis", prompts.resume_facts, {"resume": resume}, answers.resume_facts).value

    def _answer(
        self, category: Category, prompt: Callable[..., Prompt], asked: dict[str, Any], read: Callable[[str], T]
    ) -> Answer[T]:
        """Ask, unless this person has asked the very same a short while ago; that costs no tokens then."""
        key = self._key(category, prompt.__name__, asked)
        if self._config.cache_ttl:
            known = services.remembered(owner_id=self._owner_id, key=key, at=timezone.now())
            if known is not None:
                try:
                    return Answer(value=read(known.text), text=known.text, model=known.model, tokens=0)
                except Unusable:
                    # Kept by a version that asked for less.
                    pass
        answer = Router(config=self._config, owner_id=self._owner_id, category=category).ask(prompt(**asked), read)
        if self._config.cache_ttl:
            services.remember(
                owner_id=self._owner_id,
                key=key,
                text=answers.clean(answer.text),
                model=answer.model,
                seconds=self._config.cache_ttl,
                at=timezone.now(),
            )
        return answer

    def _key(self, category: Category, kind: str, asked: dict[str, Any]) -> str:
        who = [
            (name, provider.address, provider.model_name, provider.temperature, provider.max_tokens)
            for name, provider in self._config.candidates(category)
        ]
        question = json.dumps([prompts.VERSION, self._owner_id, kind, who, asked], sort_keys=True)
        # With the server's key: from this nobody can tell which posting somebody has asked about.
        return salted_hmac(
            "onward.domain.assistant.providers", hashlib.sha256(question.encode()).digest(), algorithm="sha256"
        ).hexdigest()


def _about(
    resume: Reading, posting: str, company_name: str, job_title: str, tone: str, instructions: str
) -> dict[str, str]:
    """Return what a provider gets to see: nothing else of the account leaves the server."""
    asked = {
        "resume": resume.text,
        "posting": posting,
        "company_name": company_name,
        "job_title": job_title,
        "tone": tone,
    }
    return {**asked, "instructions": instructions} if instructions.strip() else asked


def _marked(answer: Answer[str], resume: Reading, asked: dict[str, str]) -> dict[str, Any]:
    """Return a text as it was written, and beside it what somebody should look at before sending it."""
    names = {"company": asked["company_name"], "position": asked["job_title"]}
    given = "\n".join(names.values())
    text, said = answer.value, " ".join(answer.value.lower().split())
    warnings = unsupported(text, resume, given=given, posting=asked["posting"])
    warnings += [f"To be filled in: {blank}" for blank in answers.blanks(text, material=resume.text + asked["posting"])]
    warnings += [
        f"The {what} is not named as it was given: {name}"
        for what, name in names.items()
        if " ".join(name.lower().split()) not in said
    ]
    return {"text": text, "sources": [], "warnings": warnings, "model": answer.model, "tokens": answer.tokens}
