import type { Texts } from '../text/texts.ts';
import { pngOf } from './outside-image.ts';

export type ScreenRefusal = keyof Texts['screen']['refused'];

/** Why there is no picture of the screen. */
export class NoScreenPictureError extends Error {
  readonly refusal: ScreenRefusal;
  constructor(refusal: ScreenRefusal) {
    super(refusal);
    this.name = 'NoScreenPictureError';
    this.refusal = refusal;
  }
}

/** One frame of what the learner chooses in the browser's own dialog, as PNG in base64. Throws `NoScreenPictureError`. */
export async function takeScreenPicture(): Promise<string> {
  // Absent on pages that are neither local nor secure, and in some browsers.
  const devices = (navigator as { readonly mediaDevices?: Partial<MediaDevices> }).mediaDevices;
  if (devices?.getDisplayMedia === undefined) throw new NoScreenPictureError('missing');
  const stream = await devices.getDisplayMedia({ video: true, audio: false }).catch((error: unknown) => {
    const isDenied = error instanceof DOMException && error.name === 'NotAllowedError';
    throw new NoScreenPictureError(isDenied ? 'denied' : 'failed');
  });
  try {
    return await firstFrame(stream);
  } catch {
    throw new NoScreenPictureError('failed');
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

/** A share that never sends anything must not hold the window. */
const frameMs = 10_000;

async function firstFrame(stream: MediaStream): Promise<string> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = stream;
  const timeout = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no frame')), frameMs));
  await Promise.race([video.play(), timeout]);
  return pngOf(video, video.videoWidth, video.videoHeight);
}
