import { useState, type ReactNode } from 'react';

type LessonSectionProps = {
  readonly title: string;
  readonly isOpenAtFirst?: boolean;
  readonly children: () => ReactNode;
};

/** A part of the guide below the steps, folded until it is wanted and not drawn before. */
export function LessonSection({ title, isOpenAtFirst = false, children }: LessonSectionProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  return (
    <details className="lesson-section" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h4>{title}</h4>
      </summary>
      {isOpen ? children() : null}
    </details>
  );
}
