import { FluentBundle, FluentNumber, type FluentValue, type FluentVariable } from '@fluent/bundle';
import jaHow from '../../../assets/locales/ja/how.ftl';
import ja from '../../../assets/locales/ja/ui.ftl';

/** A language Otokui speaks; Japanese is the first. */
export type Language = 'ja' | 'en';

/** The words of one file of the catalogue by key; `vite.config.ts` parses them when the page is built. */
export type Words = typeof ja;

/** The words of one language, from the files of its catalogue. A key without words answers itself, and a test looks for that. */
export function catalogue(of: Language, files: readonly Words[]): (key: string, args?: Record<string, FluentVariable>) => string {
  const bundle = new FluentBundle(of, { useIsolating: false, functions: { COUNT: count } });
  return (key, args) => {
    for (const words of files) {
      const pattern = words[key];
      if (typeof pattern === 'string') return pattern;
      if (pattern) return bundle.formatPattern(pattern, args ?? null, []);
    }
    return key;
  };
}

/** `COUNT($people, one: "person has", other: "people have")`: the number, as it came, and what it counts. */
function count([number]: FluentValue[], nouns: Record<string, FluentValue>): string {
  const text = String(number instanceof FluentNumber ? number.valueOf() : number);
  return `${text} ${String(text === '1' ? nouns['one'] : nouns['other'])}`;
}

/** The Japanese words. */
export const japanese: readonly Words[] = [ja, jaHow];

/** Japanese, unless the address asks for English (`?lang=en`, before the `#`). */
export const language: Language =
  new URLSearchParams(globalThis.location?.search ?? '').get('lang') === 'en' ? 'en' : 'ja';

/** The words at `key`, with named places filled. */
export const t = catalogue(language, language === 'en' ? (await import('./english')).english : japanese);
