import { ArrowDown } from 'lucide-react';
import { useTexts } from '../store/use-model.ts';
import { IconButton } from '../ui/button.tsx';

/** Shows the first row that the newest batch wrote; rows do not move by themselves under who reads them. */
export function ToWritten() {
  const { services: texts } = useTexts();
  const show = () => document.querySelector('.service-panel [data-written]')?.scrollIntoView({ block: 'center' });
  return <IconButton icon={ArrowDown} label={texts.toWritten} onClick={show} />;
}
