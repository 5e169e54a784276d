/** The page itself: one HTML text, one stylesheet, and the script that esbuild makes of `local/page/app` at start. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface Assets {
  readonly script: string;
  readonly style: string;
  /** What stands for Google's own script in the frames of the add-on. */
  readonly bridge: string;
}

async function bundled(root: string, entry: string): Promise<string> {
  const result = await build({
    entryPoints: [join(root, entry)],
    absWorkingDir: root,
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
  });
  return result.outputFiles[0]?.text ?? '';
}

const STYLES = ['tokens', 'page', 'controls', 'workbook', 'grid', 'charts', 'messages', 'narrow'];

/** `root` is the folder of the sources; nothing is fetched from anywhere. */
export async function buildAssets(root: string): Promise<Assets> {
  const [script, bridge] = await Promise.all([
    bundled(root, 'local/page/app/main.tsx'),
    bundled(root, 'local/page/frame/bridge.ts'),
  ]);
  const sheets = STYLES.map((name) => readFileSync(join(root, `local/page/style/${name}.css`), 'utf8'));
  return { script, bridge, style: sheets.join('\n') };
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter] ?? letter);

/** The only HTML; the token lets this page, and no other, act on the book. */
export function pageHtml(title: string, token: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="page-token" content="${escaped(token)}">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
</head>
<body>
<div id="app"><p class="loading" role="status">Loading the book…</p></div>
<noscript><p>This page needs JavaScript. The command line shows the same: npm run local -- status.</p></noscript>
<script src="/page.js"></script>
</body>
</html>
`;
}
