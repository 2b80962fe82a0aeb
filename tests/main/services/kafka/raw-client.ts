import { once } from 'node:events';
import net from 'node:net';
import { compileShape } from '../../../../main/services/kafka/codec.ts';
import type { Api, Decoded, Encodable, Shape } from '../../../../main/services/kafka/schema.ts';
import { WireReader } from '../../../../main/services/kafka/wire-reader.ts';
import { WireWriter } from '../../../../main/services/kafka/wire-writer.ts';
import { afterTest } from './running-broker.ts';

/** The bytes of a request, its length before it. */
export function requestFrame<Q extends Shape>(
  api: Pick<Api<Q>, 'key' | 'flexibleFrom' | 'request'>,
  version: number,
  message: Encodable<Q>,
): Buffer {
  const isFlexible = version >= api.flexibleFrom;
  const writer = new WireWriter();
  writer.int32(0);
  writer.int16(api.key);
  writer.int16(version);
  writer.int32(77);
  writer.int16(-1);
  if (isFlexible) writer.unsignedVarint(0);
  compileShape(api.request, version, isFlexible).write(writer, message);
  const frame = writer.finish();
  frame.writeInt32BE(frame.length - 4, 0);
  return frame;
}

export async function connectTo(port: number, host = '127.0.0.1'): Promise<net.Socket> {
  const socket = net.connect(port, host);
  socket.on('error', () => {});
  afterTest(async () => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** The body of the next answer, after its length and correlation id; null when the connection closes instead. */
export async function nextAnswer(socket: net.Socket): Promise<Buffer | null> {
  let bytes = Buffer.alloc(0);
  for await (const piece of socket) {
    bytes = Buffer.concat([bytes, piece as Buffer]);
    if (bytes.length >= 4 && bytes.length >= 4 + bytes.readInt32BE(0)) return bytes.subarray(8);
  }
  return null;
}

/** Asks on a connection of its own. */
export async function ask<Q extends Shape, R extends Shape>(
  port: number,
  api: Api<Q, R>,
  version: number,
  message: Encodable<Q>,
): Promise<Decoded<R> | null> {
  const socket = await connectTo(port);
  socket.write(requestFrame(api, version, message));
  const body = await nextAnswer(socket);
  socket.destroy();
  if (body === null) return null;
  const reader = new WireReader(body);
  const isFlexible = version >= api.flexibleFrom;
  if (isFlexible && api.name !== 'ApiVersions') reader.unsignedVarint();
  return compileShape(api.response, version, isFlexible).read(reader);
}
