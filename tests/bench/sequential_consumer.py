"""The sequential reference: the tutorial's way, one record at a time: fetch, three patterns, index, audit, commit."""

import asyncio

import orjson

from tests.bench.reference import (
    ALIAS,
    PREFIX,
    SEARCH,
    audit_of,
    fetch,
    make_producer,
    redacted,
    session,
    start_consumer,
)


async def main() -> None:
    """Consume for ever."""
    consumer = await start_consumer()
    producer = make_producer()
    await producer.start()
    async with session() as http:
        async for record in consumer:
            event = orjson.loads(record.value)
            key, version = event["transcription_id"], event["received_at_ms"]
            document, hidden = redacted(event, await fetch(http, event))
            async with http.put(
                f"{SEARCH}/{ALIAS}/_doc/{key}?version={version}&version_type=external_gte",
                data=document,
                headers={"Content-Type": "application/json"},
            ) as response:
                response.raise_for_status()
            await producer.send_and_wait(f"{PREFIX}.audit", value=audit_of(key, version, hidden), key=key.encode())
            await consumer.commit()


if __name__ == "__main__":
    asyncio.run(main())
