/** `file:///abs/with%20blank`: how Spark writes a path in its logs. */
export const fileUri = (path: string): string =>
  `file://${encodeURI(path).replaceAll('#', '%23').replaceAll('?', '%3F')}`;
/** The absolute path of such a URI, or of a plain path. */
export const pathOfUri = (uri: string): string =>
  uri.startsWith('file:') ? decodeURIComponent(uri.replace(/^file:(\/\/)?/, '')) : uri;
