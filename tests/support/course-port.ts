import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** Held while somebody has the course's port, so that the port itself stays free for Marea. */
const guardPort = 39_999;

/**
 * Port 9999 is written in the code of Caso 5, and several test files run at once: waits until no other test has it. Answers the function that gives it
 * back; a process that ends gives it back too.
 */
export async function takeCoursePort(): Promise<() => void> {
  for (;;) {
    const guard = createServer();
    guard.listen(guardPort, '127.0.0.1');
    try {
      await once(guard, 'listening');
      return () => void guard.close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      await setTimeout(100);
    }
  }
}
