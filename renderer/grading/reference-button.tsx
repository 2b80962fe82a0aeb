import { BookOpen } from 'lucide-react';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';

/** Puts the solution of a unit among the teacher's notebooks and goes there. */
export function ReferenceButton({ unit }: { readonly unit: string }) {
  const model = useModel();
  const title = useStore(model.catalogue)?.activities.find(({ id }) => id === unit)?.title ?? unit;
  const open = async () => {
    const path = await model.grading.openReference(unit);
    if (path !== null) model.showNotebook(path, null);
  };
  return (
    <Button small icon={BookOpen} onClick={() => void open()}>
      {model.texts.grading.openReference(title)}
    </Button>
  );
}
