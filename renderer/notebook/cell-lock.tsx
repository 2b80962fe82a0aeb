import { Lock } from 'lucide-react';
import type { NotebookCell } from '../../main/contract/notebook-schema.ts';
import { useTexts } from '../store/use-model.ts';
import { protectionOf } from './cell-protection.ts';
import './cell-lock.css';

/** The padlock of a protected cell, and what it protects from. */
export function CellLock({ cell }: { readonly cell: NotebookCell }) {
  const { protection } = useTexts();
  const found = protectionOf(cell);
  if (found === 'none') return null;
  return (
    <p className="cell-lock" title={protection.details[found]}>
      <Lock size={12} strokeWidth={2} aria-hidden /> {protection.marks[found]}
    </p>
  );
}
