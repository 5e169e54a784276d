/** The card beside the spreadsheet: today's figures, and the way to the menu, which a card cannot open. */
import type { CardRow, CardView } from '../ports';

const HOW =
  'To work with the ledger, choose Rent Ledger > Open sidebar in the menu of this spreadsheet. A card cannot open it for you.';

/** A card reads a little HTML in its texts, and ours are none. */
const plain = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const paragraph = (text: string) => CardService.newTextParagraph().setText(plain(text));

export function homepageCard({ asOf, rows, trouble }: CardView): GoogleAppsScript.Card_Service.Card {
  const header = CardService.newCardHeader().setTitle('Rent Ledger');
  if (asOf !== '') header.setSubtitle(asOf);
  const figures = CardService.newCardSection();
  if (trouble !== undefined) figures.addWidget(paragraph(trouble));
  for (const row of rows) figures.addWidget(figureOf(row));
  return CardService.newCardBuilder()
    .setHeader(header)
    .addSection(figures)
    .addSection(CardService.newCardSection().addWidget(paragraph(HOW)))
    .build();
}

function figureOf({ label, value, note }: CardRow): GoogleAppsScript.Card_Service.DecoratedText {
  const figure = CardService.newDecoratedText().setTopLabel(plain(label)).setText(plain(value)).setWrapText(true);
  return note === undefined ? figure : figure.setBottomLabel(plain(note));
}
