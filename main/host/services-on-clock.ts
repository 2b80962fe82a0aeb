import type { ServiceCalls } from '../../engine/api/service-calls.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Calls that only wait for what others do. */
const waits: ReadonlySet<string> = new Set(['kafka.fetch']);

/** The same services; while Python waits for records it does not hold the clock, so that a producer's `time.sleep` may be skipped. */
export function servicesOnClock(services: ServiceCalls, clock: VirtualClock | undefined): ServiceCalls {
  if (!clock) return services;
  return {
    call: (operation, input, signal) =>
      waits.has(operation)
        ? clock.lettingGo(() => services.call(operation, input, signal))
        : services.call(operation, input, signal),
    closeAll: () => services.closeAll(),
  };
}
