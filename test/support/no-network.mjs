import nock from 'nock';

/** No request leaves this machine: everything but loopback is refused before a socket opens. */
nock.disableNetConnect();
nock.enableNetConnect((host) => /^(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)(:\d+)?$/.test(host));
