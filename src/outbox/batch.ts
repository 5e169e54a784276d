/** Effects that leave in one go where their platform takes several at once: one flow, and an outcome for each. */
import type { Connector, Credentials, Effect, EffectContext, Flow } from '../connectors/connector';
import type { OutboxRow } from '../domain/book';
import { fault } from '../http/faults';
import type { Fault } from '../http/types';
import type { Rendered } from './rendered';

/** One row on its way, with everything that its effect needs. */
export interface Sending {
  readonly row: OutboxRow;
  readonly effect: Effect;
  readonly connector: Connector;
  readonly credentials: Credentials;
  readonly context: EffectContext;
  readonly rendered?: Rendered;
}

export interface Group {
  readonly sendings: readonly Sending[];
  readonly connector: Connector;
  readonly credentials: Credentials;
  /** One outcome for each of the sendings, in order. */
  readonly flow: Flow<readonly (string | Fault)[]>;
}

/** What goes alone is a group of one. The order within a group is that of the rows. */
export function batched(sendings: readonly Sending[]): readonly Group[] {
  const groups = new Map<string, Sending[]>();
  sendings.forEach((sending, index) => {
    const name = nameOf(sending, index);
    const known = groups.get(name);
    if (known) known.push(sending);
    else groups.set(name, [sending]);
  });
  return [...groups.values()].flatMap((group) => cut(group).map(groupOf));
}

/** Only effects of one kind, with the same keys, that their connector puts together. */
function nameOf({ row, effect, connector, credentials, context }: Sending, index: number): string {
  const together = effect.batch?.together(context);
  if (together === undefined) return `alone ${index}`;
  return JSON.stringify([connector.id, row.kind, Object.values(credentials), together]);
}

function cut(group: readonly Sending[]): readonly (readonly Sending[])[] {
  const most = group[0]?.effect.batch?.most ?? 1;
  const parts: Sending[][] = [];
  group.forEach((sending, at) => {
    if (at % most === 0) parts.push([]);
    parts[parts.length - 1]?.push(sending);
  });
  return parts;
}

function groupOf(sendings: readonly Sending[]): Group {
  const [first] = sendings as readonly [Sending, ...Sending[]];
  const { connector, credentials } = first;
  return { sendings, connector, credentials, flow: flowOf(sendings, first) };
}

function* flowOf(sendings: readonly Sending[], { effect }: Sending): Flow<readonly (string | Fault)[]> {
  const contexts = sendings.map(({ context }) => context);
  const [only] = contexts;
  if (!effect.batch || (contexts.length === 1 && only)) return [yield* effect.run(only as EffectContext)];
  const came = yield* effect.batch.run(contexts);
  const short = fault('malformed', `Rent Ledger bug: ${came.length} outcomes of ${contexts.length} effects.`);
  return contexts.map((_, at) => came[at] ?? short);
}
