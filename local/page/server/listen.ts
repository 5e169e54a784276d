/** Puts a fetch-style app on node:http, on 127.0.0.1 and nowhere else. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

type Answer = (request: Request) => Response | Promise<Response>;

const ADDRESS = '127.0.0.1';
/** A paste of many rows is the largest thing that a page sends. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function answer(app: Answer, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/' } = incoming;
  const body = await bodyOf(incoming);
  if (body === undefined) {
    outgoing.writeHead(413).end('The request is too large.');
    return;
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort());
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const address = new URL(url, `http://${ADDRESS}`);
  const request = new Request(address, { method, headers, signal: gone.signal, ...(hasBody ? { body } : {}) });
  const reply = await app(request);
  outgoing.writeHead(reply.status, Object.fromEntries(reply.headers));
  if (reply.body === null) {
    outgoing.end();
    return;
  }
  const source = Readable.fromWeb(reply.body as never);
  source.on('error', () => outgoing.destroy());
  // A page that goes away ends its stream as well: a pipe alone would leave it open for ever.
  outgoing.on('close', () => source.destroy());
  source.pipe(outgoing);
}

/** Listens on a port, or on any free one for 0. Rejects with Node's own error when the port is taken. */
export function listen(app: Answer, port: number): Promise<Listening> {
  const server: Server = createServer((incoming, outgoing) => {
    answer(app, incoming, outgoing).catch((error: unknown) => {
      if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'text/plain' });
      outgoing.end(`The local host failed: ${String((error as Error).stack ?? error)}`);
    });
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      // Event streams would keep it open for ever.
      server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, ADDRESS, () => resolve({ port: (server.address() as AddressInfo).port, close }));
  });
}
