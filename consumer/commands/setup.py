"""`consumer setup`: create the topics, the templates and the first index; safe to run again."""

from rich.console import Console

from common.kafka import make_admin
from consumer import provision
from consumer.search.elasticsearch import make_client
from consumer.settings import CLIENT_ID, ConsumerSettings


async def setup(settings: ConsumerSettings, console: Console) -> None:
    """Create what is missing and say what was done."""
    admin = make_admin(settings.kafka, client_id=CLIENT_ID)
    await admin.start()
    try:
        topics = settings.kafka.topics
        created = await provision.create_topics(admin, topics, replication_factor=settings.kafka.replication_factor)
    finally:
        await admin.close()
    for topic in topics.definitions():
        console.print(f"topic {topic.name}: {'created' if topic.name in created else 'exists'}")
    client = make_client(settings.search)
    try:
        fresh = await provision.create_index(client, settings.search.alias)
    finally:
        await client.close()
    console.print(f"index alias {settings.search.alias}: {'created' if fresh else 'exists'}, templates written")
