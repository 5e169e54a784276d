/** The manager of the year: records checks and cash, gives credit, waives, takes a check back that bounced, says whose money it is. */
import { rowsOf } from '../../../local/cli/tabs';
import { type Actor, anyOf, type Scene } from './scene';
import { chapters } from './world';

type Row = Readonly<Record<string, string>>;

const leases = (scene: Scene): readonly string[] =>
  [...rowsOf(scene.world, 'Leases')].map((row) => row['Lease ID'] ?? '').filter((id) => id !== '');

const records: Actor = (scene) => {
  const lease = scene.chance.of(leases(scene));
  const reference = String(scene.chance.whole(100, 999_999));
  const amount = `${scene.chance.whole(20, 900)}.${scene.chance.of(['00', '50', '99'])}`;
  scene.wish('recordOne', { lease, amount, method: scene.chance.of(['check', 'money order']), reference });
  scene.did('manager records');
};

function act(scene: Scene, wanted: Readonly<Record<string, unknown>>): void {
  const shown = scene.ask<{ version: string; typeAmount?: string }>('preview', { act: wanted });
  if (!shown) return;
  const typed = shown.typeAmount ? { typed: shown.typeAmount } : {};
  const applied = scene.wish<{ undo?: string }>('apply', { act: wanted, before: { version: shown.version }, ...typed });
  scene.did(`manager ${String(wanted.kind)}`);
  if (applied?.undo && scene.chance.is(0.3)) undo(scene, applied.undo);
}

function undo(scene: Scene, what: string): void {
  const shown = scene.ask<{ version: string }>('previewUndo', { what });
  if (!shown) return;
  scene.wish('undo', { what, reason: 'the wrong lease', before: { version: shown.version } });
  scene.did('manager undoes');
}

interface OpenLine {
  readonly key: string;
}

const onCharge: Actor = (scene) => {
  const lease = scene.chance.of(leases(scene));
  const view = scene.ask<{ open: readonly OpenLine[] }>('lease', { lease });
  const charge = view && anyOf(scene, view.open)?.key;
  if (!charge) return;
  const reason = 'agreed on the phone';
  act(
    scene,
    scene.chance.of([
      { kind: 'waive', lease, charge, amount: '25.00', reason },
      { kind: 'waive', lease, charge, reason },
      { kind: 'due', lease, charge, to: scene.day, reason },
      { kind: 'adjust', lease, charge, to: `${scene.chance.whole(100, 900)}.00`, reason },
    ]),
  );
};

const extra: Actor = (scene) => {
  const lease = scene.chance.of(leases(scene));
  const reason = 'agreed on the phone';
  act(
    scene,
    scene.chance.of([
      { kind: 'credit', lease, amount: '50.00', reason },
      { kind: 'charge', lease, type: 'parking', amount: '80.00', due: scene.day, reason },
    ]),
  );
};

/** A check that was recorded by hand comes back from the bank. */
const bounces: Actor = (scene) => {
  const isManual = (row: Row) => (row.Key ?? '').startsWith('manual:') && row.State === 'settled';
  const row = anyOf(scene, rowsOf(scene.world, 'Receipts'), isManual);
  if (!row) return;
  const { Key: receipt, 'Lease ID': lease } = row;
  act(scene, { kind: 'reverse', lease, receipt, because: 'returned', reason: 'The bank returned it' });
};

interface Queue {
  readonly items: readonly {
    readonly receipt: { readonly key: string; readonly payer: string };
    readonly candidates: readonly { readonly lease: { readonly lease: string } }[];
    readonly version: string;
  }[];
}

const KNOWN: Readonly<Record<string, string>> = { 'Nora Fielding': 'PL-2', 'Jon Novak': 'PP-2' };

/** Payments that wait for a person are given to the lease of their payer. */
export const reconciles: Actor = (scene) => {
  for (const { receipt, version } of scene.ask<Queue>('queue')?.items ?? []) {
    const lease = KNOWN[receipt.payer];
    if (!lease) throw new Error(`nobody knows whose money ${receipt.key} of ${receipt.payer} is`);
    scene.wish('reconcile', { receipt: receipt.key, as: { kind: 'match', lease, remember: false, version } });
    scene.did('manager reconciles');
  }
};

/** Differences that a person can have put right are put right. */
export const fixes: Actor = (scene) => {
  const about = (platform: string) => (row: Row) =>
    (row.Key ?? '').startsWith(`task:drift:${platform}:`) && row.State === 'open';
  for (const { platform } of chapters) {
    if (![...rowsOf(scene.world, 'Tasks')].some(about(platform))) continue;
    scene.wish('fixDifferences', { platform });
    scene.did(`manager fixes ${platform}`);
  }
};

export const manager: Actor = (scene) => {
  if (scene.chance.is(0.5)) scene.chance.of([records, records, onCharge, extra, bounces])(scene);
  if (scene.chance.is(0.3)) reconciles(scene);
  if (scene.chance.is(0.25)) fixes(scene);
};
