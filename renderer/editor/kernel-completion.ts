import { globalCompletion, localCompletionSource } from '@codemirror/lang-python';
import type { CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import type { Host } from '../../main/contract/host-api.ts';

/** A busy kernel answers late; then the names of this cell are better than nothing. */
const patienceMs = 1_200;

/** Completion by the live kernel, which knows the learner's own names and types; otherwise by the text alone. */
export function kernelCompletion(host: Host, path: string): CompletionSource {
  return async (context) => (await askKernel(host, path, context)) ?? fromText(context);
}

async function askKernel(host: Host, path: string, context: CompletionContext): Promise<CompletionResult | null> {
  const source = context.state.doc.toString();
  const answer = await Promise.race([
    host.request('kernel.complete', { path, source, position: context.pos }).catch(() => null),
    new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null)),
  ]);
  if (answer === null || answer.items.length === 0) return null;
  return {
    from: answer.from,
    options: answer.items.map((item) => ({
      label: item.label,
      ...(item.detail === undefined ? {} : { detail: item.detail }),
    })),
    validFor: /^[\w]*$/,
  };
}

async function fromText(context: CompletionContext): Promise<CompletionResult | null> {
  return localCompletionSource(context) ?? (await globalCompletion(context));
}
