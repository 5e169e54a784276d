/** Small worlds in which residents can be written to: Slack's app, Twilio, SendGrid and DocuSign are connected as their owner would. */

import { chapter as docusign } from '../local/story/messages/docusign';
import { stageOf } from '../local/story/stage';
import type { GoogleSheetsState } from '../local/vendors/google-sheets';
import { googleSheetsPeople } from '../local/vendors/people';
import { API_KEY, SENDER } from '../local/vendors/sendgrid/state';
import { ALERTS_CHANNEL, SANDBOX_TOKEN } from '../local/vendors/slack';
import { ACCOUNT, KEY_SECRET, KEY_SID, SERVICE } from '../local/vendors/twilio/state';
import type { Applied } from '../src/api/desk/override';
import type { Refusal } from '../src/api/desk/told';
import { askApi, OWNER, type World } from './worlds';

let asked = 0;
/** A request id that was never used. */
export const fresh = (): string => `message-worlds-${String(asked++).padStart(6, '0')}`;

export type Came = Applied & Partial<Refusal>;
/** A change that the owner asks for, and what came of it. */
export const acted = (world: World, name: string, args: object): Came =>
  askApi<Came>(world, name, [{ request: fresh(), ...args }]);

function connect(world: World, platform: string, credentials: Readonly<Record<string, string>>): void {
  const { refused } = acted(world, 'connectPlatform', { platform, credentials });
  if (refused !== undefined) throw new Error(`${platform}: ${refused}`);
}

export const connectSlackApp = (world: World): void =>
  connect(world, 'slack', { SLACK_BOT_TOKEN: SANDBOX_TOKEN, SLACK_CHANNEL: ALERTS_CHANNEL });

export const connectTwilio = (world: World, more: Readonly<Record<string, string>> = {}): void =>
  connect(world, 'twilio', {
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_KEY_SID: KEY_SID,
    TWILIO_SECRET: KEY_SECRET,
    TWILIO_SENDER: SERVICE,
    ...more,
  });

export const connectSendgrid = (world: World): void =>
  connect(world, 'sendgrid', { SENDGRID_API_KEY: API_KEY, SENDGRID_REGION: 'global', SENDGRID_FROM: SENDER });

export const connectDocusign = (world: World): void => docusign.connect(stageOf(world, 'docusign', '2026-11-30'));

/** A spreadsheet that somebody has shared with the owner. */
export function connectSheets(world: World): void {
  const state = world.vendorState<GoogleSheetsState>('google-sheets');
  const file = { title: 'Portfolio', owner: 'accountant@example.com', tabs: { Residents: ['Lease', 'Balance'] } };
  const id = googleSheetsPeople.makeSpreadsheet(state, file, world.now);
  googleSheetsPeople.share(state, id, OWNER, 'writer');
  connect(world, 'google-sheets', { SHEETS_SPREADSHEET: `https://docs.google.com/spreadsheets/d/${id}/edit` });
}
