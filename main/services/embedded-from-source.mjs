// The child process without a build, for development and tests.
import { register } from 'tsx/esm/api';

register();
await import('./embedded-main.ts');
