/** The sidebar's calls, as the contract names them. */
import type { Call } from '../call';
import { actCalls } from './calls/act';
import { moneyCalls } from './calls/money';
import { readCalls } from './calls/read';
import { setupCalls } from './calls/setup';

export const DESK_CALLS: Readonly<Record<string, Call>> = { ...readCalls, ...actCalls, ...moneyCalls, ...setupCalls };
