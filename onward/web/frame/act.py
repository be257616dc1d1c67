"""How a form's service is called: a refusal stands beside the fields that it names."""

from collections.abc import Callable

from django import forms

from onward.platform.refusals import Refusal
from onward.web import refusals


def act(form: forms.Form, service: Callable[[], object]) -> bool:
    """Call a service for a form that is filled in rightly; a refusal becomes the form's errors.

    :returns: whether it was done
    """
    if not form.is_valid():
        return False
    try:
        service()
    except Refusal as refusal:
        said = refusal.fields or {"": [refusals.refusal(refusal)]}
        for name, problems in said.items():
            # A contract's field that this form does not show: its sentence is said above the form.
            form.add_error(name if name in form.fields else None, list(map(refusals.said, problems)))
        return False
    return True
