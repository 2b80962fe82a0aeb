/** A record that a stand-in has sent and the broker has confirmed. */
export type SentRecord = {
  readonly topic: string;
  readonly partition: number;
  /** As text; -1 where the producer asked for no confirmation. */
  readonly offset: string;
  /** Milliseconds since 1970, in the producer's time. */
  readonly timestamp: number;
  /** Decoded as UTF-8. */
  readonly key: string | null;
  readonly value: string | null;
};
