/** Sandboxes on 127.0.0.1: what comes in over the wire is what the sandbox sees. */
import { serveSandbox } from '../../local/loopback';
import { sandboxes, sandboxFor } from '../../local/vendors';
import { slack } from '../../local/vendors/slack';
import { stripe } from '../../local/vendors/stripe';
import { WEDNESDAY_MS } from './talk';

describe('a sandbox on loopback', () => {
  it('answers as its own host, with the world clock', async () => {
    const state = stripe.start();
    const served = await serveSandbox(stripe, state, () => WEDNESDAY_MS);
    try {
      expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      const headers = { authorization: 'Bearer sk_test_rentledger' };
      const body = new URLSearchParams({ name: 'Zoë Park' });
      const made = await fetch(`${served.url}/v1/customers`, { method: 'POST', headers, body });
      expect(made.headers.get('request-id')).toMatch(/^req_/);
      expect(await made.json()).toMatchObject({ name: 'Zoë Park', created: WEDNESDAY_MS / 1000 });
      const list = (await (await fetch(`${served.url}/v1/customers?limit=1`, { headers })).json()) as {
        data: unknown[];
      };
      expect(list.data).toHaveLength(1);
      expect((await fetch(`${served.url}/v1/customers`)).status).toBe(401);
    } finally {
      await served.close();
    }
    await expect(fetch(served.url)).rejects.toThrow();
  });

  it('gives every host of a vendor its own port over one state', async () => {
    const state = slack.start();
    const served = await serveSandbox(slack, state, () => WEDNESDAY_MS);
    try {
      const hook = `${served.urls['hooks.slack.com']}/services/T000/B000/rentledger`;
      expect(await (await fetch(hook, { method: 'POST', body: '{"text":"hello"}' })).text()).toBe('ok');
      const test = await fetch(`${served.urls['slack.com']}/api/auth.test`, {
        headers: { authorization: 'Bearer xoxb-rentledger' },
      });
      expect(await test.json()).toMatchObject({ ok: true });
      expect(state.messages).toHaveLength(1);
    } finally {
      await served.close();
    }
  });
});

describe('the list of sandboxes', () => {
  it('has no id twice, and a host twice only where its vendors say which addresses are theirs', () => {
    const hosts = sandboxes.flatMap((one) => one.hosts);
    const shared = hosts.filter((host, at) => hosts.indexOf(host) !== at);
    expect(shared).toEqual(['login.microsoftonline.com']);
    const tenants = ['c8d1f0a7-3e62-4b95-8a4d-9f27e6b05c13', '5f2c9a1e-7b44-4c0d-9a57-1e0b6c3d8f21'];
    const owners = tenants.map((tenant) => {
      const url = new URL(`https://${shared[0]}/${tenant}/oauth2/v2.0/token`);
      return sandboxes.find((one) => one.hosts.includes(url.hostname) && (one.owns?.(url) ?? true))?.id;
    });
    expect(owners).toEqual(['dynamics-365', 'azure-logic-apps']);
    expect(new Set(sandboxes.map((one) => one.id)).size).toBe(sandboxes.length);
    expect(sandboxFor('hooks.slack.com')?.id).toBe('slack');
    expect(sandboxFor('example.com')).toBeUndefined();
  });
});
