/** A lease's open items as one compact cell of the Openings tab, and back. */
import type { FeeRest, LeaseState, Plan } from '../domain/book';
import { type Cents, type Day, type Key, leaseId } from '../domain/values';

type Row = readonly (string | number | null)[];

/** One part of a close. What fits one call is one part; more parts are laid ready, and the last one puts them in force. */
export interface OpeningsPart {
  readonly month: string;
  readonly rows: readonly (readonly [name: string, text: string])[];
  readonly first: boolean;
  /** Every lease's state, with the last part: from then on the journal is read only from there. */
  readonly inForce?: readonly LeaseState[];
}

/** A row calls back about 1.3 times its text, for the quotes in it; 10 MB is the most that one call takes. */
const PART_CHARACTERS = 6_500_000;

/** The states as parts that each fit one call. Rows of several parts carry the month that State must have reached. */
export function openingParts(
  month: string,
  states: readonly LeaseState[],
  charactersMax = PART_CHARACTERS,
): readonly OpeningsPart[] {
  const parts: [string, string][][] = [[]];
  let characters = 0;
  for (const state of states) {
    const text = openingText(state);
    characters += text.length;
    if (characters > charactersMax && (parts[parts.length - 1]?.length ?? 0) > 0) {
      parts.push([]);
      characters = text.length;
    }
    parts[parts.length - 1]?.push([state.lease, text]);
  }
  return parts.map((rows, index) => ({
    month,
    rows: parts.length === 1 ? rows : rows.map(([lease, text]) => [`${month}${MARK}${lease}`, text] as const),
    first: index === 0,
    ...(index === parts.length - 1 ? { inForce: states } : {}),
  }));
}

/** No lease id has this sign. */
const MARK = '>';

/** The lease that a row of Openings is about; undefined for a row of a close that has not come to its end. */
export function openingLease(name: string, closedMonth: string): string | undefined {
  const at = name.indexOf(MARK);
  if (at < 0) return name;
  return name.slice(0, at) <= closedMonth ? name.slice(at + 1) : undefined;
}

/** Short arrays instead of named fields: ten thousand leases must fit one request. */
export function openingText(state: LeaseState): string {
  const charges = state.charges.map((charge) => [
    charge.key,
    charge.type,
    charge.due,
    charge.totalCents,
    charge.openCents,
    charge.about ?? '',
    charge.feeCents,
    charge.feeOn ?? '',
    charge.covers.map((cover) => [cover.on, cover.amountCents, cover.source, ...(cover.credit ? [1] : [])]),
    ...(charge.rests ? [charge.rests.map((rest) => [rest.from, rest.until ?? ''])] : []),
  ]);
  return JSON.stringify([
    state.balanceCents,
    charges,
    state.unspent.map((each) => [each.source, each.kind, each.on, each.leftCents]),
    state.depositHeldCents,
    state.periods.map((each) => [each.line, each.from, each.until, each.rateCents, each.amountCents, each.charge]),
    state.once,
    state.rungs.map((each) => [each.rung, each.about, each.on, each.times]),
    state.released,
    state.disputed,
    state.pauses.map((each) => [each.type, each.about ?? '']),
    ...(state.plan ? [planParts(state.plan)] : []),
  ]);
}

