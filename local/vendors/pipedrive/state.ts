/** The account that a Pipedrive sandbox keeps: one company with pipelines, fields, deals, persons, activities and notes. */
import { freshOAuth, type OAuthState } from '../kit/oauth';
import { nextNumber } from '../kit/reply';
import { type DealField, FIELDS } from './fields';

export interface Pipeline {
  id: number;
  name: string;
  order: number;
  isDeleted: boolean;
  changedMs: number;
}

export interface Stage extends Pipeline {
  pipeline: number;
}

export interface Deal {
  id: number;
  title: string;
  owner: number;
  creator: number;
  value: number;
  currency: string;
  person: number | null;
  pipeline: number;
  stage: number;
  status: string;
  addedMs: number;
  updatedMs: number;
  stageChangedMs: number;
  isDeleted: boolean;
  isArchived: boolean;
  archivedMs: number | null;
  probability: number | null;
  lostReason: string | null;
  closedMs: number | null;
  expectedClose: string | null;
  visibleTo: number;
  labels: number[];
  /** 40 hexadecimal digits -> value; what is not set is not there. */
  custom: Record<string, unknown>;
}

export interface Contact {
  value: string;
  primary: boolean;
  label: string;
}

export interface Person {
  id: number;
  first: string;
  last: string;
  owner: number;
  addedMs: number;
  updatedMs: number;
  emails: Contact[];
  phones: Contact[];
  isDeleted: boolean;
  custom: Record<string, unknown>;
}

export interface Activity {
  id: number;
  owner: number;
  creator: number;
  addedMs: number;
  updatedMs: number;
  doneMs: number | null;
  isDeleted: boolean;
  person: number | null;
  /** As the client sent them: subject, type, due_date, note and the like. */
  members: Record<string, unknown>;
}

export interface Note {
  id: number;
  content: string;
  user: number;
  deal: number | null;
  person: number | null;
  isPinnedToDeal: boolean;
  isPinnedToPerson: boolean;
  addedMs: number;
  updatedMs: number;
  isActive: boolean;
}

export interface User {
  id: number;
  name: string;
  email: string;
}

/** What the search knew of a thing from a moment on: it learns of a change some seconds later. */
export interface Indexed {
  readonly atMs: number;
  readonly texts: Readonly<Record<string, readonly string[]>>;
  readonly isDeleted: boolean;
}

export interface PipedriveState {
  oauth: OAuthState;
  /** Of the application in the developer hub: a sign-in asks for these and no others. */
  appScopes: string[];
  tokens: { token: string; user: number; isBlocked?: boolean }[];
  /** Tokens of the company for a day. */
  budget: number;
  spent: { day: string; tokens: number };
  /** `token` or `search token` -> the moments of the last calls. */
  calls: Record<string, number[]>;
  /** `search token` -> until when it is refused. */
  penalties: Record<string, number>;
  serials: Record<string, number>;
  users: User[];
  pipelines: Pipeline[];
  stages: Stage[];
  fields: DealField[];
  activityTypes: string[];
  deals: Deal[];
  persons: Person[];
  activities: Activity[];
  notes: Note[];
  /** `deal 5` -> what the search knows, oldest first. */
  index: Record<string, Indexed[]>;
}

/** One call: who makes it, and when. */
export interface Desk {
  readonly state: PipedriveState;
  readonly user: number;
  readonly nowMs: number;
}

export const COMPANY = { id: 7_654_321, name: 'Maple Street Rentals', domain: 'maple-street' };
export const API_DOMAIN = `https://${COMPANY.domain}.pipedrive.com`;
export const OWNER = 11_400_001;
export const CLERK = 11_400_002;
export const TOKEN = 'pd-token-rentledger-0000000000000000001';
export const CLIENT_ID = 'pd-client-rentledger';
export const CLIENT_SECRET = 'pd-secret-rentledger';
/** The least that a plan gives to a company of one seat. */
export const DAILY_TOKENS = 30_000;

export const APP_SCOPES = ['base', 'deals:full', 'contacts:full', 'activities:full'];

const START_MS = Date.UTC(2026, 0, 5, 9);
const stage = (id: number, name: string, order: number, pipeline: number): Stage => ({
  ...{ id, name, order, pipeline },
  ...{ isDeleted: false, changedMs: START_MS },
});

/** One company with a pipeline for rent and one for letting, and the fields that a landlord has made. */
export function freshState(): PipedriveState {
  return {
    oauth: freshOAuth({ id: CLIENT_ID, secret: CLIENT_SECRET, redirects: [] }),
    appScopes: [...APP_SCOPES],
    tokens: [{ token: TOKEN, user: OWNER }],
    budget: DAILY_TOKENS,
    spent: { day: '', tokens: 0 },
    calls: {},
    penalties: {},
    serials: {},
    users: [
      { id: OWNER, name: 'Olivia Owner', email: 'olivia@landlord.example' },
      { id: CLERK, name: 'Carl Clerk', email: 'carl@landlord.example' },
    ],
    pipelines: [
      { id: 1, name: 'Letting', order: 1, isDeleted: false, changedMs: START_MS },
      { id: 2, name: 'Rent', order: 2, isDeleted: false, changedMs: START_MS },
    ],
    stages: [
      ...['Enquiry', 'Viewing', 'Offer'].map((name, at) => stage(at + 1, name, at + 1, 1)),
      ...['Paid', 'Due', 'Late', 'Notice given', 'On a plan', 'Moved out'].map((name, at) =>
        stage(at + 4, name, at + 1, 2),
      ),
    ],
    fields: structuredClone(FIELDS) as DealField[],
    activityTypes: ['call', 'meeting', 'task', 'deadline', 'email', 'lunch'],
    deals: [],
    persons: [],
    activities: [],
    notes: [],
    index: {},
  };
}

export const newId = (state: PipedriveState, kind: string): number => nextNumber(state, kind);

/** `2026-12-02T15:00:00Z`, as v2 writes a moment. */
export const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** `2026-12-02 15:00:00`, as v1 does, in UTC and without saying so. */
export const plain = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

export const toSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;
