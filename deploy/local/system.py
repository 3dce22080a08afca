"""The whole system on this machine: real servers, the Genesys simulator, the edge and any number of consumers, as processes."""

import json
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from deploy.local.errors import StartError
from deploy.local.machine import free_ports
from deploy.local.process import ManagedProcess, url_answers
from deploy.local.stack import LocalStack

ROOT = Path(__file__).parents[2]
SETUP_SECONDS = 60.0

# Production waits minutes to hours for a late transcript; these values show the same path in seconds.
IMPATIENT = {
    "CONSUMER_NOT_READY_WAITS_SECONDS": "[0.2]",
    "CONSUMER_RETRY_DELAYS_SECONDS": "[1, 2, 3]",
    "CONSUMER_DEADLINE_SECONDS": "8",
    "CONSUMER_DRAIN_SECONDS": "8",
}


class System:
    """Everything but the servers, which are passed in: several systems may share them, told apart by `name`."""

    def __init__(
        self,
        stack: LocalStack,
        *,
        logs: Path,
        name: str = "transcripts",
        settings: Mapping[str, str] | None = None,
        simulator_arguments: tuple[str, ...] = (),
        simulator_url: str | None = None,
    ) -> None:
        self.stack = stack
        self.logs = logs
        self.alias = name if name != "transcripts" else "genesys_transcriptions"
        self.topic_prefix = name
        edge_port, simulator_port = free_ports(2)
        self.edge_url = f"http://127.0.0.1:{edge_port}"
        self.simulator_url = simulator_url or f"http://127.0.0.1:{simulator_port}"
        self.webhook_secret = secrets.token_hex(16)
        self.api_key = secrets.token_hex(16)
        self.submit_key = secrets.token_hex(16)
        self.consumers: list[tuple[ManagedProcess, str]] = []
        self.edge: ManagedProcess | None = None
        self.simulator: ManagedProcess | None = None
        self._external_simulator = simulator_url is not None
        self._simulator_arguments = simulator_arguments
        self._simulator_port = simulator_port
        self.environment = {
            "PYTHONPATH": str(ROOT),
            **{
                key: value
                for key, value in os.environ.items()
                if not key.startswith(
                    ("PYTHONPATH", "GENESYS_", "KAFKA_", "ES_", "ELASTICSEARCH_", "EDGE_", "CONSUMER_")
                )
            },
            "KAFKA_BOOTSTRAP_SERVERS": stack.bootstrap_servers,
            "KAFKA_TOPIC_PREFIX": self.topic_prefix,
            "KAFKA_TOPIC_PARTITIONS": "4",
            "ELASTICSEARCH_HOST": stack.elasticsearch_url,
            "ES_ALIAS": self.alias,
            "GENESYS_API_URL": self.simulator_url,
            "GENESYS_LOGIN_URL": self.simulator_url,
            "GENESYS_ALLOW_LOOPBACK": "true",
            "GENESYS_CLIENT_ID": "simulated-client",
            "GENESYS_CLIENT_SECRET": "simulated-secret",
            "GENESYS_WEBHOOK_SECRET": self.webhook_secret,
            "EDGE_API_KEYS": self.api_key,
            "EDGE_SUBMIT_API_KEYS": self.submit_key,
            "EDGE_HOST": "127.0.0.1",
            "EDGE_PORT": str(edge_port),
            "CONSUMER_GROUP": f"{name}-consumer",
            **IMPATIENT,
            **(settings or {}),
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, *, consumers: int = 1) -> None:
        """Start simulator, topics and index, edge and consumers; raises StartError with the tail of the log that tells why."""
        self.start_simulator()
        self.set_up()
        self.start_edge()
        for _ in range(consumers):
            self.add_consumer()

    def start_simulator(self) -> None:
        """Start the Genesys simulator, unless one was given."""
        if self._external_simulator:
            return
        argv = ["-m", "tests.simulator", "serve", "--host", "127.0.0.1", "--port", str(self._simulator_port)]
        credentials = f"{self.environment['GENESYS_CLIENT_ID']}:{self.environment['GENESYS_CLIENT_SECRET']}"
        self.simulator = self._process(
            "simulator",
            [*argv, "--client", credentials, *self._simulator_arguments],
            ready_url=f"{self.simulator_url}/admin/stats",
        )
        self.simulator.start()

    def set_up(self) -> None:
        """Create topics and index."""
        setup = self._process("setup", ["-m", "consumer", "setup"], ready_url=None)
        with setup:
            if setup.wait(SETUP_SECONDS) != 0:
                raise StartError(f"`python -m consumer setup` failed\n{setup.tail()}")

    def start_edge(self) -> None:
        """Start the edge and wait until it is ready."""
        self.edge = self._process("edge", ["-m", "producer", "serve"], ready_url=f"{self.edge_url}/readyz")
        self.edge.start()

    def add_consumer(self, settings: Mapping[str, str] | None = None) -> tuple[ManagedProcess, str]:
        """Start one more member of the group; returns the process and the URL of its health port."""
        (port,) = free_ports(1)
        url = f"http://127.0.0.1:{port}"
        process = self._process(
            f"consumer-{len(self.consumers) + 1}",
            ["-m", "consumer", "run"],
            ready_url=f"{url}/readyz",
            settings={"CONSUMER_HEALTH_PORT": str(port), **(settings or {})},
        )
        self.consumers.append((process, url))
        process.start()
        return process, url

    def stop(self) -> None:
        """Stop everything that was started here, the edge first, so that nothing new comes in."""
        processes = [self.edge, *(process for process, _ in reversed(self.consumers)), self.simulator]
        for process in processes:
            if process is not None:
                process.stop()

    def _process(
        self, name: str, argv: list[str], *, ready_url: str | None, settings: Mapping[str, str] | None = None
    ) -> ManagedProcess:
        return ManagedProcess(
            [sys.executable, *argv],
            name=name,
            log_path=self.logs / f"{self.topic_prefix}-{name}.log",
            env={**self.environment, **(settings or {})},
            cwd=self.logs,  # not the checkout: a .env file there is production's
            ready=url_answers(ready_url) if ready_url else None,
            start_seconds=90.0,
            grace_seconds=15.0,
        )

    def describe(self) -> str:
        """Say where everything can be looked at."""
        lines = [
            ("edge", self.edge_url),
            ("edge metrics", f"{self.edge_url}/metrics"),
            *((f"{process.name} metrics", f"{url}/metrics") for process, url in self.consumers),
            ("index", f"{self.stack.elasticsearch_url}/{self.alias}/_search?pretty"),
            ("kafka", f"{self.stack.bootstrap_servers} (topics {self.topic_prefix}.*)"),
            ("Genesys simulator", f"{self.simulator_url}/admin/stats"),
            ("logs", str(self.logs)),
        ]
        width = max(len(label) for label, _ in lines)
        return "\n".join(f"  {label:<{width}}  {where}" for label, where in lines)

    def as_json(self) -> str:
        """Describe the system for another program."""
        return json.dumps(
            {
                "edge": self.edge_url,
                "simulator": self.simulator_url,
                "kafka": self.stack.bootstrap_servers,
                "alias": self.alias,
            }
        )
