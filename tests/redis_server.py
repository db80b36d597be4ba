"""A real Redis of a test's own, which keeps nothing when it ends."""

from pathlib import Path

from redis import Redis

from tests.programs import Program, answers, free_port, wait_until


class RedisServer(Program):
    """``address`` is what SP_TASKQUEUE_URL or SP_THROTTLE_URL takes."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"redis://127.0.0.1:{self.port}/0"
        options = {"port": self.port, "bind": "127.0.0.1", "dir": folder, "save": "", "appendonly": "no"}
        command = ["redis-server", *(str(part) for name in options for part in (f"--{name}", options[name]))]
        super().__init__(command, folder / "redis.log")

    def start(self) -> None:
        """Start it and wait until it answers."""
        super().start()
        wait_until(lambda: answers(self.port), 20, "redis-server")

    def flush(self) -> None:
        """Forget everything."""
        with Redis.from_url(self.address) as client:
            client.flushall()
