/** Every screen of the sidebar: its title, who may use it, and what it draws. */
import type { FunctionComponent } from 'preact';
import type { Role } from '../../src/api/desk/told';
import type { Params, ScreenName } from '../route';
import { Approve } from './approve';
import { Connections } from './connections';
import { Help } from './help';
import { Lease } from './lease';
import { Log } from './log';
import { Override } from './override';
import { Reconcile } from './reconcile';
import { Record as RecordPayment } from './record';
import { Run } from './run';
import { Setup } from './setup';
import { Today } from './today';

export interface Screen {
  readonly title: string;
  readonly needs: Role;
  readonly Body: FunctionComponent<{ readonly params: Params }>;
}

export const SCREENS: Readonly<Record<ScreenName, Screen>> = {
  record: { title: 'Record payment', needs: 'manager', Body: RecordPayment },
  override: { title: 'Override', needs: 'manager', Body: Override },
  approve: { title: 'Approve', needs: 'manager', Body: Approve },
  reconcile: { title: 'Reconcile', needs: 'manager', Body: Reconcile },
  today: { title: 'Today', needs: 'viewer', Body: Today },
  lease: { title: 'Lease', needs: 'viewer', Body: Lease },
  log: { title: 'Log', needs: 'viewer', Body: Log },
  connections: { title: 'Connections', needs: 'viewer', Body: Connections },
  run: { title: 'Runs', needs: 'viewer', Body: Run },
  setup: { title: 'Setup', needs: 'viewer', Body: Setup },
  help: { title: 'Help', needs: 'none', Body: Help },
};
