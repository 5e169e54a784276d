/** The account that a HubSpot sandbox keeps: properties, contacts, tasks, who is linked with whom, applications and what they used. */
import { freshOAuth, type OAuthState } from '../kit/oauth';
import { nextNumber } from '../kit/reply';
import { builtIn, type Property } from './properties';

export type ObjectType = 'contacts' | 'tasks';

/** One value that a property had, and who gave it. */
export interface Change {
  readonly value: string;
  readonly timestamp: string;
  readonly sourceType: 'INTEGRATION' | 'CRM_UI' | 'MERGE_OBJECTS';
  readonly sourceId: string;
}

/** A record as the search index saw it from a moment on. */
export interface Version {
  readonly ms: number;
  readonly properties: Readonly<Record<string, string>>;
  readonly archived: boolean;
}

export interface CrmObject {
  readonly id: string;
  readonly createdMs: number;
  updatedMs: number;
  archived: boolean;
  /** Set values only: what is cleared is not there. */
  properties: Record<string, string>;
  /** Newest first. */
  history: Record<string, Change[]>;
  versions: Version[];
  /** Ids of contacts that were merged into this one: they lead here from then on. */
  merged: string[];
}

export interface PrivateApp {
  readonly name: string;
  token: string;
  scopes: string[];
}

export interface Owner {
  readonly id: string;
  readonly email: string;
}

export interface Usage {
  /** Moments of the calls of the last ten seconds, by application. */
  burst: Record<string, number[]>;
  /** Moments of the searches of the last second, of all applications. */
  searches: number[];
  /** The day in the account's zone that `calls` counts. */
  day: string;
  calls: number;
}

export interface HubspotState {
  oauth: OAuthState;
  serials: Record<string, number>;
  portalId: number;
  timeZone: string;
  plan: { perTenSeconds: number; perDay: number };
  apps: PrivateApp[];
  owners: Owner[];
  properties: Record<ObjectType, Property[]>;
  contacts: CrmObject[];
  tasks: CrmObject[];
  /** Tasks beside the contacts they are about. */
  links: { task: string; contact: string }[];
  usage: Usage;
}

export const CLIENT_ID = 'hs-client-rentledger';
export const CLIENT_SECRET = 'hs-secret-rentledger';
export const SANDBOX_TOKEN = 'pat-na1-rentledger';

export const READ = 'crm.objects.contacts.read';
export const WRITE = 'crm.objects.contacts.write';
export const SCHEMA_READ = 'crm.schemas.contacts.read';
export const SCHEMA_WRITE = 'crm.schemas.contacts.write';
export const SCOPES = ['oauth', READ, WRITE, SCHEMA_READ, SCHEMA_WRITE];

/** Calls in ten seconds and calls a day of a private app, by what the account pays for. */
export const PLANS = {
  free: { perTenSeconds: 100, perDay: 250_000 },
  professional: { perTenSeconds: 190, perDay: 650_000 },
  enterprise: { perTenSeconds: 190, perDay: 1_000_000 },
  'enterprise with a pack': { perTenSeconds: 250, perDay: 2_000_000 },
} as const;

/** A free account with one private app, one application that signs in, and two people. */
export function freshState(): HubspotState {
  return {
    oauth: freshOAuth({ id: CLIENT_ID, secret: CLIENT_SECRET, redirects: [] }),
    serials: {},
    portalId: 48_120_337,
    timeZone: 'America/New_York',
    plan: { ...PLANS.free },
    apps: [{ name: 'Rent Ledger', token: SANDBOX_TOKEN, scopes: SCOPES.filter((scope) => scope !== 'oauth') }],
    owners: [
      { id: '60158084', email: 'olivia@landlord.example' },
      { id: '60158085', email: 'casey@landlord.example' },
    ],
    properties: { contacts: builtIn('contacts'), tasks: builtIn('tasks') },
    contacts: [],
    tasks: [],
    links: [],
    usage: { burst: {}, searches: [], day: '', calls: 0 },
  };
}

/** Who changes something: an application, or a person at HubSpot's pages. */
export type Actor = Pick<Change, 'sourceType' | 'sourceId'>;

/** One moment in the account: what every operation is given. */
export interface Desk {
  readonly state: HubspotState;
  readonly actor: Actor;
  readonly nowMs: number;
}

export const iso = (ms: number): string => new Date(ms).toISOString();

export const newId = (state: HubspotState, type: ObjectType): string =>
  String((type === 'contacts' ? 101_000 : 77_000_500_000) + nextNumber(state, type));

/** HubSpot's numbers of calls are UUIDs; these are counted. */
export const correlationId = (state: HubspotState): string =>
  `0199a5e2-0000-7000-8000-${nextNumber(state, 'call').toString(16).padStart(12, '0')}`;
