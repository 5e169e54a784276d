/** Gmail and Sheets of a world on 127.0.0.1, so that Google's own clients can be pointed at them; every exchange can be kept. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gmailRest } from '../../local/gmail-rest';
import type { HarRecorder } from '../../local/har';
import { sheetsRest } from '../../local/host/sheets-rest';
import type { SandboxReply, SandboxRequest } from '../../local/vendors/sandbox';
import type { World } from '../../local/world';

/** What a person grants who lets a program read their mail; the add-on itself asks for far less. */
const READER = ['https://mail.google.com/'];

export interface GoogleServer {
  /** With a slash at the end, as Google's clients want it. */
  readonly url: string;
  close(): Promise<void>;
}

/** `recorder` keeps the exchanges under Google's own hosts. */
export async function serveGoogle(world: World, recorder?: HarRecorder): Promise<GoogleServer> {
  const server = createServer((request, response) => {
    answer(world, request, response, recorder).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/`, close };
}

async function answer(world: World, from: IncomingMessage, to: ServerResponse, recorder?: HarRecorder): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of from) chunks.push(chunk as Buffer);
  const path = from.url ?? '/';
  const host = path.startsWith('/gmail/') ? 'gmail.googleapis.com' : 'sheets.googleapis.com';
  const request: SandboxRequest = {
    method: from.method ?? 'GET',
    url: `https://${host}${path}`,
    headers: Object.fromEntries(Object.entries(from.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks).toString('utf8'),
  };
  const reply: SandboxReply = path.startsWith('/gmail/')
    ? gmailRest({ state: world.state, nowMs: world.now, scopes: READER }, request)
    : sheetsRest(world.workbook, request);
  recorder?.add(request, reply, world.now);
  to.writeHead(reply.status, { ...reply.headers }).end(reply.body);
}
