"""`consumer setup`: create the topics, the templates and the first index; safe to run again."""

from elastic_transport import TransportError
from elasticsearch import AuthenticationException, AuthorizationException
from rich.console import Console

from common.settings import ConfigurationError
from consumer import provision
from consumer.admin import connected_admin
from consumer.search.elasticsearch import make_client
from consumer.settings import ConsumerSettings


async def setup(settings: ConsumerSettings, console: Console) -> None:
    """Create what is missing and say what was done. Raises ConfigurationError for servers that do not answer or refuse us."""
    topics = settings.kafka.topics
    async with connected_admin(settings) as admin:
        created = await provision.create_topics(admin, topics, replication_factor=settings.kafka.replication_factor)
    for topic in topics.definitions():
        console.print(f"topic {topic.name}: {'created' if topic.name in created else 'exists'}")
    client = make_client(settings.search)
    try:
        fresh = await provision.create_index(client, settings.search.alias)
    except TransportError as error:
        raise ConfigurationError(
            f"ELASTICSEARCH_HOST: {settings.search.host} does not answer ({type(error).__name__}):"
            " is Elasticsearch running, are the address and ES_CA_FILE right?"
        ) from None
    except (AuthenticationException, AuthorizationException) as error:
        raise ConfigurationError(
            f"Elasticsearch answers {error.status_code}: check ES_USER and ES_PASS, and that the user may manage templates and indices"
        ) from None
    finally:
        await client.close()
    console.print(f"index alias {settings.search.alias}: {'created' if fresh else 'exists'}, templates written")
