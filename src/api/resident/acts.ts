/** All that can be done on a resident's page, and what each part shows there. A part adds its line. */
import type { App } from '../../run/app';
import type { ResidentAct } from './act';
import type { Pieces } from './build';
import type { OneLease } from './lease';

export const RESIDENT_ACTS: Readonly<Record<string, ResidentAct>> = {};

export const piecesOf = (_app: App, _one: OneLease): Pieces => ({});
