import net from 'node:net';

/** A refused port answers in a millisecond; a server that says nothing within this time is not what we look for. */
const answerMs = 400;

type Protocol = {
  /** What we say first; null: the server speaks first. */
  readonly hello: Buffer | null;
  readonly isAnswer: (bytes: Buffer) => boolean;
};

/** Kafka: ApiVersions v0, correlation id 7, no client id. */
const kafka: Protocol = {
  hello: Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 7, 0xff, 0xff]),
  isAnswer: (bytes) => bytes.length >= 10 && bytes.readInt32BE(4) === 7,
};

/** MongoDB: `{ hello: 1, $db: 'admin' }` as OP_MSG, request id 7. */
const mongodb: Protocol = {
  hello: (() => {
    const document = Buffer.from('\x10hello\0\x01\0\0\0\x02$db\0\x06\0\0\0admin\0\0', 'latin1');
    const message = Buffer.alloc(16 + 4 + 1 + 4);
    message.writeInt32LE(message.length + document.length, 0);
    message.writeInt32LE(7, 4);
    message.writeInt32LE(2013, 12);
    message.writeInt32LE(document.length + 4, 21);
    return Buffer.concat([message, document]);
  })(),
  isAnswer: (bytes) => bytes.length >= 16 && bytes.readInt32LE(8) === 7,
};

/** MariaDB and MySQL greet with protocol version 10, or with an error packet (a host that may not log in). */
const relational: Protocol = {
  hello: null,
  isAnswer: (bytes) => bytes.length >= 5 && (bytes[4] === 10 || bytes[4] === 0xff),
};

const protocols = { kafka, mongodb, relational };

/** Whether a server of this kind answers at the address. Never rejects. */
export function answersHandshake(kind: keyof typeof protocols, host: string, port: number): Promise<boolean> {
  const { hello, isAnswer } = protocols[kind];
  return new Promise((resolve) => {
    const socket = net.connect({ host, port });
    let received = Buffer.alloc(0);
    const finish = (answers: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answers);
    };
    const timer = setTimeout(() => finish(false), answerMs);
    socket.on('connect', () => hello && socket.write(hello));
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      if (isAnswer(received)) finish(true);
    });
    socket.on('error', () => finish(false));
    socket.on('close', () => finish(false));
  });
}
