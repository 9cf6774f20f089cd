"""The assistants by name; each answers a Question with a verified Answer.

citizen   trợ lý người dân       open to all
staff     trợ lý công chức       key with role staff
reviewer  trợ lý rà soát         key with role reviewer
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.agents.agent import Agent
from assistant.agents.desk import open_resources
from assistant.agents.reviewer import ReviewerAgent
from assistant.agents.talker import TalkingAgent
from assistant.answer.pipeline import Resources
from assistant.index.values import Audience
from assistant.settings import Settings

__all__ = ["Agent", "agents_over", "open_agents"]


def open_agents(settings: Settings) -> Mapping[str, Agent]:
    """The assistants over the index, corpus and model that the settings name."""
    return agents_over(open_resources(settings), settings)


def agents_over(resources: Resources, settings: Settings) -> Mapping[str, Agent]:
    """The assistants over resources that are already open."""
    agents: tuple[Agent, ...] = (
        TalkingAgent("citizen", "Trợ lý người dân", Audience.CITIZEN, resources),
        TalkingAgent("staff", "Trợ lý công chức, viên chức", Audience.STAFF, resources),
        ReviewerAgent("reviewer", "Trợ lý rà soát văn bản", Audience.STAFF, resources, settings),
    )
    return {agent.name: agent for agent in agents}
