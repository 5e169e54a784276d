/** Small worlds in which residents can be written to: Slack's app, Twilio, SendGrid and DocuSign are connected as their owner would. */

import { chapter as docusign } from '../local/story/messages/docusign';
import { stageOf } from '../local/story/stage';
import type { GoogleSheetsState } from '../local/vendors/google-sheets';
import { googleSheetsPeople, sendgridMailbox, twilioPeople } from '../local/vendors/people';
import { API_KEY, SENDER, type SendgridState } from '../local/vendors/sendgrid/state';
import { ALERTS_CHANNEL, SANDBOX_TOKEN } from '../local/vendors/slack';
import { ACCOUNT, KEY_SECRET, KEY_SID, SERVICE, type TwilioState } from '../local/vendors/twilio/state';
import type { Applied } from '../src/api/desk/override';
import type { Refusal } from '../src/api/desk/told';
import { askApi, ELM, HOUR, leapTo, leaseOf, liveDays, OWNER, type Row, smallWorld, type World } from './worlds';

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

const consent = { 'SMS consent': 'lease, clause 12, 2026-06-01' };
/** Phones of the told house. */
export const [WELL, STOPPED, DEAD] = ['+14155550151', '+14155550152', '+14155550153'] as const;

/**
 * December 8 in a house that is told by SendGrid and Twilio: L-1 takes mail, L-2 texts, the mailbox of L-3 is gone, L-4 has said STOP,
 * the phone of L-5 is dead, and O-1 lies in another house. Nobody has paid.
 */
export function toldHouse(settings: Row = {}): World {
  const OAK: Row = { ...ELM, Property: 'Oak Court' };
  const text = (Phone: string, more: Row = {}): Row => ({ Phone, 'Notify by': 'sms', ...consent, ...more });
  const world = smallWorld({
    on: '2026-11-30',
    properties: [ELM, OAK],
    leases: [
      leaseOf('L-1'),
      leaseOf('L-2', text('+1 (415) 555-0151')),
      leaseOf('L-3'),
      leaseOf('L-4', text(STOPPED)),
      leaseOf('L-5', text(DEAD, { 'Notify by': 'sms, else email' })),
      leaseOf('O-1', { Property: 'Oak Court' }),
    ],
    settings: {
      'Quiet hours': 'none',
      Reminders: 'on',
      'Mail by': 'sendgrid',
      'Texts by': 'twilio',
      'Text price': '0.0083 USD',
      Managers: 'meg@example.com (Elm House)',
      Viewers: 'vera@example.com',
      ...settings,
    },
  });
  connectSendgrid(world);
  connectTwilio(world);
  const [mail, phones] = [world.vendorState<SendgridState>('sendgrid'), world.vendorState<TwilioState>('twilio')];
  sendgridMailbox(mail, 'l-3@example.com', 'gone', world.now);
  twilioPeople.turnPhone(phones, DEAD, 'gone', world.now);
  liveDays(world, '2026-12-01', '2026-12-02');
  for (let at = world.now; at < Date.parse('2026-12-02T20:00:00Z'); at += HOUR) leapTo(world, at + HOUR);
  twilioPeople.textBack(phones, STOPPED, 'STOP', world.now);
  for (let at = world.now; at < Date.parse('2026-12-08T15:00:00Z'); at += 6 * HOUR) leapTo(world, at + 6 * HOUR);
  return world;
}
