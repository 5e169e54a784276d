/** What people do at DocuSign's own pages: the owner with keys, consent and templates, residents with what they are to sign. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { decline, isOpen, settle, sign, turn, view, voidEnvelope } from './moves';
import { signIn } from './signin';
import {
  AUTH_HOSTS,
  DEMO_ACCOUNT,
  type DocusignState,
  type Envelope,
  type Environment,
  guid,
  type Integration,
  type Recipient,
  type Role,
  type Tab,
} from './state';

function integrationIn(state: DocusignState, environment: Environment): Integration {
  const found = state.integrations.find((one) => one.environment === environment);
  if (!found) throw new Error(`DocuSign has no application in ${environment}.`);
  return found;
}

/** The owner registers the address to which the page of consent leads back. */
export function registerRedirect(state: DocusignState, redirect: string, environment: Environment = 'demo'): void {
  integrationIn(state, environment).redirects.push(redirect);
}

/** The owner uploads the public half of a key made elsewhere. */
export function uploadKey(state: DocusignState, publicPem: string, environment: Environment = 'demo'): void {
  const key = createPublicKey(publicPem);
  if (key.asymmetricKeyType !== 'rsa') throw new Error('DocuSign takes RSA keys only.');
  integrationIn(state, environment).publicKeys.push(publicPem);
}

/** The owner presses Generate RSA. The private half is shown this once, in the older form (PKCS#1). */
export function generateKey(state: DocusignState, environment: Environment = 'demo'): string {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  uploadKey(state, publicKey.export({ type: 'spki', format: 'pem' }) as string, environment);
  return privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
}

/** The owner deletes the keys of the application. */
export function deleteKeys(state: DocusignState, environment: Environment = 'demo'): void {
  integrationIn(state, environment).publicKeys = [];
}

/** The owner opens the address of consent and accepts. Gives where the browser is led to. */
export function consent(state: DocusignState, url: string, nowMs: number): string {
  const host = new URL(url).hostname;
  const environment = host === AUTH_HOSTS.production ? 'production' : 'demo';
  const reply = signIn(state, environment, { method: 'GET', url, headers: {}, body: '' }, nowMs);
  const back = reply.headers.location;
  if (back === undefined) throw new Error(`DocuSign shows a page instead: ${reply.body}`);
  return back;
}

/** The owner takes the consent back, in the list of connected apps of their profile. */
export function withdrawConsent(state: DocusignState, environment: Environment = 'demo'): void {
  integrationIn(state, environment).consents = [];
  for (const [access, one] of Object.entries(state.tokens))
    if (one.environment === environment) delete state.tokens[access];
}

const GO_LIVE_CALLS = 20;

/** DocuSign reviews the calls made in demo, and promotes the application; key and consent must be given anew there. */
export function goLive(state: DocusignState): void {
  const demo = integrationIn(state, 'demo');
  if (demo.calls < GO_LIVE_CALLS) throw new Error(`DocuSign wants ${GO_LIVE_CALLS} successful calls first.`);
  if (state.flags.length > 0) throw new Error(`DocuSign found ${state.flags.length} calls against its polling rule.`);
  const { key, redirects } = demo;
  state.integrations.push({ key, environment: 'production', redirects, publicKeys: [], consents: [], calls: 0 });
}

export interface Design {
  readonly name: string;
  readonly emailSubject?: string;
  readonly account?: string;
  readonly roles: readonly {
    readonly roleName: string;
    readonly copy?: boolean;
    readonly routingOrder?: number;
    readonly name?: string;
    readonly email?: string;
    /** `text:Rent`, `checkbox:Pets`, `list:Term=12 months|24 months`; signature, name and date are there anyhow. */
    readonly tabs?: readonly string[];
  }[];
}

function tabOf(words: string): Tab {
  const [, kind = 'text', tabLabel = '', items] = /^(\w+):([^=]+)(?:=(.+))?$/.exec(words) ?? [];
  const tab = { kind: kind as Tab['kind'], tabLabel, required: kind === 'text', locked: false, value: '' };
  return items === undefined ? tab : { ...tab, items: items.split('|') };
}

