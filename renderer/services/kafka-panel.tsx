import { Plus, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { IconButton } from '../ui/button.tsx';
import { Empty } from '../ui/card.tsx';
import { KafkaProduce } from './kafka-produce.tsx';
import { KafkaTailView } from './kafka-tail-view.tsx';
import type { TopicView } from './kafka-store.ts';
import { ServicePanelFrame } from './service-panel-frame.tsx';
import { TopicDialog } from './topic-dialog.tsx';
import './panel.css';
import './lines-panel.css';
import './kafka-panel.css';

/** How often the panel looks for new topics and offsets while it is seen. */
const refreshMs = 2_000;

/** Topics at the left; the tail of one, and a line to produce, at the right. What is captured counts for the unit of the notebook at `path`. */
export function KafkaPanel({ path }: { readonly path: string }) {
  const { panels, texts } = useModel();
  const { kafka: words, services } = texts;
  const { topics, failure } = useStore(panels.kafka.state);
  const shown = useStore(panels.kafka.tail.state, (tail) => tail.topic);
  const [isCreating, setCreating] = useState(false);
  useEffect(() => {
    const look = () => void panels.kafka.refresh();
    look();
    const timer = setInterval(look, refreshMs);
    return () => clearInterval(timer);
  }, [panels]);
  // A tail that nobody sees would go on asking.
  useEffect(() => () => panels.kafka.tail.stop(), [panels]);
  const show = ({ topic, partitions }: TopicView) => {
    const numbers = partitions.map(({ partition }) => partition);
    void panels.kafka.tail.start(topic, numbers, 'earliest');
  };
  const topic = topics.find((each) => each.topic === shown);
  return (
    <ServicePanelFrame kind="kafka">
      <div className="panel-columns">
        <nav className="panel-side" aria-label={words.topics}>
          <div className="panel-side-head">
            <h3>{words.topics}</h3>
            <IconButton icon={Plus} label={words.newTopic} onClick={() => setCreating(true)} />
            <IconButton icon={RefreshCw} label={services.refresh} onClick={() => void panels.kafka.refresh()} />
          </div>
          {topics.length === 0 ? <p className="panel-note">{words.noTopics}</p> : null}
          <ul className="panel-list">
            {topics.map((each) => (
              <li key={each.topic}>
                <button
                  type="button"
                  aria-pressed={each.topic === shown}
                  title={words.partitions(each.partitions.length)}
                  onClick={() => show(each)}
                >
                  <span>{each.topic}</span>
                  <small>{words.messages(messagesOf(each))}</small>
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <div className="panel-main">
          {failure === null ? null : <p className="panel-problem">{words.failed(failure)}</p>}
          {topic === undefined ? (
            <Empty>{words.pick}</Empty>
          ) : (
            <>
              <KafkaTailView path={path} topic={topic} />
              <KafkaProduce topic={topic.topic} />
            </>
          )}
        </div>
      </div>
      {isCreating ? <TopicDialog onClose={() => setCreating(false)} /> : null}
    </ServicePanelFrame>
  );
}

const messagesOf = ({ partitions }: TopicView): number =>
  partitions.reduce((sum, { first, end }) => sum + Math.max(0, end - first), 0);
