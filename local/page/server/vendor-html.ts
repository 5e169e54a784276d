/** The look of a vendor's stand-in page; links only, because it may run no script. */

export const PAGE_POLICY =
  "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'";

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#eef1f5;color:#1b2733}' +
  'main{max-width:30rem;margin:12vh auto;padding:1.5rem;background:#fff;border:1px solid #cfd7e0;border-radius:8px}' +
  'h1{font-size:1.25rem;margin:0 0 .5rem}a{color:#0b57d0}a.go{display:inline-block;margin:1rem 1rem 0 0;padding:.5rem 1rem;' +
  'border-radius:6px;background:#0b57d0;color:#fff;text-decoration:none}code{overflow-wrap:anywhere}';

export const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escaped(title)}</title><style>${STYLE}</style></head>` +
  `<body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`;

export interface Ways {
  /** Of the vendor. */
  readonly title: string;
  readonly address: string;
  readonly token: string;
  readonly agree: string;
  readonly refuse: string;
}

/** What is asked for, and two ways on. */
export function askPage({ title, address, token, agree, refuse }: Ways, asked: string): string {
  const way = (answer: string) =>
    escaped(`/vendor/${answer}?url=${encodeURIComponent(address)}&t=${encodeURIComponent(token)}`);
  const standIn = `<p>This page stands in for ${escaped(title)} on this computer; nothing leaves it.</p>`;
  return page(
    `${title} (stand-in)`,
    `${asked}${standIn}<a class="go" href="${way('agree')}">${escaped(agree)}</a><a href="${way('refuse')}">${escaped(refuse)}</a>`,
  );
}
