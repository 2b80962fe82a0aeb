import net from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import type { FrameConnection, FrameHandlers } from '../../../main/services/frame-connection.ts';
import { FrameServer } from '../../../main/services/frame-server.ts';
import { FrameSplitter } from '../../../main/services/frame-splitter.ts';
import type { FrameFormat } from '../../../main/services/frame-splitter.ts';

const kafkaLike: FrameFormat = { byteOrder: 'big-endian', lengthCountsItself: false, minLength: 1, maxLength: 1 << 20 };
const mongoLike: FrameFormat = {
  byteOrder: 'little-endian',
  lengthCountsItself: true,
  minLength: 5,
  maxLength: 1 << 20,
};

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(handlers: FrameHandlers, format = kafkaLike): Promise<FrameServer> {
  const server = await FrameServer.listen({ port: 0, format, handlers });
  closers.push(() => server.close());
  return server;
}

async function connect(port: number, host = '127.0.0.1'): Promise<net.Socket> {
  const socket = net.connect(port, host);
  closers.push(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

function framed(text: string): Buffer {
  const body = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
}

/** Reads until as much text has come. */
async function received(socket: net.Socket, characters: number): Promise<string> {
  let text = '';
  for await (const bytes of socket) {
    text += String(bytes);
    if (text.length >= characters) break;
  }
  return text;
}

function signalled(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

/** The value once five looks in a row have found the same. */
async function settled(look: () => number): Promise<number> {
  let last = Number.NaN;
  let equal = 0;
  const same = (): number => {
    equal = look() === last ? equal + 1 : 0;
    last = look();
    return equal;
  };
  await expect.poll(same, { timeout: 5000 }).toBe(5);
  return last;
}

describe('cutting a stream into frames', () => {
  test('a frame is what its length counts, in either byte order', () => {
    expect(new FrameSplitter(kafkaLike).push(framed('abc'))?.map(String)).toEqual(['abc']);
    const itself = Buffer.from([7, 0, 0, 0, 97, 98, 99]);
    expect(new FrameSplitter(mongoLike).push(itself)).toEqual([itself]);
  });

  test('frames come out whole and in order, however the bytes arrive', () => {
    const stream = Buffer.concat(['uno', 'dos', 'x'.repeat(500), 'cuatro'].map(framed));
    for (const step of [1, 2, 3, 7, 100, stream.length]) {
      const splitter = new FrameSplitter(kafkaLike);
      const frames: string[] = [];
      for (let at = 0; at < stream.length; at += step)
        frames.push(...(splitter.push(stream.subarray(at, at + step)) ?? []).map(String));
      expect(frames).toEqual(['uno', 'dos', 'x'.repeat(500), 'cuatro']);
    }
  });

  test.each([-1, 0, (1 << 20) + 1, 0x47455420])('a length of %i is not of the protocol', (length) => {
    const header = Buffer.alloc(4);
    header.writeInt32BE(length);
    expect(new FrameSplitter(kafkaLike).push(header)).toBeNull();
  });
});

describe('a frame server', () => {
  test('answers the frames of a connection in the order they came, though the first takes longest', async () => {
    const slow = signalled();
    const server = await serve({
      handle: async (frame) => {
        if (String(frame) === 'a') await slow.promise;
        return frame;
      },
    });
    const socket = await connect(server.port);
    socket.write(Buffer.concat([framed('a'), framed('b')]));
    const other = await connect(server.port);
    other.write(framed('c'));
    expect(await received(other, 1)).toBe('c');
    slow.resolve();
    expect(await received(socket, 2)).toBe('ab');
  });

  test('listens on both loopback addresses with one port', async () => {
    const server = await serve({
      handle: async (frame, { localAddress }) => Buffer.from(`${String(frame)}${localAddress}`),
    });
    const socket = await connect(server.port, '127.0.0.1');
    socket.write(framed('x'));
    expect(await received(socket, 10)).toBe('x127.0.0.1');
    const six = await connect(server.port, '::1');
    six.write(framed('x'));
    expect(await received(six, 4)).toBe('x::1');
  });

  test.each(['127.0.0.1', '::1'])('refuses a port that is taken on %s, and leaves nothing open', async (host) => {
    const taken = net.createServer();
    closers.push(() => taken.close());
    await new Promise<void>((resolve) => taken.listen({ host, port: 0 }, resolve));
    const { port } = taken.address() as net.AddressInfo;
    const listening = FrameServer.listen({ port, format: kafkaLike, handlers: { handle: async () => null } });
    await expect(listening).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const free = net.createServer();
    closers.push(() => free.close());
    await new Promise<void>((resolve, reject) => {
      free.once('error', reject);
      free.listen({ host: host === '::1' ? '127.0.0.1' : '::1', port }, resolve);
    });
  });

  test('closes the connection whose handler rejects, tells of the error, and serves the others', async () => {
    const errors: unknown[] = [];
    const server = await serve({
      handle: async (frame) => {
        if (String(frame) === 'bad') throw new Error('no request');
        return frame;
      },
      onError: (error) => errors.push(error),
    });
    const good = await connect(server.port);
    const bad = await connect(server.port);
    bad.write(framed('bad'));
    await once(bad, 'close');
    good.write(framed('x'));
    expect(await received(good, 1)).toBe('x');
    expect(errors).toEqual([new Error('no request')]);
  });

  test('closes a connection that announces an impossible frame', async () => {
    const server = await serve({ handle: async (frame) => frame });
    const socket = await connect(server.port);
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await once(socket, 'close');
    expect(server.connections).toBe(0);
  });

  test('tells a waiting handler that its client is gone, and of the end only after the handler', async () => {
    const events: string[] = [];
    const ended = signalled();
    const server = await serve({
      handle: async (_, { signal }) => {
        events.push('handle');
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        events.push('aborted');
        return null;
      },
      onOpen: () => events.push('open'),
      onClose: () => {
        events.push('close');
        ended.resolve();
      },
    });
    const socket = await connect(server.port);
    await new Promise<void>((resolve) => socket.write(framed('x'), () => resolve()));
    await expect.poll(() => events).toEqual(['open', 'handle']);
    socket.destroy();
    await ended.promise;
    expect(events).toEqual(['open', 'handle', 'aborted', 'close']);
  });

  test('handles what arrived whole although its client has left', async () => {
    const handled: string[] = [];
    const ended = signalled();
    const server = await serve({
      handle: async (frame) => {
        handled.push(String(frame));
        return null;
      },
      onClose: () => ended.resolve(),
    });
    const socket = await connect(server.port);
    socket.end(Buffer.concat([framed('a'), framed('b'), framed('c').subarray(0, 4)]));
    await ended.promise;
    expect(handled).toEqual(['a', 'b']);
  });

  test('makes a client wait that sends faster than it is served', async () => {
    const open = signalled();
    let handled = 0;
    const server = await serve({
      handle: async () => {
        await open.promise;
        handled += 1;
        return null;
      },
    });
    const socket = await connect(server.port);
    const frame = framed('x'.repeat(1 << 20).slice(4));
    const frames = 40;
    for (let sent = 0; sent < frames; sent += 1) socket.write(frame);
    // What is neither in the server's queue nor in the system's buffers stays with the client.
    expect(await settled(() => socket.writableLength)).toBeGreaterThan(8 << 20);
    open.resolve();
    await expect.poll(() => handled, { timeout: 5000 }).toBe(frames);
  });

  test('serves no further while a client does not read its answers', async () => {
    let handled = 0;
    const server = await serve({
      handle: async () => {
        handled += 1;
        return Buffer.alloc(1 << 20);
      },
    });
    const socket = await connect(server.port);
    socket.pause();
    socket.write(Buffer.concat(Array.from({ length: 60 }, () => framed('x'))));
    expect(await settled(() => handled)).toBeLessThan(60);
    expect(handled).toBeGreaterThan(0);
    socket.resume();
    await expect.poll(() => handled, { timeout: 5000 }).toBe(60);
  });

  test('closes with connections open, after their handlers have ended', async () => {
    const order: string[] = [];
    const server = await serve({
      handle: async (_, connection: FrameConnection) => {
        order.push('waiting');
        await new Promise<void>((resolve) => connection.signal.addEventListener('abort', () => resolve()));
        order.push('ended');
        return null;
      },
    });
    const socket = await connect(server.port);
    socket.write(framed('x'));
    await expect.poll(() => order).toEqual(['waiting']);
    await server.close();
    expect(order).toEqual(['waiting', 'ended']);
    await expect(connect(server.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
