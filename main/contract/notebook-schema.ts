import * as z from 'zod';

/** nbformat 4.5, as far as the window needs it; unknown metadata is kept. */
export const mimeBundleSchema = z.record(z.string(), z.unknown());

export const outputSchema = z.discriminatedUnion('output_type', [
  z.object({ output_type: z.literal('stream'), name: z.enum(['stdout', 'stderr']), text: z.string() }),
  z.object({
    output_type: z.literal('display_data'),
    data: mimeBundleSchema,
    metadata: z.record(z.string(), z.unknown()),
  }),
  z.object({
    output_type: z.literal('execute_result'),
    data: mimeBundleSchema,
    metadata: z.record(z.string(), z.unknown()),
    execution_count: z.number().int().nullable(),
  }),
  z.object({ output_type: z.literal('error'), ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) }),
]);

const cellBase = {
  id: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
  source: z.string(),
  metadata: z.record(z.string(), z.unknown()),
};

export const cellSchema = z.discriminatedUnion('cell_type', [
  z.object({
    ...cellBase,
    cell_type: z.literal('code'),
    execution_count: z.number().int().nullable(),
    outputs: z.array(outputSchema),
  }),
  z.object({
    ...cellBase,
    cell_type: z.literal('markdown'),
    attachments: z.record(z.string(), mimeBundleSchema).optional(),
  }),
  z.object({
    ...cellBase,
    cell_type: z.literal('raw'),
    attachments: z.record(z.string(), mimeBundleSchema).optional(),
  }),
]);

/** In memory `source` and `text` are single strings; the file has them as lists of lines. */
export const notebookSchema = z.object({
  nbformat: z.literal(4),
  nbformat_minor: z.number().int(),
  metadata: z.record(z.string(), z.unknown()),
  cells: z.array(cellSchema),
});

export type CellOutput = z.infer<typeof outputSchema>;
export type NotebookCell = z.infer<typeof cellSchema>;
export type Notebook = z.infer<typeof notebookSchema>;
