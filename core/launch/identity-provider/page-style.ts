import { createHash } from 'node:crypto';

/** Colours of the Suomi.fi design system; every pair of text and ground passes WCAG AA. */
export const style = `*{box-sizing:border-box}
body{margin:0;font:1rem/1.5 "Source Sans 3","Source Sans Pro",system-ui,sans-serif;color:#292929;background:#f7f7f8}
header{background:#fff;border-bottom:1px solid #c8cdd0;padding:.75rem 1.5rem;display:flex;flex-wrap:wrap;gap:1rem;justify-content:space-between;align-items:center}
header strong{color:#003479;font-size:1.125rem}
nav{display:flex;gap:1rem}nav a[aria-current]{color:#292929;text-decoration:none;font-weight:600}
main{max-width:52rem;margin:2rem auto;padding:0 1.5rem}
h1{font-size:1.75rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.25rem;margin:2rem 0 .25rem}h3{font-size:1rem;margin:1rem 0 .5rem;color:#5a5f63}
a{color:#2a6ebb}a:focus-visible,button:focus-visible,input:focus-visible,summary:focus-visible{outline:3px solid #2a6ebb;outline-offset:2px}
ul{list-style:none;margin:0;padding:0;display:grid;gap:.5rem;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr))}
li button{display:flex;flex-direction:column;justify-content:flex-start;width:100%;height:100%;min-height:4rem;text-align:left;font:inherit;color:inherit;background:#fff;border:1px solid #c8cdd0;border-radius:4px;padding:.75rem 1rem;cursor:pointer}
li button:hover{border-color:#2a6ebb;background:#eaf2fa}
li b{display:block;color:#003479}
.search{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end;margin:1.5rem 0}
.search label{display:block;font-weight:600}
.search input{font:inherit;padding:.5rem .75rem;border:1px solid #5a5f63;border-radius:2px;width:18rem;max-width:100%}
.typing,.fault{flex-basis:100%;margin:0;color:#5a5f63}.fault{color:#c01c1c;font-weight:600}
.plain{font:inherit;padding:.5rem 1.25rem;border:1px solid #2a6ebb;border-radius:2px;background:#fff;color:#2a6ebb;cursor:pointer;font-weight:600}
summary{margin:2rem 0 0;cursor:pointer;font-weight:600;color:#2a6ebb;padding:.25rem 0}footer{margin:2.5rem 0}`;

// No form-action: browsers apply it to the redirect back to the core as well.
export const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'`;
