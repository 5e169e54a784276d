/** Azure Logic Apps and its sandbox keep the laws. */
import type { AzureState } from '../../local/vendors/azure-logic-apps';
import { GROUP_PATH, TENANT } from '../../local/vendors/azure-logic-apps/state';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import { azureLogicApps } from '../../src/connectors/azure-logic-apps';
import { INBOUND, rentEvent, rig } from './azure-account';
import { effectOf } from './drive';
import { holdsTheLaws } from './laws';

const WORKFLOWS = `https://management.azure.com${GROUP_PATH}/providers/Microsoft.Logic/workflows`;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const ask = (method: string, url: string, headers: Record<string, string> = {}, body = ''): SandboxRequest => ({
  ...{ method, url, headers, body },
});

/** The laws know nothing of our own address. */
const install = effectOf(azureLogicApps, 'install');
const connector = {
  ...azureLogicApps,
  effects: {
    ...azureLogicApps.effects,
    install: {
      ...install,
      run: (context: never) => install.run({ ...(context as object), inbound: INBOUND } as never),
    },
  },
};

const runsOf = ({ workflows }: AzureState): number =>
  workflows.find(({ name }) => name === 'rent-ledger-events')?.runs.length ?? 0;

holdsTheLaws<AzureState>({
  ...rig,
  connector,
  writes: [
    { effect: 'event', payload: () => rentEvent(), count: runsOf as (state: never) => number },
    { effect: 'test', payload: () => ({}), count: runsOf as (state: never) => number },
    {
      effect: 'install',
      payload: () => ({}),
      count: (({ workflows }: AzureState) => workflows.filter(({ name }) => name === 'rent-ledger-events').length) as (
        state: never,
      ) => number,
    },
  ],
  refusals: [
    {
      name: 'a missing token',
      request: () => ask('GET', `${WORKFLOWS}?api-version=2019-05-01`),
      status: 401,
      says: /"code":"AuthenticationFailed"/,
    },
    {
      name: 'a token that is none',
      request: () => ask('GET', `${WORKFLOWS}?api-version=2019-05-01`, { authorization: 'Bearer guess' }),
      status: 401,
      says: /"code":"InvalidAuthenticationToken"/,
    },
    {
      name: 'another client secret',
      request: ({ AZURE_CLIENT_ID: client_id = '' }) => {
        const form = { grant_type: 'client_credentials', scope: 'https://management.azure.com/.default' };
        const body = new URLSearchParams({ ...form, client_id, client_secret: 'guess' }).toString();
        return ask('POST', `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`, FORM, body);
      },
      status: 401,
      says: /AADSTS7000215/,
    },
    {
      name: 'a trigger address that nobody was given',
      request: () =>
        ask('POST', 'https://prod-27.eastus.logic.azure.com/workflows/00/triggers/manual/paths/invoke?sig=x'),
      status: 404,
      says: /"code":"WorkflowNotFound"/,
    },
  ],
});
