import type { Brand } from '../core/brand.ts';
import type { DataType } from '../core/data-type.ts';

/** Identifies a column everywhere after analysis; names live only at the edges. */
export type AttributeId = Brand<number, 'AttributeId'>;

export type Attribute = {
  readonly id: AttributeId;
  /** As the learner spelled it when the column was made or, for a reference, as it was last selected. */
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  /** Alias of the frame or table, outermost first; empty when none. */
  readonly qualifier: readonly string[];
  /** Present: the column carries a watermark with this delay threshold, in milliseconds. */
  readonly watermarkDelayMs?: number;
  readonly metadata?: Readonly<Record<string, unknown>>;
};

let lastId = 0;

/** A number never used before in this process. */
export const newAttributeId = (): AttributeId => (lastId += 1) as AttributeId;
