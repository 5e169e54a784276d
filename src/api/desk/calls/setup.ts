/** Calls of the sidebar: the setup wizard. */
import * as v from 'valibot';
import { flag, oneOf, optional, type Reader, record, text } from '../../args';
import { type DeskCalls, desk } from '../../call';
import type { HandOver, SetupFacts } from '../setup';
import { demoPortfolio } from '../setup/demo';
import { dryRun } from '../setup/dry-run';
import { saveFacts } from '../setup/facts';
import { handOver } from '../setup/hand-over';
import { previewMessage, testMessage } from '../setup/message';
import { revokePageLinks } from '../setup/page-links';
import { importRoll, mapHeaders } from '../setup/roll';
import { pauseAll, schedule, turnOn } from '../setup/switch';
import { setupView } from '../setup/view';

const short = v.pipe(v.string(), v.maxLength(1000));
const mapping = (): Reader<Record<string, string>> => record({}, short);
const from = (): Reader<{ text: string } | { tab: string }> =>
  v.union([v.strictObject({ text }), v.strictObject({ tab: short })]);
const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(31));
const step = oneOf('choose', 'leases', 'facts', 'connect', 'messages', 'dry run');

/** Fields that may be left out, and then are absent. */
const some = <const Name extends string>(...names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, v.optional(short)])) as Record<
    Name,
    v.OptionalSchema<typeof short, undefined>
  >;

const facts = () =>
  v.strictObject({
    ...some('zone', 'currency', 'booksOpenOn', 'senderName', 'digestTo'),
    ...some('managers', 'viewers', 'approvalLimit', 'quietHours'),
    property: v.optional(
      v.strictObject({
        name: short,
        ...some('address', 'zone', 'currency', 'jurisdiction', 'graceDays'),
        ...some('graceRule', 'lateFee', 'lateFeeCap', 'returnedFee', 'managerEmail'),
        confirm: v.optional(flag),
      }),
    ),
    done: v.optional(step),
  }) as Reader<SetupFacts>;

const handOverStep = () =>
  v.variant('kind', [
    v.strictObject({ kind: v.literal('offer'), to: short }),
    v.strictObject({ kind: v.literal('cancel') }),
    v.strictObject({ kind: v.literal('take') }),
    v.strictObject({ kind: v.literal('leave') }),
  ]) as Reader<HandOver>;

const message = { template: short, language: short, lease: optional(short) };
const request = short;

export const setupCalls = {
  setupView: desk<'setupView'>(
    'viewer',
    () => record({}),
    (app) => setupView(app),
  ),
  mapHeaders: desk<'mapHeaders'>(
    'manager',
    () =>
      v.union([
        v.strictObject({ text, mapping: v.optional(mapping()) }),
        v.strictObject({ tab: short, mapping: v.optional(mapping()) }),
      ]) as Reader<Parameters<typeof mapHeaders>[1]>,
    mapHeaders,
  ),
  previewMessage: desk<'previewMessage'>('manager', () => record(message), previewMessage),
  dryRun: desk<'dryRun'>('manager', () => record({ days, asItIs: optional(flag) }), dryRun),
  saveFacts: desk<'saveFacts'>('manager', () => record({ request, facts: facts() }), saveFacts),
  importRoll: desk<'importRoll'>('manager', () => record({ request, from: from(), mapping: mapping() }), importRoll),
  demoPortfolio: desk<'demoPortfolio'>('owner', () => record({ request, put: flag }), demoPortfolio),
  testMessage: desk<'testMessage'>(
    'manager',
    () => record({ request, ...message, phone: optional(short) }),
    testMessage,
  ),
  pauseAll: desk<'pauseAll'>('manager', () => record({ request, paused: flag }), pauseAll),
  turnOn: desk<'turnOn'>('owner', () => record({ request, on: flag }), turnOn),
  schedule: desk<'schedule'>('owner', () => record({ request, on: flag }), schedule),
  revokePageLinks: desk<'revokePageLinks'>('owner', () => record({ request }), revokePageLinks),
  // The former owner is a viewer by then: each step looks for itself who may.
  handOver: desk<'handOver'>('viewer', () => record({ request, step: handOverStep() }), handOver),
} satisfies Partial<DeskCalls>;
