import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import enHow from '../../../assets/locales/en/how.ftl?raw';
import en from '../../../assets/locales/en/ui.ftl?raw';
import jaHow from '../../../assets/locales/ja/how.ftl?raw';
import ja from '../../../assets/locales/ja/ui.ftl?raw';

/** A language Otokui speaks; Japanese is the first. */
export type Language = 'ja' | 'en';

/** The words of one language. A key without words answers itself, and a test looks for that. */
export function catalogue(of: Language): (key: string, args?: Record<string, FluentVariable>) => string {
  const bundle = new FluentBundle(of, { useIsolating: false });
  for (const words of of === 'ja' ? [ja, jaHow] : [en, enHow]) bundle.addResource(new FluentResource(words));
  return (key, args) => {
    const pattern = bundle.getMessage(key)?.value;
    return pattern ? bundle.formatPattern(pattern, args ?? null, []) : key;
  };
}

/** Japanese, unless the address asks for English (`?lang=en`, before the `#`). */
export const language: Language =
  new URLSearchParams(globalThis.location?.search ?? '').get('lang') === 'en' ? 'en' : 'ja';

/** The words at `key`, with named places filled. */
export const t = catalogue(language);
