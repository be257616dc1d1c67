"""Reading files of strangers in a process of its own, which may take so much memory and time and do nothing else.

`limits` is the side of that process, `running` the side of who starts it.
"""
