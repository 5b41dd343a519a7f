import { BlockList, isIP } from 'node:net';

/** Special-purpose addresses (RFC 6890 and its registries): own machine, private networks, link-local with cloud metadata, multicast. */
function closedRanges(): BlockList {
  const closed = new BlockList();
  const four: [string, number][] = [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 3],
  ];
  for (const [address, prefix] of four) closed.addSubnet(address, prefix, 'ipv4');
  return closed;
}

const closedFour = closedRanges();

/** Only global unicast, 2000::/3, and of that not the ranges that carry an IPv4 address inside or are for documentation. */
function openSix(): { open: BlockList; closed: BlockList } {
  const open = new BlockList();
  open.addSubnet('2000::', 3, 'ipv6');
  const closed = new BlockList();
  for (const [address, prefix] of [
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
  ] as const)
    closed.addSubnet(address, prefix, 'ipv6');
  return { open, closed };
}

const six = openSix();

/** True for addresses of the public internet. An IPv4 address dressed as IPv6 is none. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closedFour.check(address, 'ipv4');
  return family === 6 && six.open.check(address, 'ipv6') && !six.closed.check(address, 'ipv6');
}
