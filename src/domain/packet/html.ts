/** A packet as one HTML file that needs nothing else, and that file read back to the last character. */
import { escapeHtml } from '../message-html';
import { coverFact, PARTS, type PartId, type PartKind, type PartRow } from './parts';
import { PACKET_FORMAT, type Sealed } from './seal';

const STYLE = [
  'body{font:14px/1.45 Arial,Helvetica,sans-serif;color:#202124;background:#fff;margin:24px auto;max-width:1100px;padding:0 16px}',
  'h1{font-size:22px;margin:0 0 4px}h2{font-size:17px;margin:28px 0 4px}p{margin:4px 0 8px}.q{color:#5f6368}',
  'nav ul{columns:2;margin:8px 0;padding-left:20px}a{color:#174ea6}code{font:12px/1.4 monospace;overflow-wrap:anywhere}',
  '.s{overflow-x:auto}table{border-collapse:collapse;width:100%}',
  'th,td{border-bottom:1px solid #dadce0;padding:4px 6px;text-align:left;vertical-align:top}',
  'th{font-size:12px;background:#f1f3f4}',
  'td{white-space:pre-wrap;overflow-wrap:break-word;max-width:420px;unicode-bidi:isolate}',
  '#receipts td,#messages td{font-size:12px}#messages td:nth-child(2),#messages td:nth-child(3){min-width:50px}',
  'td.f,th.f{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}',
  '.k{font:10px/1.6 monospace;color:#5f6368}td.k{word-break:break-all;min-width:72px;max-width:130px}',
  '#cover td:first-child{font-weight:bold;white-space:nowrap;width:220px}',
  '.w thead{display:none}.w table,.w tbody{display:block}',
  '.w tr{display:block;padding:6px 0;border-bottom:1px solid #dadce0;break-inside:avoid}',
  '.w td,.w td.f,.w td.k{display:inline;border:0;padding:0;margin:0 12px 0 0;white-space:pre-wrap;overflow-wrap:anywhere}',
  '.w td:empty{display:none}.w td::before{color:#5f6368;font:11px Arial,Helvetica,sans-serif}',
  '@page{size:A4 landscape;margin:12mm}',
  '@media print{th{font-size:10px}body{font-size:10px;margin:0;max-width:none;padding:0}h2{break-after:avoid}tr{break-inside:avoid}',
  'thead{display:table-header-group}.s{overflow:visible}th,td{padding:2px 4px}td{overflow-wrap:anywhere}.k{font-size:7px}nav{display:none}',
  '#receipts td,#messages td{font-size:9px}td.k{min-width:50px}.w td{font-size:9px}.w td::before{font-size:8px}',
  '*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}',
].join('\n');

/** Small print: keys and digests that nobody reads aloud. */
const SMALL = [
  'Ledger row',
  'Row',
  'Key',
  'Digest of what was said',
  'Digest',
  'Digest before',
  'Row digest',
  'Reference',
];

/** Characters that would end a line, or that do not survive a file, go in by number; so does every half of a pair that stands alone. */
const NUMBERED = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/gu;

const cellHtml = (text: string): string => escapeHtml(text).replace(NUMBERED, (each) => `&#${each.charCodeAt(0)};`);
const cellText = (html: string): string => html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

const classOf = (header: string, figure: boolean): string =>
  figure ? ' class="f"' : SMALL.includes(header) ? ' class="k"' : '';

const labels = PARTS.filter(({ wide }) => wide).flatMap(({ id, columns }) =>
  columns.map(({ header }, at) => `#${id} td:nth-child(${at + 1})::before{content:"${header}: "}`),
);

function rowHtml({ columns }: PartKind, row: PartRow, check: string): string {
  const cells = columns.map(
    ({ header, figure }, at) => `<td${classOf(header, figure === true)}>${cellHtml(row[at] ?? '')}</td>`,
  );
  return `<tr>${cells.join('')}<td class="k">${cellHtml(check)}</td></tr>`;
}

function partHtml(kind: PartKind, { packet, checks }: Sealed): string[] {
  const rows = packet[kind.id];
  const heads = kind.columns.map(
    ({ header, figure }) => `<th scope="col"${classOf(header, figure === true)}>${escapeHtml(header)}</th>`,
  );
  const table = [
    '<div class="s" tabindex="0"><table>',
    `<thead><tr>${heads.join('')}<th scope="col">Check</th></tr></thead>`,
    '<tbody>',
    ...rows.map((row, at) => rowHtml(kind, row, checks[kind.id][at] ?? '')),
    '</tbody></table></div>',
  ];
  return [
    `<section id="${kind.id}"${kind.wide ? ' class="w"' : ''}>`,
    `<h2>${escapeHtml(kind.title)}</h2>`,
    `<p class="q">${escapeHtml(kind.about)}</p>`,
    ...(rows.length > 0 ? table : [`<p>${escapeHtml(kind.empty)}</p>`]),
    '</section>',
  ];
}

/** Every text is escaped; nothing of a cell is ever markup. No script, and nothing is fetched. */
export function packetHtml(sealed: Sealed): string {
  const lease = coverFact(sealed.packet, 'Lease');
  const count = (id: PartId) => sealed.packet[id].length;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta name="generator" content="rent-ledger evidence packet ${PACKET_FORMAT}">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">',
    `<title>Evidence packet of lease ${cellHtml(lease)}</title>`,
    '<style>',
    STYLE,
    ...labels,
    '</style></head><body><main>',
    `<h1>Evidence packet of lease ${cellHtml(lease)}</h1>`,
    `<p>${cellHtml(coverFact(sealed.packet, 'Residents'))}, ${cellHtml(coverFact(sealed.packet, 'Property'))}</p>`,
    `<p>Contents digest (SHA-256) <code id="digest">${cellHtml(sealed.digest)}</code></p>`,
    '<p class="q">The Log of the rent ledger tells when this packet was made, with this digest. The manager can check the file',
    'against the ledger with &#8220;Check a packet&#8221; on the screen Log: one changed character is found.</p>',
    '<nav aria-label="Contents"><ul>',
    ...PARTS.map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a> (${count(id)})</li>`),
    '</ul></nav>',
    ...PARTS.flatMap((kind) => partHtml(kind, sealed)),
    '</main></body></html>',
    '',
  ].join('\n');
}

/** What stands in the file's tables; undefined for a file of another kind. Whether the rest is as it was, writing it again tells. */
export function packetFromHtml(text: string): Sealed | undefined {
  if (!text.includes('content="rent-ledger evidence packet ')) return undefined;
  const packet: Record<string, PartRow[]> = {};
  const checks: Record<string, string[]> = {};
  for (const { id } of PARTS) {
    packet[id] = [];
    checks[id] = [];
  }
  let part = '';
  for (const line of text.split('\n')) {
    part = /^<section id="(\w+)"/.exec(line)?.[1] ?? part;
    if (!line.startsWith('<tr><td') || !packet[part]) continue;
    const cells = line
      .split(/<td[^>]*>/)
      .slice(1)
      .map((cell) => cellText(cell.replace(/<\/td>.*$/, '')));
    checks[part]?.push(cells.pop() ?? '');
    packet[part]?.push(cells);
  }
  const digest = /<code id="digest">([^<]*)<\/code>/.exec(text)?.[1] ?? '';
  return { packet, checks, digest: cellText(digest) } as unknown as Sealed;
}
