/** Serves a sandbox on 127.0.0.1, so that the vendor's own client can talk to it. */
import { isUtf8 } from 'node:buffer';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from './vendors/sandbox';

export interface Served {
  /** Where the sandbox's first host is served, without a slash at the end. */
  readonly url: string;
  /** Vendor host -> where it is served; every host has a port of its own. */
  readonly urls: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** The sandbox sees `https://<its host>/path`. `clock` is the world's time in milliseconds. */
export async function serveSandbox<State>(sandbox: Sandbox<State>, state: State, clock: () => number): Promise<Served> {
  const servers = await Promise.all(sandbox.hosts.map((host) => listen(sandbox, state, clock, host)));
  const urls = Object.fromEntries(sandbox.hosts.map((host, at) => [host, urlOf(servers[at]!)]));
  const close = async () => {
    await Promise.all(servers.map(stop));
  };
  return { url: urlOf(servers[0]!), urls, close };
}

function listen<State>(sandbox: Sandbox<State>, state: State, clock: () => number, host: string): Promise<Server> {
  const server = createServer((request, response) => {
    answer(sandbox, state, clock, host, request, response).catch((error: unknown) => {
      // A fault of the sandbox itself: loud here, and an honest 500 for the client.
      console.error(error);
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

async function answer<State>(
  sandbox: Sandbox<State>,
  state: State,
  clock: () => number,
  host: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const body = bytes.toString('utf8');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  }
  const url = `https://${host}${request.url ?? '/'}`;
  const lost = isUtf8(bytes) ? {} : { bytes: bytes.toString('latin1') };
  const reply = sandbox.handle(state, { method: request.method ?? 'GET', url, headers, body, ...lost }, clock());
  response.writeHead(reply.status, { ...reply.headers }).end(reply.body);
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
