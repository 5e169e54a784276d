/** `verify`: the invariants of the ledger and the chain of the log, or an evidence packet; exit 1 and the reasons when broken. */

import type { World } from '../../world';
import { askApi } from '../api';
import { fromCwd, withBook } from '../book';
import { Refused } from '../errors';
import { bookRequest, type Outcome, type Verb } from '../verb';
import { count } from '../words';
import { decodeText, readBytes } from './import';

interface Verdict {
  readonly ok: boolean;
  readonly problems: readonly string[];
  readonly checked: { readonly entries: number; readonly log: number; readonly leases: number };
}

export const verifyVerb: Verb = {
  name: 'verify',
  usage: 'verify --book BOOK [--packet FILE]',
  about:
    'checks the invariants and the log chain, or an evidence packet against them; exit 1 and the reasons when broken',
  operands: [0, 0],
  options: ['packet'],
  run: async (call) => {
    const { packet } = call.words.values;
    const text = packet === undefined ? undefined : decodeText(readBytes(fromCwd(call.io, packet)));
    return withBook(call.io, bookRequest(call), ({ world }) => {
      if (text !== undefined) return packetOutcome(world, text);
      const verdict = askApi<Verdict>(world, 'verify');
      const { entries, log, leases } = verdict.checked;
      const looked = `${count(entries, 'ledger entry', 'ledger entries')}, ${count(log, 'log row')}, ${count(leases, 'lease')}`;
      const lines = verdict.ok
        ? [`All is well: ${looked}.`]
        : [
            `${count(verdict.problems.length, 'problem')} in ${looked}:`,
            ...verdict.problems.map((each) => `  ${each}`),
          ];
      return { exit: verdict.ok ? 0 : 1, json: verdict, lines };
    });
  },
};

interface PacketVerdict {
  readonly ok: boolean;
  readonly says: string;
  readonly differences: readonly string[];
}

function packetOutcome(world: World, text: string): Outcome {
  const verdict = askApi<PacketVerdict | { readonly refused: string }>(world, 'verifyPacket', [{ text }]);
  if ('refused' in verdict) throw new Refused(verdict.refused);
  const others = verdict.differences.slice(1).map((each) => `  ${each}`);
  return { exit: verdict.ok ? 0 : 1, json: verdict, lines: [verdict.says, ...others] };
}

interface Repaired {
  readonly repaired: boolean;
  readonly found: readonly string[];
}

/** `repair`: Openings and State anew from the Ledger as it stands; what verify had found is told. */
export const repairVerb: Verb = {
  name: 'repair',
  usage: 'repair --book BOOK',
  about: 'makes the hidden Openings and State anew from the Ledger, after a person looked at what verify says',
  operands: [0, 0],
  options: [],
  run: async (call) =>
    withBook(call.io, bookRequest(call), (book) => {
      const report = askApi<Repaired>(book.world, 'repair');
      book.touch();
      const found = report.found.map((each) => `  ${each}`);
      const head = report.repaired ? 'Repaired.' : 'Nothing was repaired.';
      const lines = found.length > 0 ? [`${head} Found:`, ...found] : [head];
      return { exit: report.repaired ? 0 : 1, json: report, lines };
    }),
};
