/** The sidebar's calls, as the contract names them: one that is missing, or takes or gives something else, does not compile. */
import type { DeskCalls } from '../call';
import { actCalls } from './calls/act';
import { moneyCalls } from './calls/money';
import { readCalls } from './calls/read';
import { setupCalls } from './calls/setup';

export const DESK_CALLS: DeskCalls = { ...readCalls, ...actCalls, ...moneyCalls, ...setupCalls };