const SIGNED: readonly Tab[] = (['signHere', 'fullName', 'dateSigned'] as const).map((kind) => ({
  kind,
  tabLabel: kind,
  required: true,
  locked: false,
  value: '',
}));

/** The owner designs a template on its page. Gives its id. */
export function designTemplate(state: DocusignState, design: Design, nowMs: number): string {
  const roles = design.roles.map(({ roleName, copy, routingOrder, tabs = [], ...person }, at): Role => {
    const kind = copy ? 'carbonCopy' : 'signer';
    const own = copy ? [] : [...tabs.map(tabOf), ...SIGNED];
    return { kind, recipientId: String(at + 1), roleName, routingOrder: routingOrder ?? 1, ...person, tabs: own };
  });
  const templateId = guid(state, 'template');
  state.templates.push({
    templateId,
    account: design.account ?? DEMO_ACCOUNT,
    name: design.name,
    description: '',
    emailSubject: design.emailSubject ?? '',
    document: `${design.name}.pdf`,
    createdMs: nowMs,
    modifiedMs: nowMs,
    roles,
  });
  return templateId;
}

/** The owner deletes a template. */
export function deleteTemplate(state: DocusignState, templateId: string): void {
  state.templates = state.templates.filter((one) => one.templateId !== templateId);
}

function envelopeIn(state: DocusignState, id: string, nowMs: number): Envelope {
  settle(state, nowMs);
  const found = state.envelopes.find((one) => one.envelopeId === id);
  if (!found) throw new Error(`DocuSign has no envelope ${id}.`);
  return found;
}

/** An envelope that can be signed now, and the person whose turn it is. */
function atTurn(state: DocusignState, id: string, email: string, nowMs: number): [Envelope, Recipient] {
  const envelope = envelopeIn(state, id, nowMs);
  const recipient = envelope.recipients.find((one) => one.email === email && one.status !== 'completed');
  if (!isOpen(envelope)) throw new Error(`DocuSign shows ${email} that the envelope is ${envelope.status}.`);
  if (!recipient || recipient.status === 'created') throw new Error(`It is not the turn of ${email}.`);
  return [envelope, recipient];
}

/** A signer opens the documents and leaves it at that. */
export function viewEnvelope(state: DocusignState, id: string, email: string, nowMs: number): void {
  view(...atTurn(state, id, email, nowMs), nowMs);
}

/** A signer signs. The envelope goes on to the next turn, or is complete. */
export function signEnvelope(state: DocusignState, id: string, email: string, nowMs: number): void {
  sign(state, ...atTurn(state, id, email, nowMs), nowMs);
}

/** A signer declines, and says why. */
export function declineEnvelope(state: DocusignState, id: string, email: string, reason: string, nowMs: number): void {
  decline(state, ...atTurn(state, id, email, nowMs), reason, nowMs);
}

/** The mail to a signer comes back: the address does not exist. */
export function bounceMail(state: DocusignState, id: string, email: string, nowMs: number): void {
  const [envelope, recipient] = atTurn(state, id, email, nowMs);
  recipient.status = 'autoresponded';
  recipient.reason = 'Delivery has failed: no such mailbox.';
  envelope.modifiedMs = nowMs;
}

/** The owner voids an envelope on its page. */
export function voidByHand(state: DocusignState, id: string, reason: string, nowMs: number): void {
  const envelope = envelopeIn(state, id, nowMs);
  if (!isOpen(envelope)) throw new Error(`DocuSign shows that the envelope is ${envelope.status}.`);
  voidEnvelope(state, envelope, reason, nowMs);
}

/** The owner opens an envelope to correct it: nobody can sign until it is closed again. */
export function beginCorrection(state: DocusignState, id: string, nowMs: number): void {
  turn(envelopeIn(state, id, nowMs), 'correct', nowMs);
}

/** The owner closes the correction. */
export function endCorrection(state: DocusignState, id: string, nowMs: number): void {
  const envelope = envelopeIn(state, id, nowMs);
  turn(envelope, envelope.deliveredMs === null ? 'sent' : 'delivered', nowMs);
}
