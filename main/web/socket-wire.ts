import type { WebSocket } from 'ws';
import type { LinkWire } from '../host/serve-link.ts';

/** A window over a WebSocket: frames as JSON text. Anything else closes the link. */
export const socketWire = (socket: WebSocket): LinkWire => ({
  send: (frame) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  },
  onFrame: (listener) =>
    void socket.on('message', (data, isBinary) => {
      const frame = isBinary || !Buffer.isBuffer(data) ? undefined : parseFrame(data.toString('utf8'));
      if (frame === undefined) socket.close(1007, 'bad frame');
      else listener(frame);
    }),
  onClose: (listener) => void socket.on('close', listener),
  backlog: () => socket.bufferedAmount,
  close: () => socket.close(1008),
});

function parseFrame(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
