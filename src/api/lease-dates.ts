/** The end of a lease, set by a person: moving out and renewing write the Leases tab in their name. */
import type { App } from '../run/app';
import { type Acted, actUnseen } from './act';

/** Sets the last day lived in, in the person's name; refused where it would orphan money that was received. */
export const moveOut = (app: App, act: { lease: string; end: string; reason: string }): Acted =>
  actUnseen(app, { ...act, kind: 'move out' });

/** The same term once more, from the day after its end. */
export const renew = (app: App, act: { lease: string; reason: string }): Acted =>
  actUnseen(app, { ...act, kind: 'renew' });
