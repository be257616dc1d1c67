"""Reads a document's text, in a process of its own that has little memory and little time.

Run, never imported by the server: ``python -I -m onward.domain.resumes.parsing pdf 10 < document``. It writes one JSON
object: ``{"text": …, "warnings": […]}``, or ``{"problem": …}`` with ``empty``, ``locked``, ``unmapped`` or ``broken``.
What a hostile document does to this process, it does to nobody else; :mod:`onward.domain.resumes.text` ends it.

What a person sees on the page is what is read, in words: what is hidden, moved away or a template's prompt is not.
"""
