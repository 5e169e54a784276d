/** Every screen of the sidebar: its title, who may use it, and what it draws. */
import type { FunctionComponent } from 'preact';
import type { Role } from '../../src/api/desk/told';
import type { Params, ScreenName } from '../route';
import { Approve } from './approve';
import { Help } from './help';
import { Override } from './override';
import { Reconcile } from './reconcile';
import { Record as RecordPayment } from './record';

export interface Screen {
  readonly title: string;
  readonly needs: Role;
  readonly Body: FunctionComponent<{ readonly params: Params }>;
}

export const SCREENS: Partial<Readonly<Record<ScreenName, Screen>>> = {
  record: { title: 'Record payment', needs: 'manager', Body: RecordPayment },
  override: { title: 'Override', needs: 'manager', Body: Override },
  approve: { title: 'Approve', needs: 'manager', Body: Approve },
  reconcile: { title: 'Reconcile', needs: 'manager', Body: Reconcile },
  help: { title: 'Help', needs: 'none', Body: Help },
};