/** Undefined when the cell is not what this add-on wrote. */
export function openingFrom(lease: string, text: string): LeaseState | undefined {
  let parts: readonly unknown[];
  try {
    parts = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (
    !Array.isArray(parts) ||
    (parts.length !== 10 && parts.length !== 11) ||
    parts.slice(1).some((part, index) => index !== 2 && !Array.isArray(part))
  )
    return undefined;
  const [balance, charges, unspent, held, periods, once, rungs, released, disputed, pauses, plan] = parts as [
    number,
    Row[],
    Row[],
    number,
    Row[],
    string[],
    Row[],
    string[],
    string[],
    Row[],
    PlanParts?,
  ];
  return {
    lease: leaseId(lease),
    balanceCents: balance as Cents,
    charges: charges.map(chargeFrom),
    unspent: unspent.map(([source, kind, on, left]) => ({
      source: source as Key,
      kind: kind === 'credit' ? 'credit' : 'receipt',
      on: on as Day,
      leftCents: left as Cents,
    })),
    depositHeldCents: held as Cents,
    periods: periods.map(([line, from, until, rate, amount, charge]) => ({
      line: String(line),
      from: from as Day,
      until: until as Day,
      rateCents: rate as Cents,
      amountCents: amount as Cents,
      charge: charge as Key,
    })),
    once: once as Key[],
    rungs: rungs.map(([rung, about, on, times]) => ({
      rung: String(rung),
      about: about as Key,
      on: on as Day,
      times: Number(times),
    })),
    released,
    disputed: disputed as Key[],
    pauses: pauses.map(([type, about]) => ({
      type: type === 'plan' ? 'plan' : 'dispute',
      ...(about ? { about: about as Key } : {}),
    })),
    ...(plan ? { plan: planOf(plan) } : {}),
  };
}

type PlanParts = readonly [
  key: string,
  state: string,
  proposed: string,
  accepted: string,
  closed: string,
  instalments: Row[],
  feesPaused: number,
  graceDays: number,
  missedAllowed: number,
  signed: number,
  note: string,
  parts: Row[],
  credited: number,
  missed: string[],
  steps: number,
];

const planParts = (plan: Plan): PlanParts => [
  plan.key,
  plan.state,
  plan.proposedOn,
  plan.acceptedOn ?? '',
  plan.closedOn ?? '',
  plan.terms.instalments.map((each) => [each.due, each.amountCents]),
  plan.terms.feesPaused ? 1 : 0,
  plan.terms.graceDays,
  plan.terms.missedAllowed,
  plan.terms.agreed === 'by signature' ? 1 : 0,
  plan.terms.note,
  plan.parts.map((part) => [part.charge, part.amountCents]),
  plan.creditedCents,
  [...plan.missed],
  plan.steps,
];

function planOf(written: PlanParts): Plan {
  const [id, state, proposed, accepted, closed, instalments, paused, graceDays, missedAllowed, signed, note] = written;
  const [, , , , , , , , , , , parts, credited, missed, steps] = written;
  return {
    key: id as Key,
    state: state as Plan['state'],
    proposedOn: proposed as Day,
    ...(accepted ? { acceptedOn: accepted as Day } : {}),
    ...(closed ? { closedOn: closed as Day } : {}),
    terms: {
      instalments: instalments.map(([due, amount]) => ({ due: due as Day, amountCents: amount as Cents })),
      feesPaused: paused === 1,
      graceDays,
      missedAllowed,
      agreed: signed === 1 ? 'by signature' : 'on the page',
      note,
    },
    parts: parts.map(([charge, amount]) => ({ charge: charge as Key, amountCents: amount as Cents })),
    creditedCents: credited as Cents,
    missed: missed as Day[],
    steps,
  };
}

function chargeFrom([
  id,
  type,
  due,
  total,
  open,
  about,
  fee,
  feeOn,
  covers,
  rests,
]: Row): LeaseState['charges'][number] {
  return {
    key: id as Key,
    type: String(type),
    due: due as Day,
    totalCents: total as Cents,
    openCents: open as Cents,
    ...(about ? { about: about as Key } : {}),
    feeCents: fee as Cents,
    ...(feeOn ? { feeOn: feeOn as Day } : {}),
    covers: (covers as unknown as Row[]).map(([on, amount, source, credit]) => ({
      on: on as Day,
      amountCents: amount as Cents,
      source: source as Key,
      ...(credit === 1 ? { credit: true as const } : {}),
    })),
    ...(rests ? { rests: (rests as unknown as Row[]).map(restFrom) } : {}),
  };
}

const restFrom = ([from, until]: Row): FeeRest => ({ from: from as Day, ...(until ? { until: until as Day } : {}) });
