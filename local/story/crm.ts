/** The CRM story: a month in which people at CRMs and property systems see how leases stand, do tasks, and correct what they know. */
import type { Chapter } from './chapter';
import { chapter as appfolio } from './crm/appfolio';
import { chapter as dynamics365 } from './crm/dynamics-365';
import { chapter as hubspot } from './crm/hubspot';
import { chapter as monday } from './crm/monday';
import { chapter as pipedrive } from './crm/pipedrive';
import { chapter as rentmanager } from './crm/rentmanager';
import { chapter as salesforce } from './crm/salesforce';
import { chapter as yardiBreeze } from './crm/yardi-breeze';
import type { Story } from './play';

const chapters: readonly Chapter[] = [
  // One line for each platform.
  salesforce,
  hubspot,
  dynamics365,
  monday,
  appfolio,
  pipedrive,
  yardiBreeze,
  rentmanager,
];

export const crm: Story = {
  name: 'crm',
  title: 'CRM and property systems',
  first: '2026-11-30',
  last: '2026-12-31',
  chapters,
  settings: { Reminders: 'on', 'Quiet hours': '21:00-08:00' },
};
