/** What vendors of messages have got, and what is known of it here: for worlds that are to come to the same end. */
import * as sheets from '../../local/vendors/google-sheets/people';
import type { HubspotState } from '../../local/vendors/hubspot/state';
import type { SlackState } from '../../local/vendors/slack/state';
import { tabOf, type World } from '../worlds';
import {
  azureState,
  MIRROR_TAB,
  mailgunState,
  mirrorFile,
  sendgridState,
  sheetsState,
  twilioState,
} from './carriers-world';

interface Body {
  readonly id: string;
}

/** What a record there got with its number and its moments. */
const STAMPS = /^hs_object_id$|date$|^hs_timestamp$/;

/** By vendor, for those that somebody has connected. */
const GOT: Readonly<Record<string, (world: World) => readonly string[]>> = {
  sendgrid(world) {
    const { messages, holds } = sendgridState(world).accounts.global;
    const isHeld = (batch: string | null) => holds.some((hold) => hold.batch_id === batch && hold.status === 'cancel');
    return messages.filter(({ batchId }) => !isHeld(batchId)).map(({ to, subject }) => `${to} ${subject}`);
  },
  mailgun: (world) => mailgunState(world).mails.map(({ recipient, subject }) => `${recipient} ${subject}`),
  twilio: (world) =>
    Object.values(twilioState(world).messages)
      .filter(({ direction, status }) => direction === 'outbound-api' && status !== 'canceled')
      .map(({ to, body }) => `${to} ${body}`),
  slack: (world) =>
    world
      .vendorState<SlackState>('slack')
      .messages.filter(({ via }) => via === 'api')
      .map(({ text, threadTs }) => `${threadTs === null ? '' : 'in a thread: '}${text}`),
  'google-sheets': (world) =>
    sheets.records(sheetsState(world), mirrorFile(world), MIRROR_TAB).map((row) => JSON.stringify(row)),
  hubspot(world) {
    const { contacts, tasks } = world.vendorState<HubspotState>('hubspot');
    const live = [...contacts, ...tasks].filter(({ archived }) => !archived);
    return live.map(({ properties }) =>
      JSON.stringify(
        Object.entries(properties)
          .filter(([name]) => !STAMPS.test(name))
          .sort(),
      ),
    );
  },
  'azure-logic-apps': (world) =>
    azureState(world)
      .workflows.flatMap(({ runs }) => runs)
      .map(({ triggerOutputs }) => (triggerOutputs.body as Body).id),
};

/** Every line stands there as often as it was got. */
export function gotten(world: World): readonly string[] {
  const lines = Object.entries(GOT).flatMap(([vendor, got]) =>
    world.state.vendors[vendor] === undefined ? [] : got(world).map((line) => `${vendor}: ${line}`),
  );
  return lines.sort();
}

/** How each row of the Outbox ended, without the moment; and what is known of addresses. */
export const knownEnds = (world: World): readonly string[] => [
  ...tabOf(world, 'Outbox')
    .map((row) => `${row.Key}: ${/^[a-z ]+(?= \d{4}-)/.exec(row.Delivery ?? '')?.[0] ?? ''}`)
    .sort(),
  ...tabOf(world, 'Contacts')
    .map((row) => `${row.Address} ${row.State} ${row.By} ${row.Detail}`)
    .sort(),
];
