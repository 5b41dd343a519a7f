// The author's portal: the host's side of sdk/ui/PROTOCOL.md, as small as it can be.
const part = (id) => document.getElementById(id);
const theme = { scheme: 'light', contrast: 'normal', motion: 'full', tokens: {} };
const lines = new Map();
let state;

const send = async (path, body) => {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.json();
};

addEventListener('message', ({ source, origin, data }) => {
  const frame = [...document.querySelectorAll('iframe')].find((each) => each.contentWindow === source);
  if (!frame || origin !== 'null' || data?.type !== 'digione:ready') return;
  const { port1, port2 } = new MessageChannel();
  lines.get(frame)?.close();
  lines.set(frame, port1);
  port1.onmessage = ({ data: message }) => take(frame, port1, message);
  const argument = frame.argument;
  const connect = {
    type: 'digione:connect',
    version: 1,
    page: frame.dataset.page,
    language: state.language,
    theme,
    ...(argument && { argument }),
  };
  frame.contentWindow.postMessage(connect, '*', [port2]);
});

async function take(frame, line, message) {
  if (message.kind === 'resize') frame.style.height = `${message.height}px`;
  if (message.kind === 'failed') part('status').textContent = `The page failed: ${message.message}`;
  if (message.kind !== 'call') return;
  const answer = await send('run', { kind: 'call', name: message.method, argument: message.argument });
  if (!answer.ok) part('status').textContent = `${message.method}: ${answer.error.code}, ${answer.error.message}`;
  line.postMessage({ id: message.id, ...answer });
}

function emit(name, value) {
  for (const line of lines.values()) line.postMessage({ kind: 'event', name, value });
}

function draw() {
  part('name').textContent = `${state.name[state.language]} ${state.version}`;
  part('language').value = state.language;
  part('consents').replaceChildren(...state.consents.map(consentBox));
}

function consentBox({ id, name, given }) {
  const label = document.createElement('label');
  const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: given });
  box.addEventListener('change', async () => {
    state = await send('state', { consent: id });
    emit('changed', null);
  });
  label.append(box, ` ${name} `);
  return label;
}

async function drawSurfaces() {
  lines.clear();
  const tiles = await Promise.all(state.tiles.map(tileBox));
  part('surfaces').replaceChildren(...tiles.flat(), ...state.pages.flatMap(pageBox));
}

async function tileBox({ id, title }) {
  const answer = await send('run', { kind: 'tile', name: id });
  const views = Object.assign(document.createElement('pre'), {
    textContent: JSON.stringify(answer.ok ? answer.value : answer.error, null, 2),
  });
  return [heading(`Tile: ${title[state.language]}`), views];
}

function pageBox({ id, entry, title }) {
  const frame = Object.assign(document.createElement('iframe'), { title: title[state.language], src: `page/${entry}` });
  frame.setAttribute('sandbox', 'allow-scripts allow-forms');
  frame.dataset.page = id;
  return [heading(`Page: ${title[state.language]}`), frame];
}

function heading(text) {
  return Object.assign(document.createElement('h2'), { textContent: text });
}

async function load() {
  state = await (await fetch('state')).json();
  draw();
  await drawSurfaces();
}

part('language').addEventListener('change', async ({ target }) => {
  state = await send('state', { language: target.value });
  draw();
  emit('language', state.language);
});
new EventSource('changes').onmessage = load;
load();
