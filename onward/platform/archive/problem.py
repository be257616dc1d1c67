class ArchiveProblem(Exception):
    """An archive cannot be written, read or restored; its text says why and what to do."""
