/** A PDF of one page (PDF 1.4, ISO 32000-1): text in Helvetica and rules, as 7-bit text without any compression. */
import { lineWidth, pdfString } from './pdf-text';

/** In points, 72 to the inch. */
export const PAPER = { letter: { width: 612, height: 792 }, a4: { width: 595, height: 842 } } as const;
export type Paper = keyof typeof PAPER;

/** Places count from the left and from the top. */
export type Mark =
  | {
      readonly text: string;
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly bold?: boolean;
      /** `x` is where the line ends. */
      readonly right?: boolean;
    }
  | { readonly rule: number; readonly x: number; readonly y: number };

const number = (value: number): string => String(Math.round(value * 100) / 100);

function drawn(mark: Mark, height: number): string {
  const y = number(height - mark.y);
  if ('rule' in mark) return `0.6 G 0.5 w ${number(mark.x)} ${y} m ${number(mark.x + mark.rule)} ${y} l S`;
  const { text, size, bold = false, right } = mark;
  const x = number(right ? mark.x - lineWidth(text, size, bold) : mark.x);
  return `BT /${bold ? 'F2' : 'F1'} ${size} Tf ${x} ${y} Td ${pdfString(text)} Tj ET`;
}

const font = (name: string): string =>
  `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;

/** The whole file. The same marks give the same bytes: it bears no time and no chance. */
export function onePage(paper: Paper, title: string, marks: readonly Mark[]): string {
  const { width, height } = PAPER[paper];
  const content = marks.map((mark) => drawn(mark, height)).join('\n');
  const fonts = '/Resources << /Font << /F1 4 0 R /F2 5 0 R >> >>';
  return file([
    '<< /Type /Catalog /Pages 2 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] ${fonts} /Contents 6 0 R >>`,
    font('Helvetica'),
    font('Helvetica-Bold'),
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    `<< /Title ${pdfString(title)} /Producer (Rent Ledger) >>`,
  ]);
}

/** Objects numbered from 1, the first the catalog and the last the information, with the table of where each begins. */
function file(objects: readonly string[]): string {
  let text = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  // Each line of the table has exactly twenty characters, its end included.
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return (
    `${text}xref\n0 ${size}\n0000000000 65535 f \n${table}` +
    `trailer\n<< /Size ${size} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
  );
}
