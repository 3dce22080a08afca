"""The plain reference: the loop that one writes by hand with aiokafka, aiohttp and orjson, three patterns, no bookkeeping."""

import asyncio

import orjson

from tests.bench.reference import CONCURRENCY, Sink, fetch, redacted, session, start_consumer


async def main() -> None:
    """Consume for ever."""
    consumer = await start_consumer()
    slots = asyncio.Semaphore(CONCURRENCY)
    tasks: set[asyncio.Task[None]] = set()
    async with session() as http:
        sink = Sink(http, consumer.commit)
        writing = asyncio.create_task(sink.run())

        async def one(value: bytes) -> None:
            try:
                event = orjson.loads(value)
                file = await fetch(http, event)
            finally:
                slots.release()
            document, hidden = redacted(event, file)
            await sink.put(event["transcription_id"], event["received_at_ms"], document, hidden)

        while not writing.done():
            for records in (await consumer.getmany(timeout_ms=200, max_records=500)).values():
                for record in records:
                    await slots.acquire()
                    task = asyncio.create_task(one(record.value))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
        await writing


if __name__ == "__main__":
    asyncio.run(main())
