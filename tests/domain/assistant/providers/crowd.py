"""A process that asks for letters from several threads at once: ``python crowd.py <user> <threads> <each> <file>…``.

For each file of providers it waits for a word, asks, and says how many letters it got.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[4]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    import openai  # noqa: F401 (takes a second, which is not to be spent in the crowd)
    from django.conf import settings
    from django.db import connection

    from onward.domain.assistant import providers
    from onward.domain.assistant.providers.config import read
    from onward.domain.assistant.writing import WriterFailed
    from onward.domain.resumes.facts.reader import read as read_resume

    user, threads, each = map(int, sys.argv[1:4])

    def act(number: int) -> int:
        written = 0
        for turn in range(each):
            writer = providers.writer(user_id=user)
            assert writer is not None
            try:
                writer.cover_letter(
                    resume=read_resume("Ada"), posting=f"{number} {turn}", company_name="", job_title="", tone="formal"
                )
                written += 1
            except WriterFailed:
                continue
        connection.close()
        return written

    print("ready", flush=True)
    for path in sys.argv[4:]:
        settings.LLM_CONFIG = read(path, {})
        sys.stdin.readline()
        with ThreadPoolExecutor(threads) as pool:
            print(sum(pool.map(act, range(threads))), flush=True)
