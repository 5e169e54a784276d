/** HTTP from the command line, all requests of a wave at once; synchronous, as Apps Script is. */
import { spawnSync } from 'node:child_process';
import type { HttpReply, HttpRequest, Transport } from '../../src/ports';

/** Runs in a Node of its own: reads requests from standard input and writes replies to standard output. */
const WORKER = `
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const requests = JSON.parse(Buffer.concat(chunks).toString('utf8'));
const one = async ({ method, url, headers, body, contentType }) => {
  try {
    const type = body === undefined ? {} : { 'content-type': contentType ?? 'application/json' };
    const options = { method, headers: { ...headers, ...type }, body, redirect: 'manual', signal: AbortSignal.timeout(60000) };
    const reply = await fetch(url, options);
    return { status: reply.status, headers: Object.fromEntries(reply.headers), body: await reply.text() };
  } catch (error) {
    return { failed: String(error?.cause?.message ?? error?.message ?? error) };
  }
};
process.stdout.write(JSON.stringify(await Promise.all(requests.map(one))));
`;

const MAX_BYTES = 64 * 1024 * 1024;

export type Addresses = Readonly<Record<string, string>>;

/** `addresses` gives hosts another place, such as a sandbox on loopback. */
export function commandTransport(addresses: Addresses = {}): Transport {
  const placed = (request: HttpRequest): HttpRequest => {
    const url = new URL(request.url);
    const base = addresses[url.host];
    return base === undefined ? request : { ...request, url: `${base}${url.pathname}${url.search}` };
  };
  return {
    fetchAll(requests) {
      const input = JSON.stringify(requests.map(placed));
      const args = ['--input-type=module', '-e', WORKER];
      const { stdout, status, stderr } = spawnSync(process.execPath, args, {
        input,
        encoding: 'utf8',
        maxBuffer: MAX_BYTES,
      });
      if (status !== 0) return requests.map(() => new Error(stderr.slice(0, 300) || 'The request was not sent.'));
      const replies = JSON.parse(stdout) as readonly (HttpReply | { readonly failed: string })[];
      return replies.map((reply) => ('failed' in reply ? new Error(reply.failed) : reply));
    },
  };
}
