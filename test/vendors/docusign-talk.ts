/** Talks to the DocuSign sandbox as an application would that signs its own assertions. */
import { createPrivateKey, createSign, generateKeyPairSync } from 'node:crypto';
import { type DocusignState, docusign } from '../../local/vendors/docusign';
import { consent, designTemplate, registerRedirect, uploadKey } from '../../local/vendors/docusign/people';
import { DEMO_ACCOUNT, DEMO_USER, INTEGRATION_KEY } from '../../local/vendors/docusign/state';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export const AUTH = 'https://account-d.docusign.com';
export const REDIRECT = 'https://script.google.com/macros/s/rig/exec';
export const CONSENT = `${AUTH}/oauth/auth?response_type=code&scope=signature%20impersonation&client_id=${INTEGRATION_KEY}&redirect_uri=${encodeURIComponent(REDIRECT)}`;

/** One pair for a whole file of tests: making it takes longer than using it. */
export const PAIR = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const PUBLIC_PEM = PAIR.publicKey.export({ type: 'spki', format: 'pem' }) as string;
export const PRIVATE_PEM = {
  pkcs1: PAIR.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string,
  pkcs8: PAIR.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
};

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export interface Signing {
  readonly claims?: Json;
  readonly pem?: string;
  readonly algorithm?: string;
}

export function assertion(nowMs: number, { claims = {}, pem = PRIVATE_PEM.pkcs1, algorithm = 'RS256' }: Signing = {}) {
  const iat = Math.floor(nowMs / 1000);
  const all = {
    iss: INTEGRATION_KEY,
    sub: DEMO_USER,
    aud: 'account-d.docusign.com',
    iat,
    exp: iat + 3600,
    scope: 'signature impersonation',
    ...claims,
  };
  const signed = `${part({ alg: algorithm, typ: 'JWT' })}.${part(all)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(createPrivateKey(pem)).toString('base64url')}`;
}

export class DocusignTalk extends Talk<DocusignState> {
  token = '';

  /** A second passes before each call. */
  constructor(nowMs = WEDNESDAY_MS) {
    super(docusign, docusign.start(), nowMs);
    registerRedirect(this.state, REDIRECT);
    uploadKey(this.state, PUBLIC_PEM);
  }

  /** With consent and a token in hand. */
  static signedIn(): DocusignTalk {
    const talk = new DocusignTalk();
    consent(talk.state, CONSENT, talk.nowMs);
    talk.renew();
    return talk;
  }

  renew(): void {
    const { status, json } = this.grant();
    if (status !== 200) throw new Error(JSON.stringify(json));
    this.token = json.access_token;
  }

  grant(signing: Signing = {}, host = AUTH, grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer') {
    const body = new URLSearchParams({ grant_type: grant, assertion: assertion(this.nowMs, signing) }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const reply = this.send('POST', `${host}/oauth/token`, headers, body);
    return { status: reply.status, json: JSON.parse(reply.body) as Json };
  }

  call(
    method: string,
    path: string,
    body?: Json,
    base = `https://demo.docusign.net/restapi/v2.1/accounts/${DEMO_ACCOUNT}`,
  ) {
    this.nowMs += 1000;
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { authorization: `Bearer ${this.token}`, ...type };
    const reply = this.send(method, `${base}${path}`, headers, body === undefined ? '' : JSON.stringify(body));
    return { status: reply.status, json: JSON.parse(reply.body) as Json, headers: reply.headers };
  }

  get(path: string): Json {
    return this.call('GET', path).json;
  }

  /** Fails the test with DocuSign's own words when the call is refused. */
  done(method: string, path: string, body: Json): Json {
    const { status, json } = this.call(method, path, body);
    if (status >= 300) throw new Error(JSON.stringify(json));
    return json;
  }

  /** A lease for two residents, then the landlord, with a copy for the office. */
  lease(): string {
    return designTemplate(
      this.state,
      {
        name: 'Residential lease',
        emailSubject: 'Your lease',
        roles: [
          {
            roleName: 'Resident 1',
            tabs: ['text:rent', 'text:unit', 'checkbox:pets', 'list:term=12 months|24 months'],
          },
          { roleName: 'Resident 2' },
          { roleName: 'Landlord', routingOrder: 2, name: 'Olivia Owner', email: 'olivia@landlord.example' },
          { roleName: 'Office', routingOrder: 3, copy: true, name: 'Office', email: 'office@landlord.example' },
        ],
      },
      this.nowMs,
    );
  }

  /** Sends an envelope of the lease to Anne and Bob. */
  sent(templateId: string, more: Json = {}): string {
    return this.done('POST', '/envelopes', { ...wanted(templateId), ...more }).envelopeId as string;
  }
}

export const ANNE = 'anne@example.com';
export const BOB = 'bob@example.com';

export const wanted = (templateId: string): Json => ({
  templateId,
  status: 'sent',
  emailSubject: 'Lease of unit 4B',
  templateRoles: [
    {
      roleName: 'Resident 1',
      name: 'Anne Charleston',
      email: ANNE,
      tabs: {
        textTabs: [
          { tabLabel: 'rent', value: '1,450.00' },
          { tabLabel: 'unit', value: '4B' },
        ],
        checkboxTabs: [{ tabLabel: 'pets', selected: 'true' }],
        listTabs: [{ tabLabel: 'term', value: '24 months' }],
      },
    },
    { roleName: 'Resident 2', name: 'Bob Charleston', email: BOB },
  ],
});
