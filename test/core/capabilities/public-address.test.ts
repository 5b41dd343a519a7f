import test from 'ava';
import { isPublicAddress } from '../../../core/capabilities/egress/public-address.ts';

const closed = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.255',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  'fc00::1',
  'fd12::1',
  'ff02::1',
  '::ffff:10.0.0.1',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:db8::1',
  'localhost',
  '',
  '1.2.3',
  '0x7f.1',
];

for (const address of closed)
  test(`${address || 'nothing'} is no public address`, (t) => t.false(isPublicAddress(address)));

for (const address of ['1.1.1.1', '93.184.216.34', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:400f::1'])
  test(`${address} is a public address`, (t) => t.true(isPublicAddress(address)));
