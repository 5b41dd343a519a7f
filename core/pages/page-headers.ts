/**
 * The cage of a plugin's page, whatever the frame around it says: `sandbox` makes the origin opaque even when somebody opens
 * the address by itself, `connect-src 'none'` leaves the page one way out, its port to the portal.
 */
export function pageHeaders(portalOrigin: string): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'none'",
      "worker-src 'none'",
      "form-action 'none'",
      "base-uri 'none'",
      `frame-ancestors ${portalOrigin}`,
      'sandbox allow-scripts allow-forms',
      "webrtc 'block'",
    ].join('; '),
    'permissions-policy': permissions.map((feature) => `${feature}=()`).join(', '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'cross-origin-opener-policy': 'same-origin',
    // A document of opaque origin is a stranger to its own files: without these it could load no font and no module.
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'origin-agent-cluster': '?1',
  };
}

const permissions = [
  'accelerometer',
  'ambient-light-sensor',
  'attribution-reporting',
  'autoplay',
  'bluetooth',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'compute-pressure',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'keyboard-map',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'web-share',
  'window-management',
  'xr-spatial-tracking',
];
