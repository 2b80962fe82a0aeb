import type { Endpoints } from '../../engine/api/endpoint.ts';
import type { ServiceCalls } from '../../engine/api/service-calls.ts';
import type { SinkFormat } from '../../engine/api/sink.ts';
import type { SourceFormat } from '../../engine/api/source.ts';
import { kafkaCalls } from '../connectors/calls/kafka-calls.ts';
import { mongodbCalls } from '../connectors/calls/mongodb-calls.ts';
import { relationalCalls } from '../connectors/calls/relational-calls.ts';
import type { SentRecord } from '../connectors/calls/sent-record.ts';
import { serviceCalls } from '../connectors/calls/service-calls.ts';
import { JdbcDrivers } from '../connectors/jdbc/jdbc-drivers.ts';
import { jdbcSink } from '../connectors/jdbc/jdbc-sink.ts';
import { jdbcSource } from '../connectors/jdbc/jdbc-source.ts';
import { kafkaSink } from '../connectors/kafka/kafka-sink.ts';
import { kafkaSource } from '../connectors/kafka/kafka-source.ts';
import { mongodbSink } from '../connectors/mongodb/mongodb-sink.ts';
import { mongodbSource } from '../connectors/mongodb/mongodb-source.ts';
import { withFetches, type FetchedRecord } from './with-fetches.ts';
import { socketSink, socketSource } from '../connectors/socket/socket-source.ts';

/** What one learner's engine and Python reach beyond files. */
export type Connectors = {
  readonly sources: readonly SourceFormat[];
  readonly sinks: readonly SinkFormat[];
  readonly services: ServiceCalls;
};

/** Who is told of what programs read. */
export type ConnectorTellings = {
  /** Where tables are read; absent: as everything else. */
  readonly relational?: Pick<Endpoints, 'relational'>;
  /** Records that a consumer in Python got. */
  readonly onFetched?: (records: readonly FetchedRecord[]) => void;
};

/** The connectors of one learner over the endpoint chooser. The clients they stand on are loaded when a program first names their format. */
export function connectorsOn(
  endpoints: Endpoints,
  env: Readonly<Record<string, string | undefined>>,
  { relational = endpoints, onFetched }: ConnectorTellings = {},
): Connectors {
  const drivers = new JdbcDrivers();
  const zone = env['TZ'] || Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    sources: [
      socketSource(endpoints),
      kafkaSource(endpoints),
      jdbcSource(relational, drivers, zone),
      mongodbSource(endpoints),
    ],
    sinks: [socketSink, kafkaSink(endpoints), jdbcSink(endpoints, drivers, zone), mongodbSink(endpoints)],
    services: onFetched ? withFetches(callsOn(endpoints), onFetched) : callsOn(endpoints),
  };
}

/** The operations of the stand-ins and panels; each kernel and each window has its own. `onSent`: told of every record a producer got confirmed. */
export const callsOn = (endpoints: Endpoints, onSent?: (records: readonly SentRecord[]) => void): ServiceCalls =>
  serviceCalls([kafkaCalls(endpoints, onSent), relationalCalls(endpoints), mongodbCalls(endpoints)]);
