/** Every screen of the sidebar: its title, who may use it, and what it draws. */
import type { FunctionComponent } from 'preact';
import type { Role } from '../../src/api/desk/told';
import type { Params, ScreenName } from '../route';
import { Help } from './help';

export interface Screen {
  readonly title: string;
  readonly needs: Role;
  readonly Body: FunctionComponent<{ readonly params: Params }>;
}

export const SCREENS: Partial<Readonly<Record<ScreenName, Screen>>> = {
  help: { title: 'Help', needs: 'none', Body: Help },
};
