/** Talks to the page's own server; every failure is a sentence that can be shown as it is. */
const token = document.querySelector<HTMLMetaElement>('meta[name="page-token"]')?.content ?? '';

/** Throws an Error whose message can be shown as it is, and the browser's AbortError. */
export async function ask<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json', 'x-page-token': token } };
  const init: RequestInit = body === undefined ? {} : { ...post, body: JSON.stringify(body) };
  let reply: Response;
  try {
    reply = await fetch(path, signal === undefined ? init : { ...init, signal });
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new Error('The local host does not answer. Is it still running in its terminal?');
  }
  const json = (await reply.json().catch((error: Error) => {
    if (error.name === 'AbortError') throw error;
    return {};
  })) as T & { error?: string };
  if (!reply.ok) throw new Error(json.error ?? `The local host answered ${reply.status}.`);
  return json;
}

/** A vendor's page, which a stand-in on this computer serves. */
export const openVendor = (href: string): void => {
  if (!href.startsWith('https://')) return;
  window.open(`/vendor?url=${encodeURIComponent(href)}&t=${encodeURIComponent(token)}`, '_blank', 'noopener');
};
