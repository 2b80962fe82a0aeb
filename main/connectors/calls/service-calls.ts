import type { ServiceCalls } from '../../../engine/api/service-calls.ts';
import type { ServiceOperations } from './service-operations.ts';

/** The operations of several services as the one port of a kernel. */
export function serviceCalls(parts: readonly ServiceOperations[]): ServiceCalls {
  const partOf = new Map(parts.flatMap((part) => part.names.map((name) => [name, part] as const)));
  return {
    async call(operation, input, signal) {
      const part = partOf.get(operation);
      if (!part) throw new Error(`no service answers ${operation}`);
      return part.call(operation, input, signal);
    },
    async closeAll() {
      await Promise.allSettled(parts.map((part) => part.close()));
    },
  };
}
