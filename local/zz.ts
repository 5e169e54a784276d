/** scratch */
import { money } from './story/money';
import { openStory, openStoryWorld, playDay } from './story/play';
import { systemIo } from './cli/io';
import { askApi } from './cli/api';
const days = process.argv.slice(2);
const world = openStoryWorld(systemIo(), money);
const rec = world.record();
openStory(world, { ...money, chapters: money.chapters.filter((c) => c.platform === 'quickbooks') });
for (const day of days) playDay(world, { ...money, chapters: money.chapters.filter((c) => c.platform === 'quickbooks') }, day);
const book = askApi<any>(world, 'exportBook');
console.log(JSON.stringify({ outbox: book.outbox, receipts: book.receipts, connections: book.connections }, null, 1).slice(0, 6000));
const s: any = world.vendorState('quickbooks');
console.log(JSON.stringify(s.objects.Invoice, null, 0).slice(0, 1500));
for (const e of rec.toJSON().log.entries) if (/intuit/.test((e.request as any).url)) console.log((e.request as any).method, decodeURIComponent((e.request as any).url).slice(0, 200), (e.response as any).status);
