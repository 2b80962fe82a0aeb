/** Codes of the protocol that decide what a caller does next. */
export const errorCode = {
  none: 0,
  offsetOutOfRange: 1,
  unknownTopicOrPartition: 3,
  leaderNotAvailable: 5,
  notLeader: 6,
  invalidTopic: 17,
} as const;

/** The topic is being made or moved: asking again helps. */
export const isPassing = (code: number): boolean =>
  code === errorCode.unknownTopicOrPartition || code === errorCode.leaderNotAvailable || code === errorCode.notLeader;

/** What a server answered instead of doing it: `code` of the protocol and its name, `UNKNOWN_TOPIC_OR_PARTITION`. */
export class KafkaRefusal extends Error {
  override readonly name = 'KafkaRefusal';
  readonly code: number;
  readonly type: string;

  constructor(code: number, type: string, message: string) {
    super(message);
    this.code = code;
    this.type = type;
  }
}

/** No server answered: none listens, the connection broke, or the time was up. */
export class KafkaUnavailable extends Error {
  override readonly name = 'KafkaUnavailable';
}
