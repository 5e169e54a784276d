/** A lease's resident before their own page: the link is shown by the manager, a form is sent as it stands there. */
import { Refused } from '../cli/errors';
import { rowsOf } from '../cli/tabs';
import type { Stage } from './chapter';

export type Fields = Readonly<Record<string, string>>;

export const unescaped = (text: string): string =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#(?:x27|39);/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

const attribute = (tag: string, name: string): string =>
  unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

/** The forms of a page with their hidden fields, as a browser would send them. */
export const formsOf = (html: string): readonly Fields[] =>
  (html.match(/<form[\s\S]*?<\/form>/g) ?? []).map((form) =>
    Object.fromEntries(
      (form.match(/<input[^>]*type="hidden"[^>]*>/g) ?? []).map((tag) => [
        attribute(tag, 'name'),
        attribute(tag, 'value'),
      ]),
    ),
  );

interface Shown {
  readonly page: { readonly links: readonly { readonly page: string; readonly state: string }[] };
}

let links = 0;

/** The token of the page's link; each is made anew. */
function tokenOf(stage: Stage, lease: string): string {
  const live = stage.ask<Shown>('lease', { lease }).page.links.find(({ state }) => state === 'live');
  const asked = { request: `story-page-${++links}-${lease}`, lease, page: live?.page ?? '', as: 'link' };
  return new URL(stage.ask<{ link: string }>('residentLink', asked).link).searchParams.get('page') ?? '';
}

/** The page as the lease's resident sees it, or what a processor's page leads back to (`view`). */
export const residentPage = (stage: Stage, lease: string, more: Fields = {}): string =>
  stage.world.doGet({ page: tokenOf(stage, lease), lang: 'en', ...more }).body;

const NEXT = /<a class="button" href="(https:\/\/[^"]*)"/;

/**
 * Sends the form that has these fields, with what the resident typed. Gives the address of the processor's page that it leads on to;
 * '' where it leads nowhere.
 */
export function clicksOnPage(stage: Stage, lease: string, hidden: Fields, typed: Fields = {}): string {
  const wanted = Object.entries(hidden);
  const form = formsOf(residentPage(stage, lease)).find((each) =>
    wanted.every(([name, value]) => each[name] === value),
  );
  if (!form) throw new Refused(`${stage.day}, ${lease}: the page has no form for ${JSON.stringify(hidden)}.`);
  const { body } = stage.world.doPost({ body: new URLSearchParams({ ...form, ...typed, lang: 'en' }).toString() });
  const says = body.replace(/<(style|head)[\s\S]*?<\/\1>|<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  if (!/✓ Done|→ One step left/.test(says)) throw new Refused(`${stage.day}, ${lease}, ${hidden.act}: ${says}`);
  return unescaped(NEXT.exec(body)?.[1] ?? '');
}

/** Whether the lease is collected by itself at this platform. */
export const isOnAutopay = ({ world }: Stage, lease: string, platform: string): boolean =>
  [...rowsOf(world, 'Links')].some(
    (row) => row['Lease ID'] === lease && row.Platform === platform && row.Kind === 'autopay',
  );

/** What a story counts on. Throws with the day where it is not so. */
export function holds(stage: Stage, is: boolean, what: string): void {
  if (!is) throw new Refused(`${stage.day}: it is not so that ${what}.`);
}
