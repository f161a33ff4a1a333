// What the page asks first, asked while it is still being read: its answers are on their way by the time it runs.
// ui/src/api/window.ts hands them over.
window.otokuiFirst = Object.fromEntries(
  [['start', {}], ['actions', { scope: {} }]].map(([command, args]) => {
    const answer = window.__TAURI_INTERNALS__.invoke(command, args);
    // A refusal is heard by whoever asks.
    answer.catch(() => {});
    return [command, { args: JSON.stringify(args), answer }];
  }),
);
