"""Kafka brokers in KRaft mode as child processes: one, or three that replicate."""

import asyncio
import base64
import shutil
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deploy.local.artifacts import ensure, pinned
from deploy.local.errors import StartError
from deploy.local.machine import free_ports, java_home, port_open
from deploy.local.parallel import in_parallel
from deploy.local.process import ManagedProcess
from deploy.local.readiness import kafka_usable
from deploy.local.server import LocalServer

HOST = "127.0.0.1"
JVM_FLAGS = ("-Xms64m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")
FORMAT_SECONDS = 60.0
LOG4J = """\
<Configuration status="WARN">
  <Appenders><Console name="out"><PatternLayout pattern="[%d] %p %m (%c)%n"/></Console></Appenders>
  <Loggers><Root level="INFO"><AppenderRef ref="out"/></Root></Loggers>
</Configuration>
"""


class KafkaServer(LocalServer):
    """One broker, which is a controller as well. Its ports and data stay the same over restarts."""

    def __init__(
        self,
        *,
        node: int,
        port: int,
        directory: Path,
        log_path: Path,
        cluster: str,
        properties: Mapping[str, str],
    ) -> None:
        super().__init__()
        self.node = node
        self.port = port
        self.bootstrap_servers = f"{HOST}:{port}"
        self._directory = directory
        self._log_path = log_path
        self._cluster = cluster
        self._properties = properties
        self._format: ManagedProcess | None = None

    def abandon(self) -> None:
        """Kill and refuse later starts."""
        if self._format is not None:
            self._format.abandon()
        super().abandon()

    def _prepare(self) -> ManagedProcess:
        shutil.rmtree(self._directory, ignore_errors=True)
        self._directory.mkdir(parents=True)
        configuration = self._directory / "server.properties"
        configuration.write_text("".join(f"{key}={value}\n" for key, value in self._properties.items()))
        (self._directory / "log4j2.xml").write_text(LOG4J)
        self._format_storage(configuration)
        return ManagedProcess(
            self._java("kafka.Kafka", str(configuration)),
            name=f"kafka-{self.node}",
            log_path=self._log_path,
            ready=lambda: port_open(self.port),
            cwd=self._directory,
        )

    def _format_storage(self, configuration: Path) -> None:
        argv = self._java(
            "kafka.tools.StorageTool", "format", f"--cluster-id={self._cluster}", "-c", str(configuration)
        )
        self._format = ManagedProcess(argv, name=f"kafka-{self.node} format", log_path=self._log_path)
        if self._abandoned:
            self._format.abandon()
        self._format.start()
        try:
            code = self._format.wait(FORMAT_SECONDS)
        finally:
            self._format.kill()
        if code:
            raise StartError(f"kafka-{self.node}: formatting its storage exited with {code}\n{self._format.tail()}")

    def _java(self, *arguments: str) -> list[str]:
        class_path = ":".join(str(path) for path in ensure(pinned("kafka")))
        log4j = f"-Dlog4j2.configurationFile={self._directory / 'log4j2.xml'}"
        return [str(java_home() / "bin" / "java"), *JVM_FLAGS, log4j, "-cp", class_path, *arguments]


class KafkaCluster:
    """One broker or three, usable as a whole: `brokers[i]` controls one of them."""

    def __init__(
        self,
        *,
        directory: Path,
        log_directory: Path,
        brokers: int = 1,
        properties: Mapping[str, str] | None = None,
    ) -> None:
        ports = free_ports(2 * brokers)
        client_ports, controller_ports = ports[:brokers], ports[brokers:]
        voters = ",".join(f"{node}@{HOST}:{port}" for node, port in enumerate(controller_ports, 1))
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        self.brokers = tuple(
            KafkaServer(
                node=node,
                port=port,
                directory=directory / f"kafka-{node}",
                log_path=log_directory / f"kafka-{node}.log",
                cluster=cluster,
                properties={
                    **broker_properties(node, port, controller_port, voters, brokers),
                    "log.dirs": str(directory / f"kafka-{node}" / "log"),
                    **(properties or {}),
                },
            )
            for node, port, controller_port in zip(range(1, brokers + 1), client_ports, controller_ports, strict=True)
        )

    @property
    def bootstrap_servers(self) -> str:
        """All brokers, `host:port` separated by commas."""
        return ",".join(broker.bootstrap_servers for broker in self.brokers)

    def start(self) -> None:
        """Start all brokers at once; return when a record produced to every broker has been acknowledged."""
        in_parallel([broker.start for broker in self.brokers if not broker.running])
        self.await_usable()

    def await_usable(self, timeout_seconds: float = 60.0) -> None:
        """Wait until all brokers are members and a topic can be made, written with acks=all and deleted."""
        with ThreadPoolExecutor(1) as pool:  # a thread of its own: the caller may have a running loop
            pool.submit(asyncio.run, kafka_usable(self.bootstrap_servers, len(self.brokers), timeout_seconds)).result()

    def stop(self) -> None:
        """Shut all brokers down in good order, at once."""
        in_parallel([broker.stop for broker in self.brokers])

    def kill(self) -> None:
        """End all brokers with SIGKILL."""
        in_parallel([broker.kill for broker in self.brokers])

    def pause(self) -> None:
        """Freeze all brokers."""
        in_parallel([broker.pause for broker in self.brokers])

    def resume(self) -> None:
        """Let all brokers go on."""
        in_parallel([broker.resume for broker in self.brokers])

    def restart(self) -> None:
        """Stop and start all brokers on the same data and ports."""
        self.stop()
        self.start()

    def abandon(self) -> None:
        """Kill and refuse later starts."""
        in_parallel([broker.abandon for broker in self.brokers])


def broker_properties(node: int, port: int, controller_port: int, voters: str, brokers: int) -> dict[str, str]:
    """Return the settings of one broker: small, quick to start, topics made only on purpose."""
    copies = str(brokers)
    quorum = str(brokers // 2 + 1)
    return {
        "process.roles": "broker,controller",
        "node.id": str(node),
        "controller.quorum.voters": voters,
        "listeners": f"PLAINTEXT://{HOST}:{port},CONTROLLER://{HOST}:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://{HOST}:{port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "controller.listener.names": "CONTROLLER",
        "auto.create.topics.enable": "false",
        "num.partitions": "3",
        "default.replication.factor": copies,
        "min.insync.replicas": quorum,
        "offsets.topic.replication.factor": copies,
        "offsets.topic.num.partitions": "5",
        "transaction.state.log.replication.factor": copies,
        "transaction.state.log.min.isr": quorum,
        "transaction.state.log.num.partitions": "1",
        "share.coordinator.state.topic.replication.factor": copies,
        "share.coordinator.state.topic.min.isr": quorum,
        "share.coordinator.state.topic.num.partitions": "1",
        "group.initial.rebalance.delay.ms": "0",
        "broker.session.timeout.ms": "6000",
        "broker.heartbeat.interval.ms": "1000",
        "log.cleaner.dedupe.buffer.size": "8388608",
    }
