import { FluentBundle, FluentNumber, FluentResource, type FluentValue, type FluentVariable } from '@fluent/bundle';
import jaHow from '../../../assets/locales/ja/how.ftl?raw';
import ja from '../../../assets/locales/ja/ui.ftl?raw';

/** A language Otokui speaks; Japanese is the first. */
export type Language = 'ja' | 'en';

/**
 * The words of one language, from the texts of its catalogue. A key without words answers itself, and a test looks for
 * that. Words are parsed when they are asked for: a screen wants a hundred of two thousand.
 */
export function catalogue(of: Language, texts: readonly string[]): (key: string, args?: Record<string, FluentVariable>) => string {
  const bundle = new FluentBundle(of, { useIsolating: false, functions: { COUNT: count } });
  const unread = new Map<string, string>();
  for (const text of texts) {
    // Whatever follows a key is indented, or a remark.
    for (const words of text.split(/\n(?=[a-z])/)) unread.set(words.slice(0, words.indexOf(' ')), words);
  }
  return (key, args) => {
    const words = unread.get(key);
    if (words !== undefined) {
      bundle.addResource(new FluentResource(words));
      unread.delete(key);
    }
    const pattern = bundle.getMessage(key)?.value;
    return pattern ? bundle.formatPattern(pattern, args ?? null, []) : key;
  };
}

/** `COUNT($people, one: "person has", other: "people have")`: the number, as it came, and what it counts. */
function count([number]: FluentValue[], nouns: Record<string, FluentValue>): string {
  const text = String(number instanceof FluentNumber ? number.valueOf() : number);
  return `${text} ${String(text === '1' ? nouns['one'] : nouns['other'])}`;
}

/** The Japanese words. */
export const japanese: readonly string[] = [ja, jaHow];

/** Japanese, unless the address asks for English (`?lang=en`, before the `#`). */
export const language: Language =
  new URLSearchParams(globalThis.location?.search ?? '').get('lang') === 'en' ? 'en' : 'ja';

/** The words at `key`, with named places filled. */
export const t = catalogue(language, language === 'en' ? (await import('./english')).english : japanese);
