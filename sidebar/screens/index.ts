/** Every screen of the sidebar: its title, who may use it, and what it draws. */
import type { FunctionComponent } from 'preact';
import type { Role } from '../../src/api/desk/told';
import type { Params, ScreenName } from '../route';
import { Connections } from './connections';
import { Help } from './help';
import { Lease } from './lease';
import { Log } from './log';
import { Run } from './run';
import { Today } from './today';

export interface Screen {
  readonly title: string;
  readonly needs: Role;
  readonly Body: FunctionComponent<{ readonly params: Params }>;
}

export const SCREENS: Partial<Readonly<Record<ScreenName, Screen>>> = {
  today: { title: 'Today', needs: 'viewer', Body: Today },
  lease: { title: 'Lease', needs: 'viewer', Body: Lease },
  log: { title: 'Log', needs: 'viewer', Body: Log },
  connections: { title: 'Connections', needs: 'viewer', Body: Connections },
  run: { title: 'Runs', needs: 'viewer', Body: Run },
  help: { title: 'Help', needs: 'none', Body: Help },
};
