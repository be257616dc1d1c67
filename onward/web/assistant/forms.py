"""What is asked of the assistant, in fields."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onward.domain.assistant.choices import Kind, Tone
from onward.domain.resumes.models import Resume
from onward.web import words


class _WithResume(forms.Form):
    """Something that rests on a résumé."""

    resume = forms.TypedChoiceField(label=_("Résumé"), coerce=int, empty_value=None, required=False)

    def __init__(self, *given: Any, resumes: Iterable[Resume], chosen: int | None, **named: Any) -> None:
        super().__init__(*given, **named)
        listed: Any = self.fields["resume"]
        listed.choices = [(each.pk, each.version_name) for each in resumes]
        if not listed.choices:
            listed.choices = [("", _("There is none yet"))]
        elif any(each == chosen for each, _ in listed.choices):
            self.initial.setdefault("resume", chosen)


class Letter(_WithResume):
    """A letter."""

    tone = forms.ChoiceField(label=_("How it sounds"), choices=words.choices(words.TONE), initial=Tone.PROFESSIONAL)
    instructions = forms.CharField(
        label=_("What you wish for it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as the assistant is asked."""
        said = self.cleaned_data
        general = {"is_general_without_resume": True}
        return {"resume_id": said["resume"], "tone": said["tone"], "instructions": said["instructions"], **general}


class Match(_WithResume):
    """How well a résumé goes with the posting."""

    resume = forms.TypedChoiceField(label=_("Résumé"), coerce=int, empty_value=None)

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as the assistant is asked."""
        return {"resume_id": self.cleaned_data["resume"]}


class Questions(forms.Form):
    """What may be asked in an interview."""

    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=20, initial=10)

    def __init__(self, *given: Any, resumes: Iterable[Resume], chosen: int | None, **named: Any) -> None:
        super().__init__(*given, **named)

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as the assistant is asked."""
        return {"count": self.cleaned_data["count"]}


ASKED: Mapping[Kind, type[Letter] | type[Match] | type[Questions]] = {
    Kind.COVER_LETTER: Letter,
    Kind.JOB_MATCH: Match,
    Kind.INTERVIEW_QUESTIONS: Questions,
}
