"""Run by itself: look at the PDF named on the command line and print one word about it.

``good``, ``locked`` (a password is needed), ``short`` (the end is missing), ``broken``, ``empty``
(no page) or ``heavy``.
"""

import os
import resource
import sys

MEMORY = 1024 * 1024 * 1024  # bytes of address space
SECONDS = 15  # of processor time
TAIL = 4096  # bytes in which the end mark must stand


def look(path: str) -> str:
    """The word for the file at ``path``."""
    import pikepdf

    quick = {"access_mode": pikepdf.AccessMode.stream, "suppress_warnings": True}
    try:
        with pikepdf.open(path, attempt_recovery=False, **quick) as pdf:
            return "good" if len(pdf.pages) else "empty"
    except pikepdf.PasswordError:
        return "locked"
    except pikepdf.PdfError:
        if not ends(path):
            return "short"
    except MemoryError:
        return "heavy"
    try:
        with pikepdf.open(path, **quick) as pdf:
            return "good" if len(pdf.pages) else "broken"
    except pikepdf.PasswordError:
        return "locked"
    except MemoryError:
        return "heavy"
    except pikepdf.PdfError:
        return "broken"


def ends(path: str) -> bool:
    """Whether the end mark stands near the end."""
    with open(path, "rb") as file:
        file.seek(max(0, os.path.getsize(path) - TAIL))
        return b"%%EOF" in file.read()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    print(look(sys.argv[1]))
