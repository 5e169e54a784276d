/** Calls of the sidebar: what the screens show, runs, and connections. */
import { count, day, flag, oneOf, optional, record, requestId, text, texts } from '../../args';
import { beginBankLink, endBankLink } from '../../bank-links';
import { type DeskCalls, desk } from '../../call';
import { connections, connectPlatform, pausePlatform, removePlatform, testPlatform } from '../../connections';
import { beginSignIn } from '../../sign-in';
import { today } from '../../today';
import { breezeCheck, breezeFile } from '../breeze-files';
import { setContact } from '../contacts';
import { fixDifferences } from '../differences';
import { evidence } from '../evidence';
import { findLeases } from '../find';
import { leaseView } from '../lease-view';
import { logCsv, logPage } from '../log-page';
import { mapping } from '../mapping';
import { platformAct, platformList, propertyChannel } from '../platform-acts';
import { platformFields } from '../platform-fields';
import { rehearse } from '../rehearsal';
import { roster, takeRoster } from '../roster';
import { progress, startRun, stopRun } from '../run-calls';
import { selection } from '../selection';
import { verifyPacket } from '../verify-packet';

const none = () => record({});

const logQuery = () =>
  record({
    person: optional(text),
    run: optional(text),
    lease: optional(text),
    group: optional(text),
    errors: optional(flag),
    text: optional(text),
    from: optional(day),
    until: optional(day),
    before: optional(count),
  });

export const readCalls = {
  today: desk<'today'>('viewer', none, today),
  selection: desk<'selection'>('viewer', none, selection),
  findLeases: desk<'findLeases'>('viewer', () => record({ text }), findLeases),
  lease: desk<'lease'>('viewer', () => record({ lease: text, whole: optional(flag) }), leaseView),
  log: desk<'log'>('viewer', logQuery, logPage),
  logCsv: desk<'logCsv'>('viewer', logQuery, logCsv),
  evidence: desk<'evidence'>(
    'manager',
    () => record({ request: requestId, lease: text, from: optional(day), until: optional(day) }),
    evidence,
  ),
  verifyPacket: desk<'verifyPacket'>('viewer', () => record({ text }), verifyPacket),
  connections: desk<'connections'>('viewer', none, connections),
  progress: desk<'progress'>('viewer', none, progress),
  startRun: desk<'startRun'>(
    'manager',
    () => record({ request: requestId, job: oneOf('daily', 'poll', 'deliver') }),
    startRun,
  ),
  stopRun: desk<'stopRun'>('manager', none, stopRun),
  connectPlatform: desk<'connectPlatform'>(
    'owner',
    () => record({ request: requestId, platform: text, credentials: record({}, text) }),
    connectPlatform,
  ),
  signIn: desk<'signIn'>('owner', () => record({ platform: text, credentials: record({}, text) }), beginSignIn),
  fixDifferences: desk<'fixDifferences'>('owner', () => record({ request: requestId, platform: text }), fixDifferences),
  beginBankLink: desk<'beginBankLink'>(
    'owner',
    () => record({ platform: text, purpose: oneOf('feed', 'pay'), lease: optional(text), item: optional(text) }),
    beginBankLink,
  ),
  endBankLink: desk<'endBankLink'>('owner', () => record({ link: text }), endBankLink),
  testPlatform: desk<'testPlatform'>('owner', () => record({ platform: text }), testPlatform),
  platformList: desk<'platformList'>('owner', () => record({ platform: text, list: text }), platformList),
  platformFields: desk<'platformFields'>(
    'owner',
    () => record({ request: requestId, platform: text, values: record({}, text) }),
    platformFields,
  ),
  platformAct: desk<'platformAct'>(
    'owner',
    () => record({ request: requestId, platform: text, kind: text, value: optional(text) }),
    platformAct,
  ),
  propertyChannel: desk<'propertyChannel'>(
    'owner',
    () => record({ request: requestId, property: text, channel: text, name: optional(text) }),
    propertyChannel,
  ),
  setContact: desk<'setContact'>(
    'manager',
    () => record({ request: requestId, kind: oneOf('email', 'sms'), address: text, as: oneOf('good', 'opted out') }),
    setContact,
  ),
  mapping: desk<'mapping'>('owner', () => record({ platform: text, lease: optional(text) }), mapping),
  rehearse: desk<'rehearse'>('owner', () => record({ platform: text, kind: text, lease: text }), rehearse),
  roster: desk<'roster'>('owner', () => record({ platform: text }), roster),
  takeRoster: desk<'takeRoster'>(
    'owner',
    () => record({ request: requestId, platform: text, version: text, ids: texts }),
    takeRoster,
  ),
  breezeFile: desk<'breezeFile'>(
    'manager',
    () =>
      record({
        kind: oneOf('receipts', 'charges', 'journal'),
        from: day,
        until: day,
        cash: optional(text),
        receivable: optional(text),
        income: optional(text),
      }),
    breezeFile,
  ),
  breezeCheck: desk<'breezeCheck'>('manager', () => record({ text }), breezeCheck),
  pausePlatform: desk<'pausePlatform'>(
    'owner',
    () => record({ request: requestId, platform: text, paused: flag }),
    pausePlatform,
  ),
  removePlatform: desk<'removePlatform'>('owner', () => record({ request: requestId, platform: text }), removePlatform),
} satisfies Partial<DeskCalls>;
