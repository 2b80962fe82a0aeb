"""Where a consumer stands in each of its partitions."""
from kafka import errors
from kafka.structs import OffsetAndMetadata, TopicPartition

_WHEN_LOST = {"earliest": "earliest", "smallest": "earliest", "latest": "latest", "largest": "latest"}


class Positions:
    """`partitions` are the assigned ones. A position is an offset, `earliest` or `latest` to be looked up, or None: the group's or the usual start."""

    def __init__(self, connection, group, reset):
        self._connection = connection
        self._group = group
        self._reset = _WHEN_LOST.get(reset)
        self._next = {}  # partition: position of the next fetch
        self.consumed = {}  # partition: offset after the last record that the program got
        self.paused = set()

    @property
    def partitions(self):
        return self._next.keys()

    def assign(self, partitions):
        self._next = {place: self._next.get(place) for place in sorted(partitions)}
        self.consumed = {place: offset for place, offset in self.consumed.items() if place in partitions}
        self.paused &= partitions

    def move(self, place, position):
        self._next[place] = position
        if isinstance(position, int):
            self.consumed[place] = position
        else:
            self.consumed.pop(place, None)

    def advance(self, place, offset):
        self._next[place] = offset

    def reset(self, place):
        """The log no longer has, or never had, the offset that was asked for."""
        if self._reset is None:
            raise errors.OffsetOutOfRangeError({place: self._next[place]})
        self.move(place, self._reset)

    def next_offset(self, place):
        return self._next[place]

    def wanted(self):
        return [
            {"topic": place.topic, "partition": place.partition, "offset": str(offset)}
            for place, offset in self._next.items()
            if place not in self.paused
        ]

    def resolve(self):
        """Turns every position into an offset."""
        new = [place for place, position in self._next.items() if position is None]
        found = self.committed(new) if new and self._group is not None else {}
        for place in new:
            if place in found:
                self.move(place, found[place].offset)
            elif self._reset is None:
                raise errors.NoOffsetForPartitionError(place)
            else:
                self.move(place, self._reset)
        unknown = {place: position for place, position in self._next.items() if isinstance(position, str)}
        if unknown:
            for place, answer in self.look_up(unknown).items():
                self.move(place, int(answer["offset"]))

    def at(self, partitions, end):
        return {place: int(answer["offset"]) for place, answer in self.look_up(dict.fromkeys(partitions, end)).items()}

    def look_up(self, wanted):
        """`wanted`: partition to `earliest`, `latest` or milliseconds. As in kafka-python a partition that does not exist is a `KeyError`."""
        if not wanted:
            return {}
        asked = [{**_wire(place), "at": position} for place, position in wanted.items()]
        answers = self._connection.ask("offsets", partitions=asked)["offsets"]
        for place, answer in zip(wanted, answers):
            if answer["code"] == errors.UnknownTopicOrPartitionError.errno:
                raise KeyError(place)
            if answer["code"] != 0:
                raise errors.for_code(answer["code"])(place)
        return dict(zip(wanted, answers))

    def committed(self, partitions):
        answers = self._connection.ask("committed", group=self._group, partitions=[_wire(place) for place in partitions])
        return offsets_of(answers)

    def commit(self, offsets):
        self._connection.ask(
            "commit",
            group=self._group,
            offsets=[
                {**_wire(place), "offset": str(committed.offset), "metadata": committed.metadata}
                for place, committed in offsets.items()
            ],
        )


def offsets_of(answer):
    """The offsets that a group has committed, by partition."""
    return {
        TopicPartition(row["topic"], row["partition"]): OffsetAndMetadata(int(row["offset"]), row["metadata"] or "")
        for row in answer["offsets"]
        if int(row["offset"]) >= 0
    }


def _wire(place):
    return {"topic": place.topic, "partition": place.partition}
