"""A worker survives losing Redis while it holds messages that it has not acknowledged yet.

kombu 5.7 acknowledges such messages, or hands them back, over the connection that it has thrown
away a moment before: that is an AttributeError, and the end of the worker. Where Redis is gone
there is nothing to tell it. What the messages stood for comes back when its lease ends.
"""

from typing import Any

from kombu.transport import redis


class QoS(redis.QoS):
    def ack(self, delivery_tag: str) -> None:
        if not self._is_gone():
            super().ack(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        if not self._is_gone():
            super().reject(delivery_tag, requeue)

    def restore_unacked(self, client: Any = None) -> None:
        if not self._is_gone():
            super().restore_unacked(client)
        elif self._delivered:
            self._delivered.clear()

    def _is_gone(self) -> bool:
        connection: Any = self.channel.connection  # None once the channel is closed
        return connection is None or connection.client is None


def survive_losing_redis() -> None:
    redis.Channel.QoS = QoS
