/** `fail`: the switch that makes a platform fail, for a number of calls or until it is switched off. */
import type { VendorFault, VendorTrouble } from '../../faults';
import type { World } from '../../world';
import { withBook } from '../book';
import { UsageError } from '../errors';
import { bookRequest, operand, type Verb } from '../verb';
import { count } from '../words';

/** The words of the switch, and what a person is told that they mean. */
export const TROUBLES: Readonly<Record<string, { readonly what: VendorTrouble; readonly title: string }>> = {
  '401': { what: 'unauthorized', title: 'refuses the credentials (401)' },
  '402': { what: 'payment-required', title: 'wants to be paid first (402)' },
  '429': { what: 'busy', title: 'is too busy (429, try again after 30 s)' },
  '500': { what: 'server-error', title: 'breaks down (500)' },
  timeout: { what: 'timeout', title: 'does not answer' },
  slow: { what: 'slow', title: 'answers after 55 s' },
  truncated: { what: 'truncated', title: 'breaks off in the middle of its answer' },
};
const RETRY_SECONDS = 30;
const MOST_TIMES = 1000;

/** Makes the platform fail so many times from now on, or always; replaces what was switched on before. */
export function switchOn(world: World, vendor: string, kind: string, times: number | 'always'): void {
  const trouble = TROUBLES[kind];
  if (trouble === undefined)
    throw new UsageError(`"${kind}" is no failure. There is: ${Object.keys(TROUBLES).join(', ')}, off.`);
  world.faults.clear(vendor);
  const retry = trouble.what === 'busy' ? { retryAfterSeconds: RETRY_SECONDS } : {};
  const fault = { vendor, what: trouble.what, ...retry };
  if (times === 'always') world.faults.atVendor({ ...fault, when: 'always' });
  else for (let at = 0; at < times; at++) world.faults.atVendor({ ...fault, when: 'once' });
}

/** Throws {@link UsageError} when this world has no such platform. */
export function requireVendor(world: World, vendor: string): void {
  if (world.sandboxes.some((sandbox) => sandbox.id === vendor)) return;
  const all = world.sandboxes.map((sandbox) => sandbox.id).join(', ');
  throw new UsageError(`There is no platform "${vendor}" here. There is: ${all}.`);
}

/** What is switched on, as `stripe refuses the credentials (401), the next 2 calls`. */
export function armedFaults(world: World): string[] {
  const groups = new Map<string, { fault: VendorFault; times: number }>();
  for (const fault of world.faults.armed.vendors) {
    const name = `${fault.vendor} ${fault.what} ${JSON.stringify(fault.when)}`;
    const group = groups.get(name) ?? { fault, times: 0 };
    group.times += 1;
    groups.set(name, group);
  }
  return [...groups.values()].map(({ fault, times }) => `${fault.vendor} ${titleOf(fault)}, ${whenText(fault, times)}`);
}

function titleOf(fault: VendorFault): string {
  return Object.values(TROUBLES).find((trouble) => trouble.what === fault.what)?.title ?? `has trouble (${fault.what})`;
}

function whenText({ when }: VendorFault, times: number): string {
  if (when === 'always') return 'until switched off';
  if (when === 'once') return times === 1 ? 'the next call' : `the next ${times} calls`;
  return 'nth' in when ? `at call ${when.nth}` : `in ${Math.round(when.rate * 100)}% of calls`;
}

function readTimes(text: string | undefined): number | 'always' {
  if (text === undefined) return 'always';
  const times = /^\d+$/.test(text) ? Number(text) : 0;
  if (times >= 1 && times <= MOST_TIMES) return times;
  throw new UsageError(`--times must be a whole number from 1 to ${MOST_TIMES}; "${text}" is not one.`);
}

export const failVerb: Verb = {
  name: 'fail',
  usage: 'fail NAME 401|402|429|500|timeout|slow|truncated|off --book BOOK [--times N]',
  about: 'makes a platform fail, for N calls or until `off`',
  operands: [2, 2],
  options: ['times'],
  run: async (call) => {
    const [vendor, kind] = [operand(call, 0), operand(call, 1)];
    const times = readTimes(call.words.values.times);
    return withBook(call.io, bookRequest(call), (book) => {
      requireVendor(book.world, vendor);
      if (kind === 'off') book.world.faults.clear(vendor);
      else switchOn(book.world, vendor, kind, times);
      book.touch();
      const armed = armedFaults(book.world);
      const told = armed.length === 0 ? 'Every platform works.' : `${count(armed.length, 'switch', 'switches')} on:`;
      return { json: { ok: true, vendor, kind, times, armed }, lines: [told, ...armed.map((each) => `  ${each}`)] };
    });
  },
};
