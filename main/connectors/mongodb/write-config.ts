import type { W, WriteConcernSettings } from 'mongodb';
import type { SourceOptions } from '../../../engine/api/source.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { configError } from './connector-errors.ts';
import { connectorOptions, flagOption, integerOption, type ConnectorOptions } from './connector-options.ts';
import type { WriteRules } from './write-value.ts';

export type OperationType = 'insert' | 'replace' | 'update';
export type WriteConfig = {
  readonly options: ConnectorOptions;
  readonly operationType: OperationType;
  readonly writeConcern: WriteConcernSettings;
};

const operationTypes: readonly OperationType[] = ['insert', 'replace', 'update'];

/** What Spark checks while it plans a write. Throws `ConfigException`. */
export function writeConfig(given: SourceOptions, applicationConf: (key: string) => string | undefined): WriteConfig {
  const options = connectorOptions('write', given, applicationConf);
  const writeConcern = writeConcernOf(options);
  const typed = options.get('operationType') ?? 'replace';
  const operationType = operationTypes.find((each) => each === typed.toLowerCase());
  if (operationType === undefined) throw configError(`'${typed}' is not a valid Write Operation Type`);
  return { options, operationType, writeConcern };
}

function writeConcernOf(options: ConnectorOptions): WriteConcernSettings {
  const w = options.get('writeConcern.w');
  try {
    return {
      ...(w === undefined ? {} : { w: /^[+-]?\d+$/.test(w) ? Number(w) : (w as W) }),
      ...(options.get('writeConcern.journal') === undefined
        ? {}
        : { journal: flagOption(options, 'writeConcern.journal', false) }),
      ...(options.get('writeConcern.wTimeoutMS') === undefined
        ? {}
        : { wtimeoutMS: integerOption(options, 'writeConcern.wTimeoutMS', -1) }),
    };
  } catch (error) {
    if (error instanceof SparkError) throw configError('Invalid write concern configuration.', error);
    throw error;
  }
}

const convertJsonNames: Readonly<Record<string, WriteRules['convertJson']>> = {
  false: 'none',
  any: 'any',
  true: 'any',
  objectorarrayonly: 'object_or_array_only',
  object_or_array_only: 'object_or_array_only',
};

/** What each task of a write checks, also one without rows. */
export type TaskSettings = WriteRules & {
  readonly isOrdered: boolean;
};

export function taskSettings({ options }: WriteConfig, zone: string): TaskSettings {
  const typed = options.get('convertJson') ?? 'false';
  const convertJson = convertJsonNames[typed.toLowerCase()];
  if (convertJson === undefined) throw configError(`'${typed}' is not a valid Convert Json Type`);
  return {
    convertJson,
    ignoreNulls: flagOption(options, 'ignoreNullValues', false),
    zone,
    isOrdered: flagOption(options, 'ordered', true),
  };
}
