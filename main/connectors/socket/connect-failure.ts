import { SparkError } from '../../../engine/core/spark-error.ts';

/** What Java's `new Socket(host, port)` throws where Node reports this error. */
export function connectFailure(error: unknown, host: string): SparkError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const failure = (java: string, message: string): SparkError =>
    new SparkError({ java }, message, { blame: 'environment', cause: error });
  switch (code) {
    case 'ECONNREFUSED':
      return failure('java.net.ConnectException', 'Connection refused');
    case 'ETIMEDOUT':
      return failure('java.net.ConnectException', 'Connection timed out');
    case 'EHOSTUNREACH':
      return failure('java.net.NoRouteToHostException', 'No route to host');
    case 'ENETUNREACH':
      return failure('java.net.SocketException', 'Network is unreachable');
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return failure('java.net.UnknownHostException', host);
    default:
      return failure('java.net.SocketException', error instanceof Error ? error.message : String(error));
  }
}
