import { useState } from 'react';
import type { Guide } from '../../main/contract/guide-schema.ts';
import { useTexts } from '../store/use-model.ts';
import { problemText, shareText, spanText, writeBound, writeInstant } from './calculator-text.ts';
import { calculateWindows, type CalculatedWindows, type CalculatorInput } from './window-calculator.ts';
import { WindowLanes } from './window-lanes.tsx';
import './window-calculator.css';

const noOffset = '0 seconds';

/** In which windows an instant falls: as a drawing, as arithmetic and as a table. */
export function WindowCalculatorCard({ initial }: { readonly initial: NonNullable<Guide['calculator']> }) {
  const texts = useTexts();
  const { calculator } = texts;
  const [input, setInput] = useState<CalculatorInput>({ ...initial, offset: noOffset });
  const [opened] = useState(() => new Date());
  const calculation = calculateWindows(input, opened);
  const fields = ['size', 'slide', 'instant', 'offset'] as const;
  return (
    <div className="calculator">
      <p>{calculator.intro}</p>
      <div className="calculator-fields">
        {fields.map((field) => (
          <Field
            key={field}
            label={calculator[field]}
            value={input[field]}
            onChange={(value) => setInput({ ...input, [field]: value })}
          />
        ))}
      </div>
      {calculation.kind === 'problem' ? (
        <p className="calculator-problem" role="status">
          {problemText(calculation.problem, texts)}
        </p>
      ) : (
        <CalculatorResult windows={calculation.windows} />
      )}
    </div>
  );
}

type FieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

function Field({ label, value, onChange }: FieldProps) {
  return (
    <label className="field">
      {label}
      <input value={value} spellCheck={false} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}

function CalculatorResult({ windows }: { readonly windows: CalculatedWindows }) {
  const { calculator } = useTexts();
  return (
    <>
      <p className="calculator-result" role="status">
        {calculator.result(writeInstant(windows), windows.containing)}
      </p>
      <WindowLanes windows={windows} />
      <Arithmetic windows={windows} />
      <CandidateTable windows={windows} />
    </>
  );
}

function Arithmetic({ windows }: { readonly windows: CalculatedWindows }) {
  const texts = useTexts();
  const { calculator, format } = texts;
  const { spec, candidates } = windows;
  const slide = spanText(spec.slideMicros, format);
  const latest = candidates.findLast(({ relation }) => relation === 'contains');
  return (
    <section className="calculator-arithmetic">
      <h5>{calculator.arithmetic}</h5>
      <ol>
        {latest === undefined ? null : (
          <li>{calculator.latest(writeInstant(windows), slide, writeBound(windows)(latest.startMicros))}</li>
        )}
        <li>{calculator.earlier(slide)}</li>
        <li>{shareText(spec, texts)}</li>
      </ol>
    </section>
  );
}

function CandidateTable({ windows }: { readonly windows: CalculatedWindows }) {
  const { calculator } = useTexts();
  const bound = writeBound(windows);
  const said = { contains: calculator.yes, ended: calculator.ended, later: calculator.later };
  const listed = windows.candidates.filter(({ relation }) => relation === 'contains').length;
  return (
    <>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={calculator.title}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{calculator.start}</th>
              <th scope="col">{calculator.end}</th>
              <th scope="col">{calculator.contains}</th>
            </tr>
          </thead>
          <tbody>
            {windows.candidates.map(({ startMicros, endMicros, relation }) => (
              <tr key={startMicros} className={`candidate-${relation}`}>
                <td>{bound(startMicros)}</td>
                <td>{bound(endMicros)}</td>
                <td>{said[relation]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="calculator-note">
        {listed < windows.containing ? `${calculator.capped(listed, windows.containing)} ` : ''}
        {calculator.endExcluded}
      </p>
    </>
  );
}
