/** Reads a plain-text double-entry journal: checks that every transaction balances, and adds up each account. */
import { cents, plus, ZERO } from '../../src/domain/money';
import type { Cents } from '../../src/domain/values';

const LINE_END = 10;
const BLANK = 32;
const MINUS = 45;
const POINT = 46;
const ZERO_DIGIT = 48;

/** The amount that begins at `at`, in minor units: `-1000.00 USD`. Throws for anything else. */
function amountAt(text: string, at: number, end: number): Cents {
  const negative = text.charCodeAt(at) === MINUS;
  let units = 0;
  let decimals = -1;
  let place = negative ? at + 1 : at;
  for (; place < end; place++) {
    const code = text.charCodeAt(place);
    if (code === BLANK) break;
    if (code === POINT && decimals < 0) {
      decimals = 0;
      continue;
    }
    const digit = code - ZERO_DIGIT;
    if (digit < 0 || digit > 9) throw new Error(`not an amount: ${text.slice(at, end)}`);
    units = units * 10 + digit;
    if (decimals >= 0) decimals++;
  }
  if (decimals !== 2 || text.slice(place, end) !== ' USD') throw new Error(`not dollars: ${text.slice(at, end)}`);
  return cents(negative ? -units : units);
}

/** Balance of every account. Throws when a transaction does not balance or a line is not understood. */
export function balances(text: string): Map<string, Cents> {
  const found = new Map<string, Cents>();
  let open = ZERO;
  for (let at = 0; at < text.length; ) {
    let end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    const code = text.charCodeAt(at);
    if (code === BLANK) {
      const split = text.indexOf('  ', at + 4);
      if (split < 0 || split >= end) throw new Error(`a posting without an amount: ${text.slice(at, end)}`);
      const account = text.slice(at + 4, split);
      const amount = amountAt(text, split + 2, end);
      found.set(account, plus(found.get(account) ?? ZERO, amount));
      open = plus(open, amount);
    } else if (code !== LINE_END && end - at < 11) throw new Error(`not understood: ${text.slice(at, end)}`);
    else if (open !== 0) throw new Error(`unbalanced before: ${text.slice(at, end)}`);
    at = end + 1;
  }
  if (open !== 0) throw new Error('the last transaction is unbalanced');
  return found;
}
