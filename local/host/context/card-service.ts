/** CardService as far as a homepage card needs it; what is built is kept as plain JSON. */
import { exception } from './bridge';
import { enumeration } from './enums';
import { typeName } from './types-of';

type Fields = Record<string, unknown>;

/** Marks a built card, so that the host can tell it from other values. */
export class Card {
  constructor(readonly json: Fields) {}

  describe(): Fields {
    return this.json;
  }
  toString(): string {
    return 'Card';
  }
}

function plain(value: unknown): unknown {
  if (value instanceof Widget) return value.json;
  if (value instanceof Card) return value.json;
  return value;
}

/** A builder with one method per field; the table below is the list of what exists. */
class Widget {
  readonly json: Fields;

  constructor(kind: string, setters: readonly string[], adders: readonly string[]) {
    this.json = { kind };
    for (const name of setters) this.define(`set${name}`, (value) => this.set(name, value));
    for (const name of adders) this.define(`add${name}`, (value) => this.add(name, value));
  }

  private define(name: string, act: (value: unknown) => void): void {
    const method = (...args: unknown[]) => {
      if (args.length !== 1 || args[0] === undefined) {
        throw exception(
          `The parameters (${args.map(typeName).join(',')}) don't match the method signature for ${name}.`,
        );
      }
      act(args[0]);
      return this;
    };
    Object.defineProperty(this, name, { value: method });
  }

  private set(name: string, value: unknown): void {
    this.json[name.charAt(0).toLowerCase() + name.slice(1)] = plain(value);
  }

  private add(name: string, value: unknown): void {
    const field = `${name.charAt(0).toLowerCase()}${name.slice(1)}s`;
    const list = (this.json[field] ?? []) as unknown[];
    this.json[field] = [...list, plain(value)];
  }
}

class CardBuilder extends Widget {
  constructor() {
    super('card', ['Header', 'Name', 'FixedFooter'], ['Section', 'CardAction']);
  }
  build(): Card {
    if (this.json.sections === undefined && this.json.header === undefined) {
      throw exception('A card needs a header or a section.');
    }
    return new Card(this.json);
  }
}

const WIDGETS: Readonly<Record<string, readonly [setters: readonly string[], adders?: readonly string[]]>> = {
  CardHeader: [['Title', 'Subtitle', 'ImageUrl', 'ImageStyle', 'ImageAltText']],
  CardSection: [['Header', 'Collapsible', 'NumUncollapsibleWidgets'], ['Widget']],
  TextParagraph: [['Text', 'MaxLines']],
  DecoratedText: [
    ['Text', 'TopLabel', 'BottomLabel', 'WrapText', 'OpenLink', 'OnClickAction', 'Button', 'StartIcon', 'EndIcon'],
  ],
  TextButton: [['Text', 'OpenLink', 'OnClickAction', 'TextButtonStyle', 'Disabled', 'AltText', 'BackgroundColor']],
  ButtonSet: [[], ['Button']],
  OpenLink: [['Url', 'OpenAs', 'OnClose']],
  Action: [['FunctionName', 'Parameters', 'LoadIndicator']],
  Divider: [[]],
  IconImage: [['Icon', 'IconUrl', 'AltText']],
};

const makers = Object.fromEntries(
  Object.entries(WIDGETS).map(([name, [setters, adders = []]]) => [
    `new${name}`,
    () => new Widget(name, setters, adders),
  ]),
);

export const CardService = {
  OpenAs: enumeration('FULL_SIZE', 'OVERLAY'),
  OnClose: enumeration('NOTHING', 'RELOAD', 'RELOAD_ADD_ON'),
  LoadIndicator: enumeration('SPINNER', 'NONE'),
  TextButtonStyle: enumeration('TEXT', 'OUTLINED', 'FILLED', 'FILLED_TONAL', 'BORDERLESS'),
  ImageStyle: enumeration('SQUARE', 'CIRCLE'),
  Icon: enumeration('CLOCK', 'DOLLAR', 'EMAIL', 'INVITE', 'PERSON', 'STAR', 'TICKET'),
  newCardBuilder: (): CardBuilder => new CardBuilder(),
  ...makers,
  toString: (): string => 'CardService',
};
