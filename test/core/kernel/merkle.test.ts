import test from 'ava';
import fc from 'fast-check';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../../core/kernel/index.ts';

const trees = fc
  .array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 40 })
  .map((leaves) => leaves.map(leafHash));

test('the root of three known leaves is the one of RFC 6962', (t) => {
  const leaves = ['', '00', '10'].map((hex) => leafHash(Buffer.from(hex, 'hex')));
  t.is(rootOf([]).toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  t.is(rootOf(leaves).toString('hex'), 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77');
});

test('every leaf proves that it is in the tree, and nothing else does', (t) => {
  fc.assert(
    fc.property(trees, fc.nat(), fc.nat(), (leaves, pick, flip) => {
      const index = pick % leaves.length;
      const claim = {
        leaf: leaves[index]!,
        index,
        size: leaves.length,
        proof: inclusionProof(leaves, index),
        root: rootOf(leaves),
      };
      t.true(verifyInclusion(claim));
      const forged = Buffer.from(claim.leaf);
      forged[flip % 32]! ^= 1;
      t.false(verifyInclusion({ ...claim, leaf: forged }));
    }),
  );
});

test('every earlier tree proves to be a prefix of the later one, and a fork does not', (t) => {
  fc.assert(
    fc.property(trees, fc.nat(), (leaves, pick) => {
      const size = (pick % leaves.length) + 1;
      const first = { size, root: rootOf(leaves.slice(0, size)) };
      const second = { size: leaves.length, root: rootOf(leaves) };
      const proof = consistencyProof(leaves, size);
      t.true(verifyConsistency({ first, second, proof }));
      const fork = leaves.slice(0, size).map((leaf, at) => (at === 0 ? leafHash(leaf) : leaf));
      t.false(verifyConsistency({ first: { size, root: rootOf(fork) }, second, proof }));
    }),
  );
});
