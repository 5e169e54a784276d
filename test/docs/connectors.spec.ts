/** docs/connectors.md in step with the connectors. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectorsDoc } from '../../local/connectors-doc';
import { all } from '../../local/story/all';
import { connectors } from '../../src/connectors';

const ROOT = join(__dirname, '../..');

describe('docs/connectors.md', () => {
  it('is what the connectors say: `npm run docs` writes it anew', () => {
    const written = readFileSync(join(ROOT, 'docs/connectors.md'), 'utf8');
    expect(written).toBe(connectorsDoc());
  });

  it.each(connectors.map(({ id }) => [id]))('links a guide of %s, whose sandbox is driven by a chapter', (id) => {
    expect(existsSync(join(ROOT, `docs/connect/${id}.md`))).toBe(true);
    expect(all.chapters.filter(({ platform }) => platform === id)).toHaveLength(1);
  });
});
