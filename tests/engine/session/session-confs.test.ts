import { expect, test } from 'vitest';
import { SessionConfs } from '../../../engine/session/session-confs.ts';

test('a time zone must be one', () => {
  const confs = new SessionConfs('Europe/Madrid');
  confs.set('spark.sql.session.timeZone', '+02:00');
  expect(confs.get('spark.sql.session.timeZone')).toBe('+02:00');
  expect(() => confs.set('spark.sql.session.timeZone', 'Marte/Olimpo')).toThrow(
    "'Marte/Olimpo' in spark.sql.session.timeZone is invalid. Cannot resolve the given timezone with ZoneId.of(_, ZoneId.SHORT_IDS)",
  );
});

test('the settings of the builder stay known whatever is set later', () => {
  const confs = new SessionConfs('Europe/Madrid');
  confs.start({ 'spark.mongodb.database': 'iabd' });
  confs.set('spark.mongodb.database', 'otra');
  confs.set('spark.mongodb.collection', 'bizums');
  expect(confs.get('spark.mongodb.database')).toBe('otra');
  expect(confs.initial('spark.mongodb.database')).toBe('iabd');
  expect(confs.clone().initial('spark.mongodb.database')).toBe('iabd');
  expect(confs.initial('spark.mongodb.collection')).toBeUndefined();
});
