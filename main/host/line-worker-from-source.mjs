// The worker without a build, for development and tests: a thread does not inherit its parent's TypeScript loader.
import { register } from 'tsx/esm/api';

register();
await import('./line-worker.ts');
