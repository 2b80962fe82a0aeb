import { alterConfigs, describeConfigs, incrementalAlterConfigs } from './admin-messages.ts';
import { brokerId } from './broker-parts.ts';
import type { BrokerParts } from './broker-parts.ts';
import { ProtocolError, errorCodes, refusal } from './protocol-error.ts';
import { route } from './request-router.ts';
import type { Route } from './request-router.ts';
import { settingSources } from './topic-requests.ts';
import { parseTopicSettings, showSettings } from './topic-settings.ts';
import type { ShownSetting, TopicSettings } from './topic-settings.ts';
import type { Topic } from './topic-store.ts';

const topicResource = 2;
const brokerResource = 4;
/** Operations of IncrementalAlterConfigs; the others (append, subtract) are for lists, of which a topic here has one that takes one value. */
const setOperation = 0;
const deleteOperation = 1;

/** How the broker itself is set; nothing of it can be changed by a client. */
const brokerSettings: readonly ShownSetting[] = [
  { name: 'auto.create.topics.enable', value: 'true', isDefault: true, typeCode: 1 },
  { name: 'default.replication.factor', value: '1', isDefault: true, typeCode: 3 },
  { name: 'log.retention.ms', value: '-1', isDefault: true, typeCode: 5 },
  { name: 'num.partitions', value: '1', isDefault: true, typeCode: 3 },
];

/** The settings of topics, shown and changed. */
export function configRoutes(broker: BrokerParts): readonly Route[] {
  return [
    route(describeConfigs, ({ resources }) => ({
      results: resources.map(({ resourceType, resourceName, configurationKeys }) => {
        const resource = { resourceType, resourceName };
        try {
          const isReadOnly = resourceType !== topicResource;
          const configs = settingsOf(broker, resourceType, resourceName)
            .filter(({ name }) => configurationKeys === null || configurationKeys.includes(name))
            .map((setting) => show(setting, isReadOnly));
          return { ...resource, errorCode: errorCodes.NONE, configs };
        } catch (error) {
          return { ...resource, ...refusal(error), configs: [] };
        }
      }),
    })),
    route(alterConfigs, ({ resources, validateOnly }) => ({
      responses: resources.map((resource) =>
        change(broker, resource, validateOnly, () => parseTopicSettings(resource.configs)),
      ),
    })),
    route(incrementalAlterConfigs, ({ resources, validateOnly }) => ({
      responses: resources.map((resource) =>
        change(broker, resource, validateOnly, (topic) => adjusted(topic.settings, resource.configs)),
      ),
    })),
  ];
}

function settingsOf(broker: BrokerParts, resourceType: number, name: string): readonly ShownSetting[] {
  if (resourceType === topicResource) return showSettings(broker.topics.existing(name).settings);
  if (resourceType === brokerResource && (name === '' || name === String(brokerId))) return brokerSettings;
  throw new ProtocolError('INVALID_REQUEST', `This broker has no settings for resource type ${resourceType}.`);
}

const show = ({ name, value, isDefault, typeCode }: ShownSetting, readOnly: boolean) => ({
  name,
  value,
  readOnly,
  isDefault,
  configSource: isDefault ? settingSources.default : settingSources.topic,
  configType: typeCode,
});

function change(
  broker: BrokerParts,
  { resourceType, resourceName }: { readonly resourceType: number; readonly resourceName: string },
  validateOnly: boolean,
  newSettings: (topic: Topic) => TopicSettings,
) {
  const resource = { resourceType, resourceName };
  try {
    if (resourceType !== topicResource)
      throw new ProtocolError('INVALID_REQUEST', 'Only the settings of topics can be changed.');
    const topic = broker.topics.existing(resourceName);
    const settings = newSettings(topic);
    if (!validateOnly) broker.topics.changeSettings(topic, settings);
    return { ...resource, errorCode: errorCodes.NONE };
  } catch (error) {
    return { ...resource, ...refusal(error) };
  }
}

function adjusted(
  settings: TopicSettings,
  changes: readonly { readonly name: string; readonly configOperation: number; readonly value: string | null }[],
): TopicSettings {
  const merged = new Map<string, string | null>(Object.entries(settings));
  for (const { name, configOperation, value } of changes) {
    if (configOperation !== setOperation && configOperation !== deleteOperation)
      throw new ProtocolError('INVALID_CONFIG', `Settings can be set and deleted here, not appended to: ${name}`);
    merged.set(name, configOperation === setOperation ? value : null);
  }
  return parseTopicSettings([...merged].map(([name, value]) => ({ name, value })));
}
