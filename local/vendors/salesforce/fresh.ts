/** Two fresh organisations of a landlord: the one that is worked in, and a trial one whose fields nobody has made. */
import { rentFields } from './fields';
import { fullId, newId, type Org, type Row, type SalesforceState, stamp } from './state';

export const HOST = 'maple-street.my.salesforce.com';
export const TRIAL_HOST = 'maple-street--trial.sandbox.my.salesforce.com';
/** Tuesday, 1 September 2026. */
const BORN_MS = Date.UTC(2026, 8, 1, 9);

const STATUSES: readonly (readonly [string, boolean])[] = [
  ['Not Started', false],
  ['In Progress', false],
  ['Completed', true],
  ['Waiting on someone else', false],
  ['Deferred', false],
];

export function freshState(): SalesforceState {
  const state: SalesforceState = { serials: {}, orgs: [], codes: {}, refresh: {}, sessions: {}, locators: {} };
  state.orgs.push(organisation(state, { host: HOST, key: '3MVG9mapleStreet', dailyCalls: 100_000 }));
  state.orgs.push(organisation(state, { host: TRIAL_HOST, key: '3MVG9trial', dailyCalls: 15_000 }));
  return state;
}

interface Founding {
  readonly host: string;
  readonly key: string;
  readonly dailyCalls: number;
}

function organisation(state: SalesforceState, { host, key, dailyCalls }: Founding): Org {
  const isTrial = host === TRIAL_HOST;
  const users = staff(state, isTrial ? '.trial' : '');
  const runAs = Object.values(users).find(({ Name }) => Name === 'Rent Ledger')!;
  const id = fullId(`00DRL000000000${isTrial ? 2 : 1}`);
  const name = isTrial ? 'Maple Street Rentals (trial)' : 'Maple Street Rentals';
  return {
    id,
    name,
    host,
    signInHost: isTrial ? 'test.salesforce.com' : 'login.salesforce.com',
    app: {
      clientId: key,
      clientSecret: `${key}-secret`,
      scopes: ['api', 'refresh_token', 'offline_access'],
      redirects: [],
      runAs: String(runAs.Id),
      rotates: false,
    },
    dailyCalls,
    usage: {},
    customFields: isTrial ? {} : rentFields(),
    access: {},
    rules: [],
    refusesDuplicates: false,
    records: {
      Account: households(state, String(runAs.Id)),
      Contact: {},
      Organization: { [id]: { Id: id, Name: name, OrganizationType: 'Enterprise Edition', IsSandbox: isTrial } },
      Task: {},
      TaskStatus: statuses(state),
      User: users,
    },
  };
}

/** Who set it up, who works in it, and whom the application runs as. */
function staff(state: SalesforceState, suffix: string): Record<string, Row> {
  const all = ['Ada Administrator', 'Clara Clerk', 'Rent Ledger'].map((name): Row => {
    const id = newId(state, '005');
    const email = `${name.toLowerCase().replace(' ', '.')}@maple-street.example`;
    return {
      Id: id,
      Username: `${email}${suffix}`,
      Name: name,
      Email: email,
      IsActive: true,
      UserType: 'Standard',
      CreatedDate: stamp(BORN_MS),
      CreatedById: id,
      LastModifiedDate: stamp(BORN_MS),
      LastModifiedById: id,
      SystemModstamp: stamp(BORN_MS),
    };
  });
  return Object.fromEntries(all.map((one) => [one.Id, one]));
}

/** An account to which contacts of residents can belong. */
function households(state: SalesforceState, user: string): Record<string, Row> {
  const id = newId(state, '001');
  const dates = { CreatedDate: stamp(BORN_MS), LastModifiedDate: stamp(BORN_MS), SystemModstamp: stamp(BORN_MS) };
  const by = { CreatedById: user, LastModifiedById: user };
  return { [id]: { Id: id, Name: 'Residents', IsDeleted: false, ...dates, ...by } };
}

function statuses(state: SalesforceState): Record<string, Row> {
  const all = STATUSES.map(
    ([name, isClosed], at): Row => ({
      Id: newId(state, '01t'),
      MasterLabel: name,
      ApiName: name,
      SortOrder: at + 1,
      IsDefault: at === 0,
      IsClosed: isClosed,
      SystemModstamp: stamp(BORN_MS),
    }),
  );
  return Object.fromEntries(all.map((one) => [one.Id, one]));
}
