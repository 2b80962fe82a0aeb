import type { FrameConnection } from '../frame-connection.ts';
import { apiVersions } from './data-messages.ts';
import { compileShape, skipTaggedFields } from './codec.ts';
import type { Codec } from './codec.ts';
import { errorCodes } from './protocol-error.ts';
import type { Api, Decoded, Encodable, Shape } from './schema.ts';
import { WireReader } from './wire-reader.ts';
import { WireWriter } from './wire-writer.ts';

/** Who asks, and in which version of the request. */
export type RequestContext = {
  readonly version: number;
  readonly clientId: string;
  readonly connection: Pick<FrameConnection, 'localAddress' | 'remoteAddress' | 'signal'>;
};

/** The bytes that follow the header of a request, answered; null where the request wants no answer. */
type Answer = (reader: WireReader, context: RequestContext) => Promise<((writer: WireWriter) => void) | null>;

export type Route = {
  readonly key: number;
  readonly versions: readonly [min: number, max: number];
  readonly flexibleFrom: number;
  readonly answer: Answer;
};

/** The client does not keep to the protocol; its connection is closed. */
export class BadRequestError extends Error {
  override readonly name = 'BadRequestError';
}

/** Joins a request of the protocol to what answers it. */
export function route<Q extends Shape, R extends Shape>(
  api: Api<Q, R>,
  handle: (request: Decoded<Q>, context: RequestContext) => Promise<Encodable<R> | null> | Encodable<R> | null,
): Route {
  const requests = byVersion(api.request, api.flexibleFrom);
  const responses = byVersion(api.response, api.flexibleFrom);
  return {
    key: api.key,
    versions: api.versions,
    flexibleFrom: api.flexibleFrom,
    answer: async (reader, context) => {
      const request = readWhole(requests(context.version), reader, api.name);
      const response = await handle(request, context);
      return response === null ? null : (writer) => responses(context.version).write(writer, response);
    },
  };
}

/** Answers one frame of the protocol; rejects with `BadRequestError` for what is no request that this broker offers, as Kafka closes the connection then. */
export function createRouter(
  routes: readonly Route[],
): (frame: Buffer, connection: RequestContext['connection']) => Promise<Uint8Array | null> {
  const apiKeys = [...routes, apiVersions].map(({ key, versions }) => ({
    apiKey: key,
    minVersion: versions[0],
    maxVersion: versions[1],
  }));
  const byKey = new Map([...routes, route(apiVersions, () => ({ apiKeys }))].map((each) => [each.key, each]));
  /** The one refusal that a client cannot be expected to know the version of: it is in version 0, with the list to choose from. */
  const versionRefused = compileShape(apiVersions.response, 0, false);
  return async (frame, connection) => {
    const reader = new WireReader(frame);
    const header = readHeader(reader);
    const found = byKey.get(header.key);
    if (found === undefined) throw new BadRequestError(`unknown API key ${header.key}`);
    const [min, max] = found.versions;
    if (header.version < min || header.version > max) {
      if (header.key !== apiVersions.key)
        throw new BadRequestError(`version ${header.version} of API key ${header.key} is not offered`);
      return respond(header.correlationId, false, (writer) =>
        versionRefused.write(writer, { errorCode: errorCodes.UNSUPPORTED_VERSION, apiKeys }),
      );
    }
    const { clientId, isFlexible } = readRestOfHeader(reader, header.version >= found.flexibleFrom);
    const write = await found.answer(reader, { version: header.version, clientId, connection });
    // The answer to ApiVersions has the old header in every version: the client does not know yet what the broker speaks.
    return write === null ? null : respond(header.correlationId, isFlexible && header.key !== apiVersions.key, write);
  };
}

function byVersion<S extends Shape>(
  shape: S,
  flexibleFrom: number,
): (version: number) => Codec<Decoded<S>, Encodable<S>> {
  const compiled = new Map<number, Codec<Decoded<S>, Encodable<S>>>();
  return (version) => {
    const known = compiled.get(version);
    if (known !== undefined) return known;
    const codec = compileShape(shape, version, version >= flexibleFrom);
    compiled.set(version, codec);
    return codec;
  };
}

function readHeader(reader: WireReader): {
  readonly key: number;
  readonly version: number;
  readonly correlationId: number;
} {
  return whole('header', () => ({ key: reader.int16(), version: reader.int16(), correlationId: reader.int32() }));
}

function readRestOfHeader(
  reader: WireReader,
  isFlexible: boolean,
): { readonly clientId: string; readonly isFlexible: boolean } {
  return whole('header', () => {
    const length = reader.int16();
    const clientId = length < 0 ? '' : reader.raw(length).toString('utf8');
    if (isFlexible) skipTaggedFields(reader);
    return { clientId, isFlexible };
  });
}

const readWhole = <T>(codec: Codec<T, never>, reader: WireReader, name: string): T =>
  whole(name, () => codec.read(reader));

function whole<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new BadRequestError(`the ${what} is malformed`, { cause: error });
  }
}

function respond(correlationId: number, hasTaggedHeader: boolean, write: (writer: WireWriter) => void): Uint8Array {
  const writer = new WireWriter();
  writer.int32(0);
  writer.int32(correlationId);
  if (hasTaggedHeader) writer.unsignedVarint(0);
  write(writer);
  const frame = writer.finish();
  frame.writeInt32BE(frame.length - 4, 0);
  return frame;
}
