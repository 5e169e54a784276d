/** The effects that keep the mirror's rows: each lease's standing, and each receipt with what the ledger made of it. */
import { fail, faultOf, raise } from '../../http/faults';
import type { Fault } from '../../http/types';
import type { Account, Effect, EffectContext, Flow } from '../connector';
import { receiptTold, standingTold } from '../told';
import { pageOf } from './api';
import { cellsOf, type Kind, NONE, payments, residents, titleOf } from './columns';
import type { Tab } from './tab';
import { type Line, upsert } from './upsert';

/** Rows that are written in one go. */
const MOST = 200;

/** An upsert by our key: whatever is lost or repeated, there is one row, and it says what was told last. */
function mirror<T>(kind: Kind<T>, read: (payload: EffectContext['payload']) => T): Effect {
  const lineOf = ({ payload }: EffectContext): Line | Fault => {
    try {
      const cells = cellsOf(kind, read(payload));
      const key = String(cells.get(kind.key)).trim();
      // Without a key it would be every empty row's.
      return key === '' ? fail('malformed', `What is told has no ${kind.key}, so it has no row.`) : { key, cells };
    } catch (error) {
      return faultOf(error);
    }
  };

  function* run(contexts: readonly EffectContext[]): Flow<readonly (string | Fault)[]> {
    const { account } = contexts[0] as EffectContext;
    const title = titleOf(kind, account);
    if (title === undefined) return contexts.map(() => NONE);
    const lines = contexts.map(lineOf);
    const tab = yield* upsert(account, kind, title, newest(kind, lines.filter(isLine)));
    return lines.map((line) => (isLine(line) ? refOf(account, tab, line) : line));
  }

  return {
    once: 'natural-id',
    batch: { most: MOST, together: () => kind.name, run },
    *run(context) {
      const [outcome] = yield* run([context]);
      return typeof outcome === 'string' ? outcome : raise(outcome as Fault);
    },
  };
}

const isLine = (line: Line | Fault): line is Line => 'cells' in line;

/** The last word on each key: what has the later day, and of one day what comes later. */
function newest<T>({ day }: Kind<T>, lines: readonly Line[]): readonly Line[] {
  const last = new Map<string, Line>();
  const dayOf = (line?: Line): string => String((day && line?.cells.get(day)) ?? '');
  for (const line of lines) if (dayOf(line) >= dayOf(last.get(line.key))) last.set(line.key, line);
  return [...last.values()];
}

/** The key, in one word, and where it can be looked at. */
const refOf = (account: Account, tab: Tab, { key }: Line): string =>
  `${key.replace(/\s+/g, '_')} ${pageOf(account, tab.sheetId)}`;

export const standing = mirror(residents, standingTold);
export const receipt = mirror(payments, receiptTold);
