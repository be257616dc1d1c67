"""Texts made of one thing again and again, of which each has made some reader of texts slow."""

from itertools import product

WORDS = (
    "C# .NET Go R SQL Python React Spring python,react AWS,Azure MS PhD B.Sc. CI/CD English French "
    "experience Experience EXPERIENCE Skills: Education and or the must required plus with in of like e.g. (such "
    "Jan 2020 2019-2020 2019 since–present 03/2019 https:// www. a@b @ . , ; : - – • * | / \\ ( ) [ ] { } < > \" ' “ ” ! ? # & + = _ ~ ^ $ % 0 1 12,345 "
    "a A é ß 漢 م I x"
).split()
JOINTS = ("", " ", "\n", ", ", "\n- ")
PATTERNS = list(
    dict.fromkeys(
        [f"{word}{joint}" for word, joint in product(WORDS, JOINTS[1:3])]
        + [f"{word}" for word in WORDS if not word.isalnum()]
        + [f"{word}{joint}" for word, joint in product(WORDS[:14], JOINTS[3:])]
        + [
            "one of ",
            "or equivalent ",
            "closely with ",
            "not required ",
            "no ",
            "we ",
            "\t",
            "  ",
            " \n",
            "\r",
            "\u00a0",
            "\u200b",
        ]
        + [
            "Software Engineer, Acme Ltd, 2019 – 2020\n",
            "• Did a thing in Python\n",
            "Name: Ada Ahmed\n",
            "Requirements:\n- Python or Java\n",
        ]
    )
)
