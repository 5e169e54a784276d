/** GET /v4/domains/NAME: what state a domain is in, and the records that its name server must have. */
import { jsonReply } from '../kit/reply';
import type { SandboxReply } from '../sandbox';
import { type Domain, digest, rfcTime } from './state';

export function shownDomain(domain: Domain): SandboxReply {
  const { name, id, createdMs, state, type, region } = domain;
  const zone = region === 'eu' ? 'eu.mailgun.org' : 'mailgun.org';
  const valid = state === 'active' ? 'valid' : 'unknown';
  const record = (record_type: string, value: string, more: object) => ({
    is_active: state === 'active',
    cached: state === 'active' ? [value] : [],
    record_type,
    valid,
    value,
    ...more,
  });
  const receiving = ['mxa', 'mxb'].map((host) => record('MX', `${host}.${zone}`, { priority: '10' }));
  const sending = [
    record('TXT', 'v=spf1 include:mailgun.org ~all', { name }),
    record('TXT', `k=rsa; p=${digest(name)}`, { name: `mx._domainkey.${name}` }),
    record('CNAME', zone, { name: `email.${name}` }),
  ];
  return jsonReply(200, {
    domain: {
      id,
      name,
      state,
      type,
      created_at: rfcTime(createdMs),
      is_disabled: false,
      require_tls: false,
      skip_verification: false,
      smtp_login: `postmaster@${name}`,
      spam_action: 'disabled',
      use_automatic_sender_security: false,
      web_prefix: 'email',
      web_scheme: 'https',
      wildcard: false,
      encrypt_incoming_message: false,
      message_ttl: 259_200,
    },
    receiving_dns_records: receiving,
    sending_dns_records: sending,
  });
}
