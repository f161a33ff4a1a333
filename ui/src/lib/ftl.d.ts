// What `vite.config.ts` makes of a file of the catalogue: words by key, parsed. Those without places are texts.
declare module '*.ftl' {
  const words: Readonly<Record<string, import('@fluent/bundle').Message['value'] | undefined>>;
  export default words;
}
