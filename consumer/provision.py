"""Create the topics and the index, and check at start-up that they are what the guarantees need."""

from pathlib import Path
from typing import Any

import orjson
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import TopicAlreadyExistsError, for_code
from elastic_transport import TransportError
from elasticsearch import ApiError, AsyncElasticsearch, BadRequestError

from common.settings import ConfigurationError
from common.topics import TopicDefinition, Topics

TEMPLATES = Path(__file__).parents[1] / "deploy" / "elasticsearch"
TEMPLATE_ALIAS = "genesys_transcriptions"
CHECKED_CONFIG = ("cleanup.policy",)


async def create_topics(admin: AIOKafkaAdminClient, topics: Topics, *, replication_factor: int) -> list[str]:
    """Create the topics that are missing; returns their names. Existing ones are left as they are."""
    existing = set(await admin.list_topics())
    missing = [one for one in topics.definitions() if one.name not in existing]
    min_in_sync = {"min.insync.replicas": str(max(1, replication_factor - 1))}
    created: list[str] = []
    for one in missing:
        topic = NewTopic(one.name, one.partitions, replication_factor, topic_configs=one.config | min_in_sync)
        answer = await admin.create_topics([topic])
        for _name, code, *_message in answer.topic_errors:
            error = for_code(code)
            if code and error is not TopicAlreadyExistsError:
                raise ConfigurationError(f"topic {one.name} could not be created: {error.__name__}")
        created.append(one.name)
    return created


async def check_topics(admin: AIOKafkaAdminClient, topics: Topics) -> list[str]:
    """List what is wrong with the topics, each with its mend; an empty list if nothing is."""
    existing = set(await admin.list_topics())
    definitions = topics.definitions()
    problems = [
        f"topic {one.name} does not exist: run `python -m consumer setup` or correct KAFKA_TOPIC_PREFIX"
        for one in definitions
        if one.name not in existing
    ]
    present = [one for one in definitions if one.name in existing]
    actual = await _configs(admin, present)
    for one in present:
        for name in CHECKED_CONFIG:
            want, have = one.config[name], actual.get(one.name, {}).get(name)
            if have is not None and set(have.split(",")) != set(want.split(",")):
                problems.append(
                    f"topic {one.name} has {name}={have}, it must be {want}: kafka-configs --alter --add-config {name}=[{want}]"
                )
    return problems


async def _configs(admin: AIOKafkaAdminClient, topics: list[TopicDefinition]) -> dict[str, dict[str, str]]:
    if not topics:
        return {}
    resources = [ConfigResource(ConfigResourceType.TOPIC, one.name) for one in topics]
    found: dict[str, dict[str, str]] = {}
    for answer in await admin.describe_configs(resources):
        for _code, _message, _kind, name, entries in answer.resources:
            found[name] = {entry[0]: entry[1] for entry in entries}
    return found


def load_templates(alias: str) -> dict[str, dict[str, Any]]:
    """Read the templates of deploy/elasticsearch, renamed where the alias is not the default one."""
    names = ("component-settings", "component-mappings", "index-template")
    return {
        name: orjson.loads((TEMPLATES / f"{name}.json").read_text("utf-8").replace(TEMPLATE_ALIAS, alias))
        for name in names
    }


async def create_index(client: AsyncElasticsearch, alias: str) -> bool:
    """Put the templates and create the first index behind the alias; False if the alias was there already."""
    templates = load_templates(alias)
    await client.cluster.put_component_template(name=f"{alias}-settings", **templates["component-settings"])
    await client.cluster.put_component_template(name=f"{alias}-mappings", **templates["component-mappings"])
    await client.indices.put_index_template(name=alias, **templates["index-template"])
    if await client.indices.exists_alias(name=alias):
        return False
    try:
        await client.indices.create(index=f"{alias}-000001", aliases={alias: {"is_write_index": True}})
    except BadRequestError as error:
        if error.error != "resource_already_exists_exception":
            raise
        return False
    return True


async def check_index(client: AsyncElasticsearch, alias: str) -> list[str]:
    """List what is wrong with the index; an engine that does not answer is no fault of the configuration."""
    try:
        if not await client.indices.exists_alias(name=alias):
            return [f"alias {alias} does not exist: run `python -m consumer setup` or correct ES_ALIAS"]
    except ApiError as error:
        if error.status_code in (401, 403):
            return [f"Elasticsearch answers {error.status_code}: check ES_USER and ES_PASS"]
    except TransportError:
        pass
    return []
