/** The smallest host that follows sdk/ui/PROTOCOL.md; what the page tells it is kept in `window.told`. */
export function hostPage(frame: string): string {
  return `<!doctype html><html lang="en"><title>Host</title>
<body style="margin:0"><main><h1>Host</h1><iframe title="Page" src="${frame}" sandbox="allow-scripts allow-forms" style="width:100%;height:600px;border:0"></iframe></main>
<script>
const frame = document.querySelector('iframe');
const theme = { scheme: 'light', contrast: 'normal', motion: 'full', tokens: { 'color-accent': '#123456' } };
window.told = [];
window.emit = (name, value) => window.line.postMessage({ kind: 'event', name, value });
addEventListener('message', ({ source, origin, data }) => {
  if (source !== frame.contentWindow || origin !== 'null' || data.type !== 'digione:ready') return;
  const { port1, port2 } = new MessageChannel();
  window.line = port1;
  port1.onmessage = async ({ data: message }) => {
    if (message.kind !== 'call') return window.told.push(message);
    const answer = await fetch('/call', { method: 'POST', body: JSON.stringify({ method: message.method, argument: message.argument }) });
    port1.postMessage({ id: message.id, ...(await answer.json()) });
  };
  frame.contentWindow.postMessage({ type: 'digione:connect', version: 1, page: 'main', language: 'fi', theme }, '*', [port2]);
});
</script></body></html>`;
}
