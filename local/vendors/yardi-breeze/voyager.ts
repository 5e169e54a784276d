/** Voyager's Billing and Payments 2.0 (ItfResidentTransactions20.asmx): who may call, which operations there are, what each does. */
import { answering, Refused } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { dateTime, imported } from './import';
import {
  balances,
  chargeTypes,
  type Desk,
  leaseCharges,
  prepays,
  properties,
  residents,
  tenantsOf,
  transactions,
  units,
} from './read';
import { answered, type Call, callIn, fault, messages, Told } from './soap';
import { openCents, type VoyagerState } from './state';

export const CREDENTIALS = [
  'UserName',
  'Password',
  'ServerName',
  'Database',
  'Platform',
  'InterfaceEntity',
  'InterfaceLicense',
] as const;

interface Operation {
  readonly parameters: readonly string[];
  act(state: VoyagerState, call: Call, nowMs: number): string;
}

const WINDOW = ['YardiPropertyId', 'FromDate', 'ToDate'];

/** One property of the interface, with somebody in it. */
function deskOf(state: VoyagerState, { parameters }: Call, nowMs: number, needsPeople = true): Desk {
  const code = parameters.get('YardiPropertyId')?.text ?? '';
  const property = state.properties.find((one) => one.code === code);
  if (!property) throw new Told(['Invalid Yardi Property Code.']);
  if (state.withheld.includes(code)) throw new Told([`Invalid or no access to Yardi Property ${code}.`]);
  const desk = { state, property, nowMs };
  if (needsPeople && tenantsOf(desk).length === 0) throw new Told(['No tenants exist with the given search criteria.']);
  return desk;
}

function windowOf({ parameters }: Call): (day: string) => boolean {
  const [from, to] = ['FromDate', 'ToDate'].map((name) => dateTime(name, parameters.get(name)));
  return (day) => day >= from! && day <= to!;
}

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  GetPropertyConfigurations: { parameters: [], act: (state) => properties(state) },
  GetChargeTypes_Login: { parameters: [], act: (state) => chargeTypes(state) },
  GetResidents_Login: {
    parameters: ['YardiPropertyId'],
    act: (state, call, nowMs) => residents(deskOf(state, call, nowMs)),
  },
  GetUnitInformation_Login: {
    parameters: ['YardiPropertyId'],
    act: (state, call, nowMs) => units(deskOf(state, call, nowMs, false)),
  },
  GetResidentsLeaseCharges_Login: {
    parameters: ['YardiPropertyId', 'PostMonth'],
    act: (state, call, nowMs) =>
      leaseCharges(deskOf(state, call, nowMs), dateTime('PostMonth', call.parameters.get('PostMonth')).slice(0, 7)),
  },
  GetResidentTransactions_ByChargeDate_Login: {
    parameters: WINDOW,
    act: (state, call, nowMs) => {
      const isIn = windowOf(call);
      return transactions(deskOf(state, call, nowMs), (line) => line.kind === 'charge' && isIn(line.day));
    },
  },
  GetResidentTransactions_ByApplicationDate_Login: {
    parameters: WINDOW,
    act: (state, call, nowMs) => {
      const isIn = windowOf(call);
      const applied = new Set(state.applications.filter(({ day }) => isIn(day)).map(({ payment }) => payment));
      return transactions(deskOf(state, call, nowMs), (line) => applied.has(line.id));
    },
  },
  GetResidentCharges_Login: {
    parameters: ['YardiPropertyId'],
    act: (state, call, nowMs) =>
      transactions(deskOf(state, call, nowMs), (line) => line.kind === 'charge' && openCents(state, line) > 0),
  },
  GetResidentPrepays_Login: {
    parameters: ['YardiPropertyId'],
    act: (state, call, nowMs) => prepays(deskOf(state, call, nowMs)),
  },
  GetResidentBalances: {
    parameters: ['YardiPropertyId'],
    act: (state, call, nowMs) => balances(deskOf(state, call, nowMs)),
  },
  ImportCharge_Login: {
    parameters: ['TransactionXml'],
    act: (state, { parameters }) => imported(state, parameters.get('TransactionXml'), ['charge']),
  },
  ImportReceipt_Login: {
    parameters: ['TransactionXml'],
    act: (state, { parameters }) => imported(state, parameters.get('TransactionXml'), ['payment']),
  },
  ImportResidentTransactions_Login: {
    parameters: ['TransactionXml'],
    act: (state, { parameters }) => imported(state, parameters.get('TransactionXml'), ['charge', 'payment']),
  },
};

const page = (status: number, body: string, headers: Record<string, string> = {}): Refused =>
  new Refused({ status, headers: { 'content-type': 'text/html', ...headers }, body });

export function handleVoyager(state: VoyagerState, request: SandboxRequest, nowMs: number): SandboxReply {
  return answering(() => {
    const { pathname } = new URL(request.url);
    if (pathname !== `/${state.client}/webservices/ItfResidentTransactions20.asmx`)
      throw page(404, 'The resource cannot be found.');
    if (request.method !== 'POST') throw page(405, 'Method Not Allowed');
    if (state.asksBasic && !isBasic(state, request)) throw page(401, 'Unauthorized', { 'www-authenticate': 'Basic' });
    const call = callIn(request, Object.keys(OPERATIONS));
    const operation = OPERATIONS[call.operation]!;
    checkParameters(call, operation);
    try {
      logIn(state, call);
      return answered(call.operation, operation.act(state, call, nowMs));
    } catch (error) {
      if (!(error instanceof Told)) throw error;
      return answered(call.operation, messages('Error', error.texts));
    }
  });
}

function isBasic({ credentials: { UserName, Password } }: VoyagerState, { headers }: SandboxRequest): boolean {
  return headers.authorization === `Basic ${Buffer.from(`${UserName}:${Password}`).toString('base64')}`;
}

function checkParameters({ operation, parameters }: Call, { parameters: own }: Operation): void {
  const known: readonly string[] = [...CREDENTIALS, ...own];
  const strange = [...parameters.keys()].find((name) => !known.includes(name));
  const missing = known.find((name) => !parameters.has(name));
  if (strange ?? missing)
    throw fault('Client', `Server was unable to read request. ${operation}: ${strange ?? missing} is not as expected.`);
}

/** A wrong interface is an error of the log-in, like a wrong password. */
function logIn({ credentials }: VoyagerState, { parameters }: Call): void {
  const differs = (name: (typeof CREDENTIALS)[number]) => parameters.get(name)?.text !== credentials[name];
  if (differs('InterfaceEntity') || differs('InterfaceLicense'))
    throw new Told(['Invalid Interface Entity or Interface License.']);
  if (CREDENTIALS.some(differs)) throw new Told(['Login failed: check the user, the password and the database.']);
}
