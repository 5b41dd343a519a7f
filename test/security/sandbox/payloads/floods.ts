import type { Payload } from './payload.ts';

export const floods: Payload[] = [
  {
    title: 'asks the host 200 000 times without waiting',
    body: `let refused = 0; for (let i = 0; i < 200000; i++) digione.invoke('a.b', i).catch((e) => { if (e.code === 'call-limit') refused++; });
      await new Promise((go) => setTimeout(go, 50)); return refused > 190000;`,
    ends: ['ok', 'plugin-timeout-cpu'],
    value: true,
  },
  {
    title: 'asks the host for ever',
    body: "for (;;) await digione.invoke('a.b', 1);",
    ends: ['plugin-failed', 'plugin-timeout-cpu', 'call-limit'],
  },
  {
    title: 'sends megabytes to the host',
    body: "for (;;) await digione.invoke('a.b', 'x'.repeat(900000));",
    ends: ['plugin-failed', 'plugin-timeout-cpu', 'call-limit'],
  },
  {
    title: 'sends one ask over the cap',
    body: "try { await digione.invoke('a.b', 'x'.repeat(2e6)); } catch (e) { return e.code; }",
    ends: ['ok'],
    value: 'too-large',
  },
  { title: 'logs for ever', body: "for (;;) console.log('x'.repeat(1000));", ends: ['plugin-timeout-cpu'] },
  {
    title: 'logs a million lines',
    body: "for (let i = 0; i < 1e6; i++) console.log(i); return 'done';",
    ends: ['ok', 'plugin-timeout-cpu'],
    value: 'done',
  },
  { title: 'sets timers for ever', body: 'for (;;) setTimeout(() => {}, 1);', ends: ['plugin-failed'] },
  {
    title: 'sets and clears timers for ever',
    body: 'for (;;) clearTimeout(setTimeout(() => {}, 1));',
    ends: ['plugin-timeout-cpu', 'worker-lost'],
  },
  {
    title: 'rearms timers',
    body: 'const again = () => { setTimeout(again, 0); }; for (let i = 0; i < 60; i++) again(); await new Promise(() => {});',
    ends: ['plugin-timeout-wall', 'plugin-timeout-cpu'],
    waits: true,
  },
  {
    title: 'drinks randomness',
    body: 'const b = new Uint8Array(65536); for (;;) crypto.getRandomValues(b);',
    ends: ['plugin-timeout-cpu'],
  },
];
