"""Writers at other places: language models behind the protocols of OpenAI and Anthropic.

The file that ``ONWARD_LLM_CONFIG`` names says which; see docs/assistant-providers.md.
"""

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from onward.domain.assistant.providers.provider_writer import ProviderWriter
    from onward.domain.assistant.writing import Writer


def writer(*, user_id: int) -> "Writer | None":
    """Return the writer of somebody's texts; none when no provider is configured and enabled."""
    return reader(user_id=user_id)


def reader(*, user_id: int) -> "ProviderWriter | None":
    """Return who reads somebody's résumés beside our own reader; none when no provider is configured and enabled."""
    config = settings.LLM_CONFIG
    if config is None or not config.enabled:
        return None
    # At first use: the settings import this package, before there are models.
    from onward.domain.assistant.providers.provider_writer import ProviderWriter

    return ProviderWriter(config=config, owner_id=user_id)
