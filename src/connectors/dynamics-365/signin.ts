/** Signing in to Microsoft Entra as an application (client credentials): tokens for an hour, no refresh token. */
import { percent } from '../../http/encode';
import { classify } from '../../http/faults';
import { Json, parseJson } from '../../http/json';
import { type OAuth, oauth2 } from '../../http/oauth';
import type { Fault } from '../../http/types';
import type { HttpReply } from '../../ports';
import { originIn, SIGN_IN } from './api';

const facts = oauth2({
  grant: 'client',
  tokenUrl: ({ DYNAMICS_TENANT: tenant = '' }) => `${SIGN_IN}/${percent(tenant.trim())}/oauth2/v2.0/token`,
  clientId: 'DYNAMICS_CLIENT_ID',
  clientSecret: 'DYNAMICS_CLIENT_SECRET',
  client: 'body',
  body: 'form',
});

const ENTRA = 'Azure portal > App registrations > your app';

/** What the numbers of the sign-in service mean for people. */
const NUMBERS: Readonly<Record<number, string>> = {
  7000215: `The client secret is not accepted. Copy the Value of a secret, not its ID: ${ENTRA} > Certificates and secrets.`,
  7000222: `The client secret has expired. Make a new one: ${ENTRA} > Certificates and secrets.`,
  700016: `There is no such application in this tenant: ${ENTRA} > Application (client) ID.`,
  90002: `There is no such tenant: ${ENTRA} > Directory (tenant) ID.`,
  500011: 'The tenant knows no environment of this address. Look at it in the Power Platform admin center.',
};

function tokenFault(reply: HttpReply): Fault | undefined {
  const said = facts.fault(reply);
  if (said?.fault !== 'auth') return said;
  const numbers = new Json(bodyIn(reply), 'token').at('error_codes').value;
  const number: unknown = Array.isArray(numbers) ? numbers[0] : undefined;
  const message = typeof number === 'number' ? NUMBERS[number] : undefined;
  if (message === undefined) return said;
  return classify(reply, { kind: 'auth', message, code: `AADSTS${String(number)}` });
}

function bodyIn(reply: HttpReply): unknown {
  try {
    return parseJson(reply.body, 64 * 1024);
  } catch {
    return undefined;
  }
}

export const oauth: OAuth = {
  ...facts,
  fault: tokenFault,
  // The scope names the environment, so it cannot stand among the facts.
  request: (credentials, grant) => {
    const request = facts.request(credentials, grant);
    return { ...request, body: `${request.body}&scope=${percent(`${originIn(credentials)}/.default`)}` };
  },
};
