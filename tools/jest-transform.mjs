/** How jest reads TypeScript and modules: esbuild takes the types out and makes CommonJS of it; `tsc` checks types elsewhere. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync, version } from 'esbuild';

const SELF = readFileSync(fileURLToPath(import.meta.url));
const LOADERS = { ts: 'ts', tsx: 'tsx', js: 'js', mjs: 'js' };

export default {
  getCacheKey: (source, path) =>
    createHash('sha1').update(SELF).update(version).update(path).update('\0').update(source).digest('hex'),

  process(source, path) {
    const { code, map } = transformSync(source, {
      loader: LOADERS[path.slice(path.lastIndexOf('.') + 1)],
      format: 'cjs',
      target: 'node20',
      // Jest runs modules in a context of their own, where a dynamic import must be a call of its `require`.
      supported: { 'dynamic-import': false },
      jsx: 'automatic',
      jsxImportSource: 'preact',
      sourcefile: path,
      sourcemap: 'external',
    });
    return { code, map };
  },
};
