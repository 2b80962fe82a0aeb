import type { EventName, Events } from '../contract/events.ts';
import { HostFailure, type FailureCode, type Handlers } from '../contract/host-api.ts';
import { requests, type RequestName } from '../contract/requests.ts';
import { frameSchema, protocolVersion, type Frame } from '../contract/wire-frame.ts';

/** The only thing a transport must supply. */
export type LinkWire = {
  readonly send: (frame: Frame) => void;
  readonly onFrame: (listener: (frame: unknown) => void) => void;
  readonly onClose: (listener: () => void) => void;
  /** Bytes waiting to leave. */
  readonly backlog: () => number;
  readonly close: () => void;
};

/** What the host gives a window: answers to its requests, and events. */
export type HostLink = {
  readonly handlers: Handlers;
  /** Subscribes a window to every event; answers how to end it. */
  readonly subscribe: (listener: <Name extends EventName>(name: Name, event: Events[Name]) => void) => () => void;
  readonly log: (message: string) => void;
};

/** Requests in flight for one window; more closes the link. */
const mostInFlight = 64;
/** A window that reads this slowly is cut off; it links again and asks for what it missed. */
const largestBacklog = 256 << 20;

/** Serves one window until its link closes. Input is parsed here, once; an unknown name or bad input is answered, rubbish closes the link. */
export function serveLink(wire: LinkWire, link: HostLink): void {
  let inFlight = 0;
  let greeted = false;
  const end = link.subscribe((name, event) => {
    if (wire.backlog() > largestBacklog) wire.close();
    else wire.send({ k: 'event', name, event });
  });
  wire.onClose(end);
  wire.send({ k: 'hello', version: protocolVersion });
  wire.onFrame((raw) => {
    const frame = frameSchema.safeParse(raw);
    if (!frame.success) return wire.close();
    if (frame.data.k === 'hello') {
      greeted = frame.data.version === protocolVersion;
      return greeted ? undefined : wire.close();
    }
    if (frame.data.k !== 'request' || !greeted || inFlight >= mostInFlight) return wire.close();
    inFlight += 1;
    const { id, name, input } = frame.data;
    void answerRequest(link, name, input).then((reply) => {
      inFlight -= 1;
      wire.send(
        reply.ok
          ? { k: 'answer', id, output: reply.output }
          : { k: 'failure', id, code: reply.code, message: reply.message },
      );
    });
  });
}

type Answer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly code: FailureCode; readonly message: string };

const isRequestName = (name: string): name is RequestName => Object.hasOwn(requests, name);

async function answerRequest(link: HostLink, name: string, input: unknown): Promise<Answer> {
  if (!isRequestName(name)) return { ok: false, code: 'unknown_request', message: `unknown request ${name}` };
  const parsed = requests[name].input.safeParse(input);
  if (!parsed.success)
    return {
      ok: false,
      code: 'bad_request',
      message: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    };
  try {
    const handler = link.handlers[name] as (input: unknown) => Promise<unknown>;
    return { ok: true, output: await handler(parsed.data) };
  } catch (error) {
    if (error instanceof HostFailure) return { ok: false, code: error.code, message: error.message };
    link.log(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return {
      ok: false,
      code: 'failed',
      message: error instanceof Error ? error.message.slice(0, 2000) : 'fallo interno',
    };
  }
}
