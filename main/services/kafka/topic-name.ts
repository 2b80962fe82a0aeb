import { ProtocolError } from './protocol-error.ts';

const maxNameLength = 249;

/** Throws `INVALID_TOPIC_EXCEPTION` with Kafka's text. `existing`: names that `name` must not be mistaken for in metrics, where `.` becomes `_`. */
export function checkTopicName(name: string, existing: Iterable<string>): void {
  const illegal = (reason: string): ProtocolError => new ProtocolError('INVALID_TOPIC_EXCEPTION', reason);
  if (name === '') throw illegal("Topic name is illegal, it can't be empty");
  if (name === '.' || name === '..') throw illegal('Topic name cannot be "." or ".."');
  if (name.length > maxNameLength)
    throw illegal(`Topic name is illegal, it can't be longer than ${maxNameLength} characters, topic name: ${name}`);
  if (!/^[a-zA-Z0-9._-]+$/.test(name))
    throw illegal(
      `Topic name "${name}" is illegal, it contains a character other than ASCII alphanumerics, '.', '_' and '-'`,
    );
  for (const other of existing)
    if (other !== name && metricName(other) === metricName(name))
      throw illegal(`Topic '${name}' collides with existing topic: ${other}`);
}

const metricName = (name: string): string => name.replaceAll('.', '_');
