import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';

/** Whose captures these are, and the way to change it; nothing before it was asked. */
export function StudentLine() {
  const { captures, texts } = useModel();
  const student = useStore(captures.student);
  if (student === null) return null;
  return (
    <p className="student-line">
      {texts.student.of(student.name, student.nia)}
      <Button tone="link" small onClick={() => captures.question.set({ capture: null })}>
        {texts.student.change}
      </Button>
    </p>
  );
}
